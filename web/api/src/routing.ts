// Who serves whom: the plan of a shop, what it would have done, and how many agents it takes.

import { client, patiently, take } from "./client";
import type { RoutingPlan } from "./shapes";

const inShop = (shop: string) => ({ query: { shop } });

export const getPlan = (shop: string) =>
  take(client.GET("/api/console/routing/plan", { params: inShop(shop) }));
export const savePlan = (shop: string, version: number, plan: RoutingPlan) =>
  take(client.PUT("/api/console/routing/plan", { params: inShop(shop), body: { version, plan } }));
export const tryPlan = (shop: string, plan: RoutingPlan) =>
  take(
    client.POST("/api/console/routing/dry-run", { params: inShop(shop), body: { plan }, fetch: patiently }),
  );
export const getStaffing = (shop: string, share: number, within_ms: number, days: number) =>
  take(client.GET("/api/console/routing/staffing", { params: { query: { shop, share, within_ms, days } } }));
