// The command palette: everything a key can do, and conversations by text.

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { getInbox } from "api";
import { CornerDownLeft, MessageCircle, Zap } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "../parts/IconButton";
import { ControllerTag } from "../parts/Speaker";
import { useShopperName } from "../shopper/name";
import { activeActions } from "./keys";
import "./keys.css";

const MOST_CONVERSATIONS = 6;

const FAR = 3;
/** The very name is nearer than one that begins so, and that nearer than one that holds it. */
export function distanceOf(name: string, typed: string): number {
  const at = name.toLowerCase().indexOf(typed.toLowerCase());
  if (at < 0) return FAR;
  return at > 0 ? 2 : name.length > typed.length ? 1 : 0;
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useShopperName();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  // Anew each time: what can be done may have changed while somebody types.
  const actions = activeActions().filter(
    (action) => action.isEnabled !== false && !["?", "mod+k"].includes(action.keys),
  );
  const typed = text.trim();
  const sought = useDeferredValue(typed);
  const { data: found } = useQuery({
    queryKey: ["inbox", "palette", sought],
    queryFn: ({ signal }) => getInbox({ view: "open", text: sought, limit: MOST_CONVERSATIONS }, signal),
    enabled: sought.length > 0,
  });

  const lines = [
    ...actions
      .map((action) => ({ ...action, distance: distanceOf(action.name, typed) }))
      .filter((action) => action.distance < FAR)
      .sort((a, b) => a.distance - b.distance)
      .map((action) => ({
        key: `do-${action.keys}-${action.name}`,
        icon: Zap,
        name: action.name,
        end: action.keys ? <Keys keys={action.keys} /> : null,
        run: action.run,
      })),
    ...(typed && typed === sought && found ? found.items : []).map((row) => ({
      key: row.conversation,
      icon: MessageCircle,
      name: `${nameOf(row.shopper)} · ${row.last.text}`,
      end: <ControllerTag controller={row.controller} agentName={row.agent_name} />,
      run: () =>
        void navigate({
          to: "/inbox/$conversation",
          params: { conversation: row.conversation },
          search: { view: "open" },
        }),
    })),
  ];

  function onKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((lines.length + at + step) % Math.max(1, lines.length));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(at);
    }
  }
  function choose(index: number) {
    const line = lines[index];
    if (!line) return;
    onClose();
    setTimeout(line.run, 0);
  }

  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={560}
      style={{ top: 96 }}
      // Its name is said, not shown.
      styles={{ container: { padding: 0 }, header: { display: "none" } }}
      title={t("keys.palette")}
    >
      <div className="palette">
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette exists to be typed into
          autoFocus
          value={text}
          placeholder={t("keys.palettePlaceholder")}
          aria-label={t("keys.palette")}
          role="combobox"
          aria-expanded
          aria-controls="palette-lines"
          aria-activedescendant={lines[at] && `palette-${at}`}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <div id="palette-lines" className="palette-lines" role="listbox" aria-label={t("keys.palette")}>
          {lines.map((line, index) => (
            <button
              key={line.key}
              id={`palette-${index}`}
              type="button"
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              className={index === at ? "is-at" : ""}
              // Found by arrow keys, the chosen one would leave the box.
              ref={index === at ? (it) => it?.scrollIntoView({ block: "nearest" }) : undefined}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(index)}
            >
              <line.icon size={15} />
              <span className="ellipsis spread">{line.name}</span>
              {line.end}
              {index === at && <CornerDownLeft size={13} />}
            </button>
          ))}
          {lines.length === 0 && <p className="palette-none">{t("keys.nothing")}</p>}
        </div>
      </div>
    </Modal>
  );
}
