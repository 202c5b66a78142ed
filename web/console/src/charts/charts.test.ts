import { describe, expect, it } from "vitest";
import { type DayLine, dayLine, lineWords } from "./dayLine";
import { type Palette, timeAxis } from "./option";

const PALETTE: Palette = { font: "x", text: "#111", line: "#ccc", surface: "#fff", series: ["#0a0"] };
const line = (values: number[], more: Partial<DayLine> = {}): DayLine => ({
  points: values.map((value, at) => ({ at, value, low: value / 2, high: value * 9, words: `${value}!` })),
  isShare: false,
  amount: String,
  date: (at) => `day ${at}`,
  tick: String,
  ...more,
});

describe("a time axis", () => {
  it("counts in steps people count in, and holds the highest value", () => {
    expect([0, 900, 34_000, 61_000, 3_600_000].map(timeAxis)).toEqual([
      { max: 1000, interval: 1000 },
      { max: 1000, interval: 1000 },
      { max: 40_000, interval: 10_000 },
      { max: 75_000, interval: 15_000 },
      { max: 3_600_000, interval: 900_000 },
    ]);
  });
  it("ends above anything, however long", () => {
    const { max, interval } = timeAxis(1e10);
    expect(max).toBeGreaterThanOrEqual(1e10);
    expect(max / interval).toBeLessThanOrEqual(6);
  });
});

describe("a line of days", () => {
  it("lets shares run to a hundred percent", () => {
    expect(dayLine(line([0.1], { isShare: true }), PALETTE).yAxis).toMatchObject({ max: 1 });
  });
  it("cuts the interval at the end of the axis, and says the point's words", () => {
    const option = dayLine(line([10_000, 20_000]), PALETTE);
    const [drawn, below, band] = option.series as { data: number[][] }[];
    expect(drawn?.data).toEqual([
      [0, 10_000],
      [1, 20_000],
    ]);
    const ends = band?.data.map(([, height = 0], at) => height + (below?.data[at]?.[1] ?? 0));
    expect(ends).toEqual([20_000, 20_000]);
    const { formatter } = option.tooltip as { formatter: (shown: unknown) => string };
    expect(formatter([{ value: [1, 20_000] }])).toBe("20000!");
  });
  it("is told in words", () => {
    expect(lineWords(line([3, 1, 2]))).toEqual({
      count: 3,
      first: "day 0",
      from: "3",
      last: "day 2",
      to: "2",
      low: "1",
      high: "3",
    });
  });
});
