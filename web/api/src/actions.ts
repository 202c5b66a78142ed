// What may be done to orders: offered, previewed, confirmed under a key, undone, and approved by people.

import { client, take } from "./client";
import type { OrderAction } from "./shapes";

const of = (id: string) => ({ path: { id } });

export const getOrderActions = (conversation: string, order: string, signal?: AbortSignal) =>
  take(
    client.GET("/api/console/conversations/{id}/orders/{order}/actions", {
      params: { path: { id: conversation, order } },
      signal,
    }),
  );
export const getActions = (conversation: string, signal?: AbortSignal) =>
  take(client.GET("/api/console/conversations/{id}/actions", { params: of(conversation), signal }));
export const previewAction = (conversation: string, action: OrderAction) =>
  take(
    client.POST("/api/console/conversations/{id}/actions/preview", {
      params: of(conversation),
      body: { action },
    }),
  );
/** The same key again is the same action, so a request that got no answer can be repeated. */
export const performAction = (conversation: string, action: OrderAction, token: string, key: string) =>
  take(
    client.POST("/api/console/conversations/{id}/actions", {
      params: of(conversation),
      body: { action, token, key },
    }),
  );
export const undoAction = (conversation: string, action: string) =>
  take(
    client.POST("/api/console/conversations/{id}/actions/{action}/undo", {
      params: { path: { id: conversation, action } },
    }),
  );

export const getWaitingActions = () => take(client.GET("/api/console/actions/waiting"));
export const approveAction = (id: string) =>
  take(client.POST("/api/console/actions/{id}/approve", { params: of(id) }));
export const refuseAction = (id: string, reason?: string) =>
  take(client.POST("/api/console/actions/{id}/refuse", { params: of(id), body: { reason } }));
