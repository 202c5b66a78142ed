// Everything the mock knows; all of it invented.

export { card, conversations, trace } from "./conversations.mjs";
export { articles, audit, phrases } from "./knowledge.mjs";
export { me, now, orders, products, shops, staff } from "./shop.mjs";
