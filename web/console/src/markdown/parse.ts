// A small, safe reading of Markdown: blocks and spans as values. Raw HTML stays text; only http(s), mailto, tel and local links are links.

export type Span =
  | { type: "text"; text: string }
  | { type: "strong" | "em"; spans: Span[] }
  | { type: "code"; text: string }
  | { type: "link"; href: string; spans: Span[] }
  | { type: "break" };
export type Block =
  | { type: "paragraph" | "quote"; spans: Span[] }
  | { type: "heading"; level: number; spans: Span[] }
  | { type: "list"; isOrdered: boolean; start: number; items: Span[][] }
  | { type: "code"; text: string }
  | { type: "rule" };

const SPAN =
  /(`[^`\n]+`)|(\*\*[^*\n]+?\*\*|__[^_\n]+?__)|(\*[^*\s][^*\n]*?\*)|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>()（）。，；！？、"']+)|(\n)/g;

export function safeHref(href: string): string | null {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(href) ? href : null;
}

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    if (found.index > from) spans.push({ type: "text", text: text.slice(from, found.index) });
    spans.push(spanOf(found));
    from = found.index + found[0].length;
  }
  if (from < text.length) spans.push({ type: "text", text: text.slice(from) });
  return spans;
}

function spanOf(found: RegExpExecArray): Span {
  const [whole, code, strong, em, label, href, url] = found;
  if (code) return { type: "code", text: code.slice(1, -1) };
  if (strong) return { type: "strong", spans: spansOf(strong.slice(2, -2)) };
  if (em) return { type: "em", spans: spansOf(em.slice(1, -1)) };
  if (label && href) {
    const safe = safeHref(href);
    return safe
      ? { type: "link", href: safe, spans: [{ type: "text", text: label }] }
      : { type: "text", text: whole };
  }
  if (url) return { type: "link", href: url, spans: [{ type: "text", text: url }] };
  return { type: "break" };
}

/** Only links and line breaks: for what people type, where a star is a star. */
export function plainSpans(text: string): Span[] {
  return text.split(/(https?:\/\/[^\s<>()（）。，；！？、"']+|\n)/).flatMap((part): Span[] => {
    if (part === "") return [];
    if (part === "\n") return [{ type: "break" }];
    return /^https?:\/\//.test(part)
      ? [{ type: "link", href: part, spans: [{ type: "text", text: part }] }]
      : [{ type: "text", text: part }];
  });
}

const ITEM = /^\s*(?:([-*+])|(\d{1,3})[.)、])\s+(.*)$/;

export function blocksOf(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let index = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (index < lines.length && test(lines[index] ?? "")) taken.push(lines[index++] ?? "");
    return taken;
  };
  while (index < lines.length) {
    const line = lines[index] ?? "";
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    const item = ITEM.exec(line);
    if (!line.trim()) index++;
    else if (line.startsWith("```")) {
      index++;
      blocks.push({ type: "code", text: takeWhile((each) => !each.startsWith("```")).join("\n") });
      index++;
    } else if (heading) {
      blocks.push({ type: "heading", level: heading[1]?.length ?? 1, spans: spansOf(heading[2] ?? "") });
      index++;
    } else if (/^\s*([-*_])\s*(\1\s*){2,}$/.test(line)) {
      blocks.push({ type: "rule" });
      index++;
    } else if (line.startsWith(">")) {
      const quoted = takeWhile((each) => each.startsWith(">"));
      blocks.push({
        type: "quote",
        spans: spansOf(quoted.map((each) => each.replace(/^>\s?/, "")).join("\n")),
      });
    } else if (item) {
      const isOrdered = item[2] !== undefined;
      const items = takeWhile((each) => {
        const found = ITEM.exec(each);
        return found !== null && (found[2] !== undefined) === isOrdered;
      });
      blocks.push({
        type: "list",
        isOrdered,
        start: Number(item[2] ?? 1),
        items: items.map((each) => spansOf(ITEM.exec(each)?.[3] ?? "")),
      });
    } else {
      const rest = takeWhile((each) => !!each.trim() && !ITEM.test(each) && !/^(#{1,4}\s|>|```)/.test(each));
      if (rest.length === 0) rest.push(lines[index++] ?? "");
      blocks.push({ type: "paragraph", spans: spansOf(rest.join("\n")) });
    }
  }
  return blocks;
}
