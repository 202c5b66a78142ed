import { expect, test } from "vitest";
import { dueGroup, localMinutes } from "./due";

test("a form's time is read back as it was", () => {
  const at = new Date(2026, 10, 22, 15, 45).getTime();
  expect(localMinutes(at)).toBe("2026-11-22T15:45");
  expect(new Date(localMinutes(at)).getTime()).toBe(at);
});

test("what is due stands apart from what comes later", () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  expect(dueGroup(now - 1, now)).toBe("overdue");
  expect(dueGroup(now + 60_000, now)).toBe("today");
  expect(dueGroup(now + 10 * 3_600_000, now)).toBe("later");
});
