// What a step of a trace knows, as facts and tables a person can read. Takes any detail: older traces have other fields.

import type { Language } from "api";

export interface TraceFact {
  field: string;
  value: string | number | boolean;
}
export interface TraceRow {
  name: string;
  /** Between 0 and 1, when the row is one of several possibilities. */
  chance?: number;
  /** Further figures and words of the row. */
  more: TraceFact[];
  article?: string;
  version?: number;
}
export interface TraceTable {
  field: string;
  rows: TraceRow[];
  /** What a chance had to reach. */
  threshold?: number;
}
export interface Readable {
  facts: TraceFact[];
  tables: TraceTable[];
}

/** What a row is called, the best first. */
const NAMES = ["question", "title", "name", "skill", "text", "kind", "key"];
const CHANCES = ["confidence", "chance", "score"];
/** Shown in another place, or of no use to a reader. */
const LEFT_OUT = new Set(["took_ms", "version"]);
/** Deeper structures are the tools' own; they stay in the raw detail. */
const DEEPEST = 2;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is string | number | boolean =>
  (typeof value === "string" && value !== "") || typeof value === "number" || typeof value === "boolean";
const isBilingual = (value: unknown): value is Record<Language, string> =>
  isFields(value) && typeof value.zh === "string" && typeof value.en === "string";

export function readable(detail: unknown, language: Language): Readable {
  const found: Readable = { facts: [], tables: [] };
  if (isFields(detail)) gather(detail, language, 0, found);
  const threshold = found.facts.find((fact) => fact.field === "threshold")?.value;
  const candidates = found.tables.find((table) => table.field === "candidates");
  if (candidates && typeof threshold === "number") candidates.threshold = threshold;
  return found;
}

function gather(fields: Fields, language: Language, depth: number, found: Readable): void {
  for (const [field, value] of Object.entries(fields)) {
    if (LEFT_OUT.has(field)) continue;
    if (isPlain(value)) found.facts.push({ field, value });
    else if (isBilingual(value)) found.facts.push({ field, value: value[language] || value.zh });
    else if (Array.isArray(value)) list(field, value, language, found);
    else if (isFields(value) && depth < DEEPEST) gather(value, language, depth + 1, found);
  }
}

function list(field: string, values: unknown[], language: Language, found: Readable): void {
  const plain = values.filter(isPlain);
  if (plain.length > 0) found.facts.push({ field, value: plain.join(", ") });
  const rows = values.filter(isFields).map((each) => rowOf(each, language));
  if (rows.length > 0) found.tables.push({ field, rows });
}

function rowOf(fields: Fields, language: Language): TraceRow {
  const shown = (value: unknown) => (isBilingual(value) ? value[language] || value.zh : value);
  const nameField = NAMES.find((each) => isPlain(shown(fields[each])));
  const chanceField = CHANCES.find((each) => typeof fields[each] === "number");
  const isOwn = new Set([nameField, chanceField, "article", "version"]);
  const more = Object.entries(fields)
    .filter(([field, value]) => !isOwn.has(field) && isPlain(shown(value)))
    .map(([field, value]) => ({ field, value: shown(value) as TraceFact["value"] }));
  return {
    name: nameField ? String(shown(fields[nameField])) : "—",
    chance: chanceField ? (fields[chanceField] as number) : undefined,
    more,
    article: typeof fields.article === "string" ? fields.article : undefined,
    version: typeof fields.version === "number" ? fields.version : undefined,
  };
}
