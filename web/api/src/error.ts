// One error type for everything that can go wrong between the console and the server.

export interface FieldFault {
  field: string;
  code: string;
  detail: string;
}

export class ApiError extends Error {
  readonly code: string;
  /** `0` when no answer came at all. */
  readonly status: number;
  readonly detail: string;
  readonly fields: FieldFault[];

  constructor(code: string, status: number, detail: string, fields: FieldFault[] = []) {
    super(detail || code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.fields = fields;
  }

  /** The request may be sent again: the network or the server failed, nobody refused it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function problemError(status: number, problem: unknown): ApiError {
  const it = (typeof problem === "object" && problem ? problem : {}) as Partial<ApiError> & {
    title?: string;
  };
  return new ApiError(it.code ?? codeOf(status), status, it.detail ?? it.title ?? "", it.fields ?? []);
}

function codeOf(status: number): string {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 413) return "too_large";
  return status >= 500 ? "unavailable" : "invalid";
}

export function isCode(error: unknown, ...codes: string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}
