// Articles: list, edit, versions, search preview, import and export.

import { client, fileForm, take } from "./client";
import type { ArticleDraft, ArticleState, ExportFormat, ImportReport, Language } from "./shapes";

export interface ArticleQuery {
  shop?: string;
  text?: string;
  category?: string;
  state?: ArticleState;
  cursor?: string;
  limit?: number;
}
const of = (id: string) => ({ path: { id } });

export const getArticles = (query: ArticleQuery, signal?: AbortSignal) =>
  take(client.GET("/api/console/articles", { params: { query }, signal }));
export const getArticle = (id: string) => take(client.GET("/api/console/articles/{id}", { params: of(id) }));
export const createArticle = (shop: string, draft: ArticleDraft) =>
  take(client.POST("/api/console/articles", { body: { ...draft, shop } }));
export const changeArticle = (id: string, draft: ArticleDraft, version: number) =>
  take(client.PUT("/api/console/articles/{id}", { params: of(id), body: { draft, version } }));
export const archiveArticle = (id: string) =>
  take(client.POST("/api/console/articles/{id}/archive", { params: of(id) }));
export const restoreArticle = (id: string) =>
  take(client.POST("/api/console/articles/{id}/restore", { params: of(id) }));
export const getVersions = (id: string) =>
  take(client.GET("/api/console/articles/{id}/versions", { params: of(id) }));
export const restoreVersion = (id: string, version: number) =>
  take(
    client.POST("/api/console/articles/{id}/versions/{version}/restore", {
      params: { path: { id, version } },
    }),
  );

export const previewSearch = (ask: { shop: string; text: string; language?: Language; product?: string }) =>
  take(client.POST("/api/console/articles/search", { body: ask }));

export const importArticles = (shop: string, file: File, dryRun: boolean): Promise<ImportReport> =>
  take(
    client.POST("/api/console/articles/import", {
      params: { query: { shop, dry_run: dryRun } },
      ...fileForm(file),
    }),
  );
export const exportUrl = (shop: string, format: ExportFormat) =>
  `/api/console/articles/export?${new URLSearchParams({ shop, format })}`;
