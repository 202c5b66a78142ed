import { describe, expect, it } from "vitest";
import { missing, newQueueId, readSpans, seatOf, withSeat, writeSpans } from "./plan";

describe("hours", () => {
  it("are written and read the same", () => {
    for (const text of ["9:00-18:00", "9:00-12:00, 13:30-18:00", "22:00-6:00", "0:00-24:00", ""])
      expect(writeSpans(readSpans(text) ?? [])).toBe(text);
    expect(readSpans("22-6")).toEqual([{ from: 1320, until: 1800 }]);
    expect(readSpans("9:00至12:00，13-18")).toHaveLength(2);
  });
  it("that make no sense are refused", () => {
    for (const bad of ["nine", "9:00", "25:00-26:00", "9:75-10:00", "9-10-11", "24:00-3:00"])
      expect(readSpans(bad), bad).toBeNull();
  });
});

describe("seats", () => {
  const limits = {
    answer_within_ms: 60_000,
    assigns: true,
    keeps_preference: false,
    offline_grace_ms: 0,
    relax_skills_ms: 0,
    silent_ms: 0,
    sticky_ms: 0,
    sticky_paused_ms: 0,
    sticky_wait_ms: 0,
  };
  const plan = { hours: { zone: "UTC", week: [] }, queues: [], limits };
  it("are usual until something is said of them, and replaced after that", () => {
    const seat = seatOf(plan, "stf_1");
    expect(seat.capacity).toBe(300);
    const once = withSeat(plan, { ...seat, weight: 200 });
    const twice = withSeat(once, { ...seat, weight: 50 });
    expect(twice.seats).toHaveLength(1);
    expect(seatOf(twice, "stf_1").weight).toBe(50);
  });
});

describe("queues", () => {
  it("have identifiers like the desk's own", () => {
    const id = newQueueId(1_795_000_000_000, (bytes) => bytes.fill(255));
    expect(id).toMatch(/^que_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    const later = newQueueId(1_795_000_000_001, (bytes) => bytes.fill(0));
    expect(later > id).toBe(true);
  });
});

describe("staffing", () => {
  it("tells what is missing only where both are known", () => {
    expect(missing({ scheduled: 3, needed: 5 })).toBe(2);
    expect(missing({ scheduled: 3 })).toBeNull();
    expect(missing({ needed: 3 })).toBeNull();
  });
});
