// A tiny, safe subset of Markdown for the bot's answers: bold, lists, line breaks and http(s) links.
// It yields a tree of plain values that the UI turns into elements; markup in the text stays text.

export type Inline = string | { bold: Inline[] } | { href: string; text: string };
export type Block = { list: "ul" | "ol"; start: number; items: Inline[][] } | { lines: Inline[][] };

const INLINE =
  /\*\*(.+?)\*\*|\[([^\]\n]+)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|(https?:\/\/[^\s<>"'，。；！？、（）【】《》]+)/g;
const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,3})[.)、])\s+(.*)$/;

/** The address (a path is resolved against `base`) if it is http(s), else null: `javascript:` and friends never become links. */
export function safeUrl(text: string | undefined, base?: string): string | null {
  try {
    const { protocol, href } = new URL(text ?? "", base);
    return text && /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

export function inlines(text: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, label, target, bare] = match;
    let end = match.index + whole.length;
    let piece: Inline = whole;
    if (bold) piece = { bold: inlines(bold) };
    else if (label && target) {
      const href = safeUrl(target);
      if (href) piece = { href, text: label };
    } else if (bare) {
      // A full stop or bracket after an address belongs to the sentence.
      const trimmed = bare.replace(/[.,;:!?)\]*]+$/, "");
      const href = safeUrl(trimmed);
      if (href) {
        piece = { href, text: trimmed };
        end = match.index + trimmed.length;
      }
    }
    if (match.index > from) found.push(text.slice(from, match.index));
    found.push(piece);
    from = end;
  }
  if (from < text.length) found.push(text.slice(from));
  return found;
}

export function blocks(text: string): Block[] {
  const found: Block[] = [];
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const item = ITEM.exec(line);
    const last = found[found.length - 1];
    if (item) {
      const list = item[1] ? "ol" : "ul";
      const content = inlines(item[2] ?? "");
      if (last && "list" in last && last.list === list) last.items.push(content);
      else found.push({ list, start: Number(item[1] ?? 1), items: [content] });
    } else if (!line.trim()) {
      if (last) found.push({ lines: [] });
    } else if (last && "lines" in last) last.lines.push(inlines(line));
    else found.push({ lines: [inlines(line)] });
  }
  return found.filter((block) => "list" in block || block.lines.length > 0);
}
