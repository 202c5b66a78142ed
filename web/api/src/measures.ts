// Reports, the live board, and what a shop promises.

import { client, take } from "./client";
import type { ServiceLevels } from "./shapes";

export interface ReportWish {
  shop?: string;
  from?: number;
  until?: number;
  agent?: string;
  queue?: string;
  group?: "shop" | "agent" | "queue";
}
export const getBoard = (shop?: string) =>
  take(client.GET("/api/console/board", { params: { query: { shop } } }));
export const getMeasures = (query: ReportWish, signal?: AbortSignal) =>
  take(client.GET("/api/console/measures", { params: { query }, signal }));
export const getServiceLevels = (shop: string) =>
  take(client.GET("/api/console/service-levels", { params: { query: { shop } } }));
export const setServiceLevels = (shop: string, levels: ServiceLevels) =>
  take(client.PUT("/api/console/service-levels", { params: { query: { shop } }, body: levels }));

/** A link the browser follows by itself: the cookie says who asks. */
export function reportFile(wish: ReportWish, format: "csv" | "xlsx"): string {
  const query = new URLSearchParams({ format });
  for (const [key, value] of Object.entries(wish)) if (value !== undefined) query.set(key, String(value));
  return `/api/console/measures/export?${query}`;
}
