// What is done around a conversation: drafts, notes to colleagues, tags, sleep, tasks, notices, saved views.

import { client, take } from "./client";
import type { Controller, NoteKind, ViewWish } from "./shapes";

const of = (id: string) => ({ path: { id } });

export const getSuggestions = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/suggestions", { params: of(id), signal }));
export const tookSuggestion = (id: string, suggestion: string) =>
  take(
    client.POST("/api/console/conversations/{id}/suggestions/{suggestion}/used", {
      params: { path: { id, suggestion } },
      body: {},
    }),
  );
export const sentSuggestion = (id: string, suggestion: string, edits: number) =>
  take(
    client.POST("/api/console/conversations/{id}/suggestions/{suggestion}/sent", {
      params: { path: { id, suggestion } },
      body: { edits },
    }),
  );
export const checkDraft = (id: string, text: string, signal?: AbortSignal) =>
  take(client.POST("/api/console/conversations/{id}/check", { params: of(id), body: { text }, signal }));

export interface NoteDraft {
  text: string;
  kind?: NoteKind;
  to?: string[];
  answers?: number;
}
export const addNote = (id: string, note: NoteDraft) =>
  take(client.POST("/api/console/conversations/{id}/notes", { params: of(id), body: note }));
export const addTag = (id: string, tag: string) =>
  take(client.POST("/api/console/conversations/{id}/tags", { params: of(id), body: { tag } }));
export const removeTag = (id: string, tag: string) =>
  take(client.DELETE("/api/console/conversations/{id}/tags", { params: of(id), body: { tag } }));
export const getTags = (shop?: string) =>
  take(client.GET("/api/console/tags", { params: { query: { shop } } }));
export const snooze = (id: string, until: number | null) =>
  take(client.POST("/api/console/conversations/{id}/snooze", { params: of(id), body: { until } }));
export const wake = (id: string) =>
  take(client.POST("/api/console/conversations/{id}/wake", { params: of(id), body: {} }));

export const getTransferTargets = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/transfer", { params: of(id), signal }));
export const transfer = (id: string, to: Controller, note: string) =>
  take(
    client.POST("/api/console/conversations/{id}/transfer", {
      params: of(id),
      body: { to, note: note || null },
    }),
  );
export const getColleagues = (shop?: string) =>
  take(client.GET("/api/console/colleagues", { params: { query: { shop } } }));
export const getSummary = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/summary", { params: of(id), signal }));
export const getPast = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/past", { params: of(id), signal }));

export const getVisits = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/visits", { params: of(id), signal }));

export const saveDraft = (id: string, draft: { text: string; is_note: boolean; is_shared: boolean }) =>
  take(client.PUT("/api/console/conversations/{id}/draft", { params: of(id), body: draft }));
export const getDrafts = (id: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/drafts", { params: of(id), signal }));
export const wantDraft = (id: string, staff: string) =>
  take(
    client.POST("/api/console/conversations/{id}/drafts/{staff}/want", {
      params: { path: { id, staff } },
      body: {},
    }),
  );

export const getNotices = (seen: boolean, signal?: AbortSignal) =>
  take(client.GET("/api/console/notices", { params: { query: { seen } }, signal }));
export const seeNotices = (seen: { ids?: string[]; conversation?: string }) =>
  take(client.POST("/api/console/notices/seen", { body: seen }));

export interface TaskQuery {
  all?: boolean;
  done?: boolean;
  conversation?: string;
}
export interface TaskToSave {
  text: string;
  due_at: number;
  conversation?: string | null;
  owner?: string | null;
}
export const getTasks = (query: TaskQuery, signal?: AbortSignal) =>
  take(client.GET("/api/console/tasks", { params: { query }, signal }));
export const createTask = (task: TaskToSave) => take(client.POST("/api/console/tasks", { body: task }));
export const changeTask = (id: string, task: TaskToSave) =>
  take(client.PUT("/api/console/tasks/{id}", { params: of(id), body: task }));
export const finishTask = (id: string, done: boolean) =>
  take(client.POST("/api/console/tasks/{id}/done", { params: of(id), body: { done } }));

export const getViews = () => take(client.GET("/api/console/views", {}));
export const saveView = (name: string, wish: ViewWish) =>
  take(client.POST("/api/console/views", { body: { name, wish } }));
export const deleteView = (id: string) => take(client.DELETE("/api/console/views/{id}", { params: of(id) }));
/** Of the last 30 days. */
export const getSuggestionUse = (shop?: string) =>
  take(client.GET("/api/console/suggestions/use", { params: { query: { shop } } }));
