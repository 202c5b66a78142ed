// A button that shows only an icon; its name is in the tooltip and for screen readers, with the key that does the same.

import { Tooltip } from "antd";
import type { LucideIcon } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
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

/** A pointer that only crosses the button doesn't want to be told. */
const TIP_AFTER_MS = 400;

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
  const [isTold, setTold] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTold(true), TIP_AFTER_MS);
  };
  const hush = () => {
    clearTimeout(timer.current);
    setTold(false);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <button
      type="button"
      className={`icon-button ${isOn ? "is-on" : ""} ${className ?? ""}`}
      aria-label={name}
      aria-pressed={isOn}
      disabled={isDisabled}
      onPointerEnter={(event) => event.pointerType !== "touch" && tell()}
      onPointerLeave={hush}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && tell()}
      onBlur={hush}
      onClick={(event) => {
        hush();
        onClick?.(event);
      }}
      {...rest}
    >
      <Icon size={size} strokeWidth={1.9} />
      {/* Made only when it is shown: a page has dozens of these buttons. */}
      {isTold && (
        <Tooltip title={keys ? <TipWithKeys name={name} keys={keys} /> : name} placement={placement} open>
          <span className="icon-button-tip" aria-hidden />
        </Tooltip>
      )}
    </button>
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
