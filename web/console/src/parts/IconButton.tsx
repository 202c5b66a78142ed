// A button that shows only an icon; its name is in the tooltip and for screen readers, with the key that does the same.

import { Tooltip } from "antd";
import type { LucideIcon } from "lucide-react";
import type { MouseEvent } from "react";
import { showKeys } from "../keys/keys";

interface Props {
  icon: LucideIcon;
  name: string;
  keys?: string;
  size?: number;
  isOn?: boolean;
  isDisabled?: boolean;
  placement?: "top" | "bottom" | "left" | "right";
  className?: string;
  onClick?: (event: MouseEvent) => void;
}

export function IconButton({
  icon: Icon,
  name,
  keys,
  size = 16,
  isOn,
  isDisabled,
  placement,
  className,
  onClick,
  ...rest
}: Props) {
  return (
    <Tooltip
      title={keys ? <TipWithKeys name={name} keys={keys} /> : name}
      placement={placement}
      mouseEnterDelay={0.4}
    >
      <button
        type="button"
        className={`icon-button ${isOn ? "is-on" : ""} ${className ?? ""}`}
        aria-label={name}
        aria-pressed={isOn}
        disabled={isDisabled}
        onClick={onClick}
        {...rest}
      >
        <Icon size={size} strokeWidth={1.9} />
      </button>
    </Tooltip>
  );
}

export function TipWithKeys({ name, keys }: { name: string; keys: string }) {
  return (
    <span className="tip">
      {name} <Keys keys={keys} />
    </span>
  );
}

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="kbds" aria-hidden>
      {showKeys(keys).map((key, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: `g g` would repeat a key
        <kbd key={index}>{key}</kbd>
      ))}
    </span>
  );
}
