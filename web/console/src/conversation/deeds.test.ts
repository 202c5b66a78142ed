import { ApiError } from "api";
import { expect, test } from "vitest";
import { createDeeds, type KeptDeed } from "./deeds";

function world(answers: (Error | null)[]) {
  const done: string[] = [];
  const later: (() => void)[] = [];
  let saved: KeptDeed[] = [];
  let count = 0;
  const deeds = createDeeds({
    run: async (deed) => {
      const answer = answers.shift();
      if (answer) throw answer;
      done.push(deed.kind);
    },
    load: () => saved,
    save: (all) => {
      saved = all;
    },
    newId: () => String(count++),
    later: (run) => void later.push(run),
  });
  const settle = () => new Promise((ready) => setTimeout(ready));
  return { deeds, done, later, settle, saved: () => saved };
}
const offline = () => new ApiError("offline", 0, "");

test("what was done without a line is done in order when it is back", async () => {
  const { deeds, done, later, settle, saved } = world([offline()]);
  deeds.add({ kind: "tag", conversation: "c", tag: "vip" });
  await settle();
  deeds.add({ kind: "resolve", conversation: "c" });
  expect(saved().length).toBe(2);
  await settle();
  for (const run of later) run();
  await settle();
  expect(done).toEqual(["tag", "resolve"]);
  expect(saved()).toEqual([]);
});

test("a refusal is shown and holds nothing up, what is so already is done", async () => {
  const { deeds, done, settle } = world([
    new ApiError("already_so", 409, ""),
    new ApiError("forbidden", 403, ""),
  ]);
  for (const tag of ["a", "b", "c"]) deeds.add({ kind: "tag", conversation: "c", tag });
  await settle();
  await settle();
  expect(done).toEqual(["tag"]);
  expect(deeds.all().map((deed) => [deed.kind, deed.isRefused, deed.code])).toEqual([
    ["tag", true, "forbidden"],
  ]);
  deeds.drop(deeds.all()[0]?.id ?? "");
  expect(deeds.all()).toEqual([]);
});
