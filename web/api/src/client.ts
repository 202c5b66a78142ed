// How every call travels: cookie, CSRF header, reader's language, time limit, problem errors. Knows no endpoint.

import createClient, { type Middleware } from "openapi-fetch";
import { ApiError, problemError } from "./error";
import type { paths } from "./schema";

/** A request that hangs is worse than one that fails: the person can retry a failure. */
const TIMEOUT_MS = 20_000;
/** Files of 8 MiB over a slow line. */
const UPLOAD_TIMEOUT_MS = 120_000;
/** Twenty conversations, each played by the bot in full. */
const PATIENT_TIMEOUT_MS = 120_000;

interface Settings {
  csrf: string;
  language: string;
  onSignedOut: () => void;
}
const settings: Settings = { csrf: "", language: "zh", onSignedOut: () => {} };

export function configureApi(change: Partial<Settings>): void {
  Object.assign(settings, change);
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", settings.language);
    if (request.method !== "GET") request.headers.set("X-CSRF-Token", settings.csrf);
    return request;
  },
  onResponse({ request, response }) {
    if (response.status === 401 && !request.url.endsWith("/sign-in")) settings.onSignedOut();
  },
};

function send(request: Request): Promise<Response> {
  const isUpload = !(request.headers.get("Content-Type") ?? "application/json").startsWith(
    "application/json",
  );
  return sendWithin(request, isUpload ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS);
}

/** For calls that do a lot of work before they answer. */
export const patiently = (request: Request): Promise<Response> => sendWithin(request, PATIENT_TIMEOUT_MS);

async function sendWithin(request: Request, limitMs: number): Promise<Response> {
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, limit]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError("offline", 0, "");
  }
}

export const client = createClient<paths>({ credentials: "same-origin", fetch: send });
client.use(manners);

/** The content of an answer, or the problem thrown. */
export async function take<T>(
  answer: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw problemError(response.status, error);
  return data as T;
}

/** For `multipart/form-data`: the document describes the file as text, so the form is made here. */
export function fileForm(file: File): { body: never; bodySerializer: () => FormData } {
  return {
    body: {} as never,
    bodySerializer: () => {
      const form = new FormData();
      form.append("file", file, file.name);
      return form;
    },
  };
}
