// Requests to the desk. Every failure becomes a Problem whose detail is already in the shopper's language.

import type { Attachment } from "./contract";

export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

/** Longer than any honest answer takes; a request without an end would hold up the outbox. */
const TIMEOUT_MS = 20_000;

export interface Caller {
  api: string;
  token?: string;
  language: string;
}

function problemOf(status: number, text: string): Problem {
  try {
    const { code, detail, title } = JSON.parse(text);
    return new Problem(code ?? "internal", status, detail ?? title ?? "");
  } catch {
    return new Problem("internal", status, "");
  }
}

export async function call<Answer>(
  caller: Caller,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`${caller.api}/api/widget/${path}`, {
      method,
      credentials: "omit",
      signal: abort.signal,
      headers: {
        "Accept-Language": caller.language,
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(caller.token && { Authorization: `Bearer ${caller.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw problemOf(response.status, text);
    return text && JSON.parse(text);
  } catch (failure) {
    throw failure instanceof Problem ? failure : new Problem("network", 0, "");
  } finally {
    clearTimeout(timer);
  }
}

/** XMLHttpRequest because fetch can't tell how far an upload is. */
export function upload(caller: Caller, file: File, progress: (share: number) => void, cancel: AbortSignal) {
  return new Promise<Attachment>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${caller.api}/api/widget/files`);
    request.setRequestHeader("Accept-Language", caller.language);
    request.setRequestHeader("Authorization", `Bearer ${caller.token}`);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status < 300
        ? resolve(JSON.parse(request.responseText))
        : reject(problemOf(request.status, request.responseText));
    request.onerror = request.onabort = () => reject(new Problem("network", 0, ""));
    cancel.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("file", file);
    request.send(form);
  });
}
