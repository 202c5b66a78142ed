// What the mock answers to the live board and the reports.

import * as db from "./data/all.mjs";

const MIN = 60_000;
const MEASURES = [
  ["first_response", "median", "episodes", 2400],
  ["first_response_bot", "median", "episodes", 1900],
  ["first_response_human", "median", "episodes", 48_000],
  ["first_response_human_open", "median", "episodes", 41_000],
  ["average_response", "mean", "rounds", 31_000],
  ["average_response_human", "mean", "rounds", 74_000],
  ["human_within3_minutes", "share", "rounds", 0.912],
  ["first_within30_seconds", "share", "episodes", 0.61],
  ["reply_within5_minutes", "share", "rounds", 0.978],
  ["all_rounds_in_time", "share", "episodes", 0.83],
  ["handoff_rate", "share", "episodes", 0.34],
  ["bot_solved_alone", "share", "episodes", 0.58],
  ["true_resolution", "share", "episodes", 0.71],
  ["bot_true_resolution", "share", "episodes", 0.64],
  ["reask_rate", "share", "rounds", 0.06],
  ["containment", "share", "episodes", 0.66],
  ["false_containment", "share", "episodes", 0.09],
  ["abandonment", "share", "episodes", 0.04],
  ["handle_time", "mean", "episodes", 214_000],
  ["first_contact_resolution", "share", "episodes", 0.82],
  ["satisfaction", "share", "ratings", 0.91],
  ["rating_response", "share", "episodes", 0.22],
  ["satisfaction_bounds", "share", "episodes", undefined],
  ["deadlines_met", "share", "deadlines", 0.94],
];

const figuresAt = (size, shift) =>
  MEASURES.map(([measure, unit, counts, usual], at) => {
    const few = measure === "human_within3_minutes" && size < 100;
    const value = usual === undefined || few ? undefined : usual * (1 + Math.sin(shift * 1.7 + at) * 0.08);
    const wide = 1 / Math.sqrt(size);
    return {
      measure,
      unit,
      counts,
      value: unit === "share" && value > 1 ? 1 : value,
      low: measure === "satisfaction_bounds" ? 0.2 : value && value * (1 - wide),
      high:
        measure === "satisfaction_bounds"
          ? 0.98
          : value && Math.min(unit === "share" ? 1 : Infinity, value * (1 + wide)),
      n: size,
      undecided: at % 5 === 0 ? 3 : 0,
      least: measure === "human_within3_minutes" ? 100 : 0,
      ninth_decile_ms: unit === "median" ? Math.round(usual * 3.4) : undefined,
      is_better_high: unit === "share",
    };
  });

const deadline = (left_ms, mark, kind = "next_reply") => ({
  kind,
  started_at: Date.now() + left_ms - 3 * MIN,
  target_ms: 3 * MIN,
  due_at: Date.now() + left_ms,
  mark,
});

export const measureRoutes = (row) => [
  [
    "GET",
    "/measures",
    ({ q }) => {
      const days = Math.min(90, Math.round((Number(q.until) - Number(q.from)) / (24 * 60 * MIN) || 30));
      return {
        all: figuresAt(1284, 0),
        days: Array.from({ length: days }, (_, day) => ({
          begins_at: Number(q.until) - (days - day) * 24 * 60 * MIN,
          figures: figuresAt(43, day),
        })),
        groups: q.group
          ? db.staff
              .slice(0, 3)
              .map((s, at) => ({ id: s.id, name: s.name, figures: figuresAt(310 - at * 40, at) }))
          : [],
      };
    },
  ],
  [
    "GET",
    "/board",
    () => {
      const open = [...db.conversations.values()].filter((c) => c.stage === "open");
      const of = (kind) => open.filter((c) => c.controller.kind === kind).slice(0, 8);
      return {
        waiting: of("queue").map((c, at) => ({
          ...row(c),
          deadline: deadline((at - 1) * 40_000, at < 2 ? 90 : 50, "first_reply"),
        })),
        served: of("agent").map((c, at) => ({
          ...row(c),
          deadline: at % 2 ? undefined : deadline(30_000 + at * 60_000, 75),
        })),
        upset: of("bot")
          .slice(0, 2)
          .map((c) => ({ ...row(c), emotion: "angry" })),
        agents: db.staff
          .slice(0, 3)
          .map((s, at) => ({ id: s.id, name: s.name, presence: s.presence, open: 3 - at, capacity: 3 })),
      };
    },
  ],
  [
    "GET",
    "/service-levels",
    () => ({
      targets: { first_reply_ms: 180_000, next_reply_ms: 180_000, resolution_ms: 86_400_000 },
      queues: {},
    }),
  ],
  ["PUT", "/service-levels", ({ body }) => body],
];
