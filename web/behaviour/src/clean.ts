// What may leave the page: listed properties, plain values of limited size, paths without what is personal.

export type Value = string | number | boolean;
export type Props = Record<string, Value | Record<string, Value>[] | undefined>;

const of = (names: string) => new Set(names.split(" "));
/** GA4's names of things, and amounts in units of the currency, are read by the desk. */
const NUMBERS = of("attempt count price price_minor quantity result_count stock total value value_minor");
const CODES = of(
  "cart_id category checkout_id coupon currency error_code field_kind item_category item_id list_id " +
    "payment_method payment_type policy_id product_id provider reason shipping_tier sku stage step",
);
/** Longer isn't a code but a text. */
const CHARS_MOST = 64;
/** More lines than any trigger looks at. */
const ITEMS_MOST = 20;

/** Codes: no spaces, and not what looks like an address, a mobile phone, a card or an identity card. */
export const isCode = (text: unknown): text is string =>
  typeof text === "string" &&
  text.length <= CHARS_MOST &&
  /^[\p{L}\p{N}_.:/#-]+$/u.test(text) &&
  !/(^|\D)1[3-9]\d{9}(\D|$)|\d{15}|(\d{3,6}-){2}\d/.test(text);

function flat(given: object, more: string[]): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) {
    if (NUMBERS.has(name)) {
      const number = typeof value === "string" ? Number.parseFloat(value) : value;
      if (typeof number === "number" && number >= 0 && number < 1e10) kept[name] = number;
    } else if (CODES.has(name) || more.includes(name)) {
      const text = typeof value === "number" ? `${value}` : value;
      if (isCode(text)) kept[name] = text;
    } else if (name === "retriable") kept[name] = value === true;
  }
  return kept;
}

/** The properties that may leave; everything else stays. `more` is what the shop lists besides. */
export function clean(said: unknown, more: string[] = []): Props {
  if (!said || typeof said !== "object") return {};
  const kept: Props = flat(said, more);
  const { items, products } = said as Record<string, unknown>;
  const list = items ?? products;
  if (Array.isArray(list)) kept.items = list.slice(0, ITEMS_MOST).map((item) => flat(Object(item), more));
  return kept;
}

/** Parts of a path that are about one person or one order: addresses, long numbers, tokens. */
const PERSONAL = /@|%40|\d{6}|[\da-f]{8}-[\da-f]{4}-|(?=\w*\d)\w{20}/i;
const PATH_CHARS_MOST = 200;

export const cleanPath = (path: string): string =>
  path
    .split("/")
    .map((part) => (PERSONAL.test(part) ? ":id" : part))
    .join("/")
    .slice(0, PATH_CHARS_MOST);

/** A page's address: its path, and those parts of the query that the shop lists. */
export function addressOf(place: { pathname: string; search: string }, listed: string[]): string {
  const query = new URLSearchParams(place.search);
  const kept = listed.flatMap((name) => {
    const value = query.get(name);
    return isCode(value) ? `${name}=${encodeURIComponent(value)}` : [];
  });
  return cleanPath(place.pathname) + (kept.length ? `?${kept.join("&")}` : "");
}
