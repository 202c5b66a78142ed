import { expect, test } from "vitest";
import { withBeside } from "./beside";

test("the oldest makes room for a third beside the open one", () => {
  expect(withBeside(undefined, "a")).toEqual(["a"]);
  expect(withBeside(["a", "b"], "c")).toEqual(["b", "c"]);
  expect(withBeside(["a", "b"], "a")).toEqual(["b", "a"]);
});
