// Products of a shop, and the team's quick phrases.

import { client, take } from "./client";
import type { PhraseDraft } from "./shapes";

export const searchProducts = (shop: string, text: string, signal?: AbortSignal) =>
  take(
    client.GET("/api/console/shops/{shop}/products", {
      params: { path: { shop }, query: { text: text || undefined } },
      signal,
    }),
  );

export const getProduct = (shop: string, key: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/shops/{shop}/products/{key}", { params: { path: { shop, key } }, signal }));

export const getPhrases = (shop?: string) =>
  take(client.GET("/api/console/phrases", { params: { query: { shop } } }));
export const createPhrase = (draft: PhraseDraft) =>
  take(client.POST("/api/console/phrases", { body: draft }));
export const changePhrase = (id: string, draft: PhraseDraft) =>
  take(client.PUT("/api/console/phrases/{id}", { params: { path: { id } }, body: draft }));
export const deletePhrase = (id: string) =>
  take(client.DELETE("/api/console/phrases/{id}", { params: { path: { id } } }));
export const countPhraseUse = (id: string) =>
  take(client.POST("/api/console/phrases/{id}/used", { params: { path: { id } } }));
