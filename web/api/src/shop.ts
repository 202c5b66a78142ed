// Products of a shop, and the team's quick phrases.

import type { List, Phrase, PhraseDraft, Product } from "./contract";
import { call } from "./http";

const PHRASES = "/api/console/phrases";
const products = (shop: string) => `/api/console/shops/${encodeURIComponent(shop)}/products`;

export const searchProducts = (shop: string, text: string, signal?: AbortSignal) =>
  call<List<Product>>("GET", products(shop), { query: { text }, signal });
export const getProduct = (shop: string, key: string) =>
  call<Product>("GET", `${products(shop)}/${encodeURIComponent(key)}`);

export const getPhrases = (shop?: string) => call<Phrase[]>("GET", PHRASES, { query: { shop } });
export const createPhrase = (draft: PhraseDraft) => call<Phrase>("POST", PHRASES, { body: draft });
export const changePhrase = (id: string, draft: PhraseDraft) =>
  call<Phrase>("PUT", `${PHRASES}/${encodeURIComponent(id)}`, { body: draft });
export const deletePhrase = (id: string) => call<void>("DELETE", `${PHRASES}/${encodeURIComponent(id)}`);
export const countPhraseUse = (id: string) =>
  call<void>("POST", `${PHRASES}/${encodeURIComponent(id)}/used`, { body: {} });
