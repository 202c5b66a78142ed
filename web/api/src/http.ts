// How every call travels: cookie, CSRF header, reader's language, problem errors. Knows no endpoint.

import { ApiError, toApiError } from "./error";

/** A request that hangs is worse than one that fails: the person can retry a failure. */
const TIMEOUT_MS = 20_000;
const UPLOAD_TIMEOUT_MS = 120_000;

interface Settings {
  csrf: string;
  language: string;
  onSignedOut: () => void;
}
const settings: Settings = { csrf: "", language: "zh", onSignedOut: () => {} };

export function configureApi(change: Partial<Settings>): void {
  Object.assign(settings, change);
}

type Query = Record<string, string | number | boolean | null | undefined>;
interface Options {
  query?: Query;
  body?: unknown;
  form?: FormData;
  signal?: AbortSignal;
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const error = await toApiError(response);
    if (response.status === 401 && !path.endsWith("/sign-in")) settings.onSignedOut();
    throw error;
  }
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function send(method: string, path: string, { query, body, form, signal }: Options): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": settings.language,
  };
  if (method !== "GET") headers["X-CSRF-Token"] = settings.csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const timeout = AbortSignal.timeout(form ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
  try {
    return await fetch(path + queryText(query), {
      method,
      headers,
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError("offline", 0, "");
  }
}

function queryText(query?: Query): string {
  const pairs = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return pairs.length ? `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}` : "";
}
