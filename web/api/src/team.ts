// Staff, the audit list and the numbers of the moment.

import { client, take } from "./client";
import type { Staff, StaffChange, StaffDraft } from "./shapes";

export const getStaff = async (): Promise<Staff[]> => (await take(client.GET("/api/console/staff"))).items;
export const createStaff = (draft: StaffDraft) => take(client.POST("/api/console/staff", { body: draft }));
export const changeStaff = (id: string, change: StaffChange) =>
  take(client.PUT("/api/console/staff/{id}", { params: { path: { id } }, body: change }));
export const getAudit = (query: { cursor?: string; subject?: string }, signal?: AbortSignal) =>
  take(client.GET("/api/console/audit", { params: { query }, signal }));
export const getOverview = (shop?: string) =>
  take(client.GET("/api/console/overview", { params: { query: { shop } } }));
