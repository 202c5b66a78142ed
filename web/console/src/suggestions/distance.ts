// How far a reply is from the draft it was made from: characters put in, taken out or changed. Pure.

/** Longer texts are compared by their start: what was edited is told by it. */
const MOST_CHARS = 1000;

export function distance(before: string, after: string): number {
  const one = [...before].slice(0, MOST_CHARS);
  const other = [...after].slice(0, MOST_CHARS);
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, symbol] of one.entries()) {
    const next = [at + 1];
    for (const [place, theirs] of other.entries()) {
      const changed = (row[place] ?? 0) + (symbol === theirs ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
