// Shows text. Elements are built one by one from values; no HTML is ever parsed.

import type { JSX } from "preact";
import { blocks, type Inline } from "../markdown";

function pieces(parts: Inline[]): (string | JSX.Element)[] {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    if ("bold" in part) return <strong>{pieces(part.bold)}</strong>;
    return (
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    );
  });
}

export function Rich({ text }: { text: string }) {
  return (
    <div class="rich">
      {blocks(text).map((block) => {
        if ("lines" in block) {
          return <p>{block.lines.flatMap((line, at) => (at ? [<br />, ...pieces(line)] : pieces(line)))}</p>;
        }
        const items = block.items.map((item) => <li>{pieces(item)}</li>);
        return block.list === "ol" ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
      })}
    </div>
  );
}
