import { expect, test } from "vitest";
import { mentionBefore, mentioned } from "./mentions";

const people = [
  { id: "1", name: "王芳" },
  { id: "2", name: "王芳芳" },
  { id: "3", name: "Ann Lee" },
];

test("finds who is mentioned, the longer name first", () => {
  expect(mentioned("@王芳芳 看一下，@Ann Lee too", people)).toEqual(["2", "3"]);
  expect(mentioned("@王芳 hi @王芳 again", people)).toEqual(["1"]);
  expect(mentioned("王芳 without a sign, mail a@b.c", people)).toEqual([]);
});

test("offers names while one is being typed", () => {
  expect(mentionBefore("请 @王", 4)).toEqual({ from: 2, word: "王" });
  expect(mentionBefore("@王芳 好", 5)).toBeNull();
});
