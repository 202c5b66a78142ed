// What changed between two texts, in words and (for Chinese) characters. Pure.

export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Above this many cells the comparison falls back to lines: it must never freeze the page. */
const MOST_CELLS = 2_000_000;
const WORDS = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+|\s+|[^\p{L}\p{N}\s]/gu;

export function diff(before: string, after: string): Piece[] {
  if (before === after) return before ? [{ kind: "same", text: before }] : [];
  const words = (text: string) => text.match(WORDS) ?? [];
  let a: string[] = words(before);
  let b: string[] = words(after);
  if (a.length * b.length > MOST_CELLS) {
    a = before.split(/(?<=\n)/);
    b = after.split(/(?<=\n)/);
  }
  return a.length * b.length > MOST_CELLS ? whole(before, after) : compare(a, b);
}

const whole = (before: string, after: string): Piece[] => [
  { kind: "removed", text: before },
  { kind: "added", text: after },
];

function compare(a: string[], b: string[]): Piece[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  const push = (kind: Piece["kind"], text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push("same", a[i++] ?? "");
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) push("removed", a[i++] ?? "");
    else push("added", b[j++] ?? "");
  }
  return pieces;
}
