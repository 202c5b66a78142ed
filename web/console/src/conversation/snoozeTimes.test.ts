import { expect, test } from "vitest";
import { snoozeTimes } from "./snoozeTimes";

test("tomorrow and Monday are in the morning and in the future", () => {
  for (let day = 1; day <= 7; day++) {
    const now = new Date(2026, 10, day, 15, 30).getTime();
    const at = Object.fromEntries(snoozeTimes(now).map((time) => [time.id, time.until]));
    expect(new Date(at.tomorrow ?? 0).getHours()).toBe(9);
    expect(new Date(at.monday ?? 0).getDay()).toBe(1);
    expect(at.monday).toBeGreaterThan(now);
    expect((at.monday ?? 0) - now).toBeLessThan(8 * 24 * 3_600_000);
    expect(at.shopper).toBeNull();
  }
});
