// Ids that say nothing about the person: time and randomness, and hashes of where on a page something is.

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** UUID version 7: ids made later sort later. */
export function uuid(now: number): string {
  const time = hex(now, 12);
  const random = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => hex(byte, 2)).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`;
}

/** How far up the page an element's place is described. */
const STEPS = 6;

/**
 * Where an element is on its page, as 32 bits of FNV-1a over tags and places: no text and no attribute. Places must be
 * told apart; they need not be secret.
 */
export function placeOf(element: Element): string {
  let sum = 0x811c9dc5;
  let at: Element | null = element;
  for (let step = 0; at && step < STEPS; step++) {
    const { tagName, parentElement } = at as Element;
    const nth = parentElement ? [...parentElement.children].indexOf(at) : 0;
    for (const symbol of `${tagName}${nth}>`) sum = Math.imul(sum ^ symbol.charCodeAt(0), 0x01000193);
    at = parentElement;
  }
  return hex(sum >>> 0, 8);
}
