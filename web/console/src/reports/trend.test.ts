import type { Figure, MeasuredDay } from "api";
import { describe, expect, it } from "vitest";
import { pathOf, roundUp, trendOf } from "./trend";

const FRAME = { width: 120, height: 60, left: 10, right: 10, top: 10, bottom: 10 };
const DAY = 86_400_000;
const day = (at: number, value: number | undefined, unit: Figure["unit"] = "mean"): MeasuredDay => ({
  begins_at: at * DAY,
  figures: [{ measure: "average_response", unit, value } as Figure],
});

describe("a trend", () => {
  it("ends at a round number", () => {
    expect([0, 1, 1.5, 34_000, 50, 51].map(roundUp)).toEqual([1, 1, 2, 50_000, 50, 100]);
  });
  it("stands by the calendar, and leaves out days without a figure", () => {
    const { points, top } = trendOf([day(0, 50), day(1, undefined), day(4, 100)], "average_response", FRAME);
    expect(top).toBe(100);
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [10, 30],
      [110, 10],
    ]);
    expect(pathOf(points)).toBe("M10.0 30.0L110.0 10.0".replace("L", " L"));
  });
  it("lets shares run to a hundred percent", () => {
    expect(trendOf([day(0, 0.2, "share")], "average_response", FRAME).top).toBe(1);
  });
  it("is empty without days", () => {
    expect(trendOf([], "average_response", FRAME).points).toEqual([]);
  });
});
