import type { Notice } from "api";
import { expect, test } from "vitest";
import { toCall } from "./useNotices";

const notice = (id: string, kind: Notice["kind"]): Notice => ({ id, kind, text: "", at: 0, seen: false });

test("calls once for a mention and again and again for an assignment", () => {
  const notices = [notice("a", "mention"), notice("b", "assigned")];
  const called = new Map<string, { at: number; times: number }>();
  expect(toCall(notices, called, 0).map((each) => each.id)).toEqual(["a", "b"]);
  for (const each of notices) called.set(each.id, { at: 0, times: 1 });
  expect(toCall(notices, called, 1_000)).toEqual([]);
  expect(toCall(notices, called, 20_000).map((each) => each.id)).toEqual(["b"]);
  called.set("b", { at: 0, times: 15 });
  expect(toCall(notices, called, 20_000)).toEqual([]);
});
