// A text cut into what is fine and what was found in it. Places are counted in characters, as the desk counts them.

import type { Slip } from "api";

export interface Piece {
  text: string;
  slip?: Slip;
}

/** The pieces of a text in their order; none if the findings are of another text. */
export function piecesOf(text: string, slips: Slip[]): Piece[] {
  const symbols = [...text];
  const pieces: Piece[] = [];
  let done = 0;
  for (const slip of slips) {
    if (slip.start < done || symbols.slice(slip.start, slip.end).join("") !== slip.text) return [];
    if (slip.start > done) pieces.push({ text: symbols.slice(done, slip.start).join("") });
    pieces.push({ text: slip.text, slip });
    done = slip.end;
  }
  if (done < symbols.length) pieces.push({ text: symbols.slice(done).join("") });
  return pieces;
}

/** Where a finding stands as a text field counts. */
export function rangeOf(text: string, slip: Slip): [number, number] {
  const symbols = [...text];
  const start = symbols.slice(0, slip.start).join("").length;
  return [start, start + symbols.slice(slip.start, slip.end).join("").length];
}

/** What was found in something that was saved, each once; empty if nothing was. */
export const warnedOf = (warnings: { text: string }[] = []): string =>
  [...new Set(warnings.map((warning) => warning.text))].join(" · ");
