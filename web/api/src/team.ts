// Staff, the audit list and the numbers of the moment.

import type { AuditEntry, List, Overview, Staff, StaffChange, StaffDraft } from "./contract";
import { call } from "./http";

const STAFF = "/api/console/staff";

export const getStaff = async (): Promise<Staff[]> => {
  const answer = await call<Staff[] | List<Staff>>("GET", STAFF);
  return Array.isArray(answer) ? answer : answer.items;
};
export const createStaff = (draft: StaffDraft) => call<Staff>("POST", STAFF, { body: draft });
export const changeStaff = (id: string, change: StaffChange) =>
  call<Staff>("PUT", `${STAFF}/${encodeURIComponent(id)}`, { body: change });
export const getAudit = (query: { cursor?: string; subject?: string }, signal?: AbortSignal) =>
  call<List<AuditEntry>>("GET", "/api/console/audit", { query, signal });
export const getOverview = (shop?: string) =>
  call<Overview>("GET", "/api/console/overview", { query: { shop } });
