import { describe, expect, it } from "vitest";
import { duration, percent } from "./format";

const MINUTE_MS = 60_000;

describe("formats", () => {
  it("say a length of time in whole units of the largest that fits", () => {
    expect(duration(10 * MINUTE_MS, "en")).toBe("10 minutes");
    expect(duration(10 * MINUTE_MS, "zh")).toBe("10分钟");
    expect(duration(24 * 60 * MINUTE_MS, "en")).toBe("1 day");
    expect(duration(90 * MINUTE_MS, "en")).toBe("90 minutes");
    expect(duration(1500, "en")).toBe("2 seconds");
  });
  it("say a share in percent, and no digit that says nothing", () => {
    expect([0.05, 0.774, 0.0487, 1].map((share) => percent(share, "en"))).toEqual([
      "5%",
      "77.4%",
      "4.9%",
      "100%",
    ]);
    expect(percent(0.05, "zh")).toBe("5%");
  });
});
