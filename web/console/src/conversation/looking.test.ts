import { expect, test, vi } from "vitest";

vi.mock("../live/useLiveDesk", () => ({ onLooking() {}, sayLooking() {} }));
const { after, FORGET_MS } = await import("./looking");

test("knows who is there until they leave or fall silent", () => {
  const ann = { staff: "stf_1", name: "Ann", doing: "came" as const };
  const bob = { staff: "stf_2", name: "Bob", doing: "writes" as const };
  let lookers = after(after([], bob, 0), ann, 1);
  expect(lookers.map((each) => [each.name, each.isWriting])).toEqual([
    ["Ann", false],
    ["Bob", true],
  ]);
  lookers = after(lookers, { ...bob, doing: "reads" }, 2);
  expect(lookers.map((each) => each.isWriting)).toEqual([false, false]);
  expect(after(lookers, { ...ann, doing: "left" }, 3).map((each) => each.name)).toEqual(["Bob"]);
  expect(after(lookers, ann, FORGET_MS + 5).map((each) => each.name)).toEqual(["Ann"]);
});
