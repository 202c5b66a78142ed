// Articles: list, edit, versions, search preview, import and export.

import type {
  Article,
  ArticleDraft,
  ArticlePage,
  ArticleState,
  ArticleVersion,
  ExportFormat,
  ImportReport,
  Language,
  SearchPreview,
} from "./contract";
import { call } from "./http";

const ARTICLES = "/api/console/articles";
const at = (id: string, rest = "") => `${ARTICLES}/${encodeURIComponent(id)}${rest}`;

export interface ArticleQuery {
  shop?: string;
  text?: string;
  category?: string;
  state?: ArticleState;
  cursor?: string;
  limit?: number;
}

export const getArticles = (query: ArticleQuery, signal?: AbortSignal) =>
  call<ArticlePage>("GET", ARTICLES, { query: { ...query }, signal });
export const getArticle = (id: string) => call<Article>("GET", at(id));
export const createArticle = (shop: string, draft: ArticleDraft) =>
  call<Article>("POST", ARTICLES, { body: { ...draft, shop } });
export const changeArticle = (id: string, draft: ArticleDraft, version: number) =>
  call<Article>("PUT", at(id), { body: { draft, version } });
export const archiveArticle = (id: string) => call<Article>("POST", at(id, "/archive"), { body: {} });
export const restoreArticle = (id: string) => call<Article>("POST", at(id, "/restore"), { body: {} });
export const getVersions = (id: string) => call<ArticleVersion[]>("GET", at(id, "/versions"));
export const restoreVersion = (id: string, version: number) =>
  call<Article>("POST", at(id, `/versions/${version}/restore`), { body: {} });

export const previewSearch = (ask: { shop: string; text: string; language?: Language; product?: string }) =>
  call<SearchPreview>("POST", `${ARTICLES}/search`, { body: ask });

export function importArticles(shop: string, file: File, dryRun: boolean): Promise<ImportReport> {
  const form = new FormData();
  form.append("file", file, file.name);
  return call<ImportReport>("POST", `${ARTICLES}/import`, { query: { shop, dry_run: dryRun }, form });
}
export const exportUrl = (shop: string, format: ExportFormat) =>
  `${ARTICLES}/export?${new URLSearchParams({ shop, format })}`;
