// Who speaks, at a glance: the bot is a violet rounded square, a person an amber circle with their initial.

import type { Serving } from "../contract";
import { Icon } from "./icons";

export function Face({ who, name }: { who: Serving | "system"; name?: string }) {
  return (
    <span class={`face ${who}`} aria-hidden="true">
      {who === "agent" && name ? (
        [...name][0]
      ) : (
        <Icon name={who === "agent" ? "person" : who === "queue" ? "clock" : "bot"} size={18} />
      )}
    </span>
  );
}
