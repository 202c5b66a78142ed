// Plain functions of the conversation tester: the example it begins with, and where in the text a fault is.

/** Two conversations of the demo shop, one in each language; `docs/skills.md` explains every key. */
export const EXAMPLE = `- name: 超时的订单道歉一次再催
  shopper: demo-noah
  turns:
    - says: "{order:90502} 怎么还没发货，帮我催一下"
      bot: {skill: urge_shipment, asks: confirm, performs: none}
    - says: 好的
      bot: {performs: urge_shipment}
- name: a stuck parcel is explained
  shopper: demo-lin               # leave out for an anonymous visitor
  turns:
    - says: where is my parcel
      bot:
        skill: track_parcel
        contains: ["{order:90101}"]
        performs: none
`;

/** The place of a line and column, both from 1, in a text; beyond the end it is the end. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  if (line > lines.length) return text.length;
  const before = lines.slice(0, Math.max(0, line - 1)).reduce((sum, each) => sum + each.length + 1, 0);
  // Columns count characters, offsets count UTF-16 units.
  const characters = [...(lines[line - 1] ?? "")].slice(0, Math.max(0, column - 1));
  return before + characters.join("").length;
}

/** Differences by the index of their turn; those of no turn that was played stand under -1. */
export function byTurn(differences: { turn: number; what: string }[], turns: number): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { turn, what } of differences) {
    const at = turn >= 1 && turn <= turns ? turn - 1 : -1;
    found.set(at, [...(found.get(at) ?? []), what]);
  }
  return found;
}
