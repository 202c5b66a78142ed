import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TeaserAnswer, TeaserFrame } from "../src/contract";
import { en } from "../src/teaser/texts/en";
import { zh } from "../src/teaser/texts/zh";

const NOW = Date.UTC(2026, 10, 22, 9);
const frame: TeaserFrame = {
  type: "teaser",
  id: "otr_1",
  text: "签收次日起 7 天内可退，运费由我们承担。",
  trigger: "policy_loop",
  expires_at: NOW + 60_000,
};
let answers: TeaserAnswer[];
let heard: Map<string, () => void>;
let root: ShadowRoot;
const chat = {
  open: vi.fn(),
  say: vi.fn(),
  on(name: string, listen: () => void) {
    heard.set(name, listen);
    return () => heard.delete(name);
  },
};

/** As a page that was loaded anew has it. */
async function show(change: Partial<TeaserFrame> = {}): Promise<boolean> {
  const { default: work } = await import("../src/teaser/teaser");
  return work({ ...frame, ...change }, (answer) => answers.push(answer));
}
const reload = () => {
  root.querySelector(".teaser")?.remove();
  vi.resetModules();
};
const bubble = () => root.querySelector<HTMLElement>(".teaser");
const buttons = () => [...(bubble()?.querySelectorAll<HTMLElement>("div button") ?? [])];
const actions = () => answers.map((answer) => answer.action);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  localStorage.clear();
  document.body.innerHTML = "<tandem-chat></tandem-chat>";
  root = (document.querySelector("tandem-chat") as HTMLElement).attachShadow({ mode: "open" });
  root.innerHTML = "<div><div lang='zh-CN' class='tandem'></div></div>";
  answers = [];
  heard = new Map();
  chat.open.mockClear();
  chat.say.mockClear();
  (window as { Tandem?: unknown }).Tandem = chat;
  vi.resetModules();
});
afterEach(() => vi.useRealTimers());

test("says the answer, who says it, and three ways to go on", async () => {
  expect(await show()).toBe(true);
  expect(bubble()?.querySelector("[role=status]")?.textContent).toBe(frame.text);
  expect(bubble()?.querySelector("small")?.textContent).toBe(zh.from);
  expect(buttons().map((button) => button.textContent)).toEqual([zh.continue, zh.later, zh.never]);
  expect(answers).toEqual([{ type: "teaser", id: "otr_1", action: "seen" }]);
  expect(root.activeElement).toBeNull();
});

test("speaks the chat's language", async () => {
  root.innerHTML = "<div lang='en'></div>";
  await show();
  expect(buttons().map((button) => button.textContent)).toEqual([en.continue, en.later, en.never]);
  expect(Object.keys(en)).toEqual(Object.keys(zh));
});

test("the server's buttons are taken, but none that we don't know and not too many", async () => {
  await show({
    buttons: [
      { action: "continue", text: "怎么退", say: "怎么退货" },
      { action: "buy" as never, text: "x" },
      ...Array.from({ length: 5 }, () => ({ action: "later" as const })),
    ],
  });
  expect(buttons().map((button) => button.className)).toEqual(["continue", "later", "later"]);
  buttons()[0]?.click();
  expect(chat.say).toHaveBeenCalledWith("怎么退货");
  expect(actions()).toEqual(["seen", "continue"]);
  expect(bubble()).toBeNull();
});

test("going on opens the chat", async () => {
  await show();
  buttons()[0]?.click();
  expect(chat.open).toHaveBeenCalled();
});

test("what comes is text, whatever it contains", async () => {
  await show({ text: `<img src=x onerror="alert(1)">${"长".repeat(999)}` });
  expect(bubble()?.querySelector("img")).toBeNull();
  expect(bubble()?.querySelector("p")?.textContent).toHaveLength(400);
});

test("the same isn't shown twice, also not on another page", async () => {
  await show();
  buttons()[1]?.click();
  expect(await show()).toBe(false);
  reload();
  expect(await show()).toBe(false);
  expect(await show({ id: "otr_2" })).toBe(true);
});

test("never means never", async () => {
  await show();
  buttons()[2]?.click();
  expect(actions()).toEqual(["seen", "never"]);
  reload();
  expect(await show({ id: "otr_2" })).toBe(false);
});

test("not when it came too late, the chat is open, or another is there", async () => {
  expect(await show({ expires_at: NOW })).toBe(false);
  expect(await show()).toBe(true);
  expect(await show({ id: "otr_2" })).toBe(false);
  reload();
  root.innerHTML += "<div class='panel'></div>";
  expect(await show({ id: "otr_3" })).toBe(false);
});

test("goes away when its time is over, and makes room", async () => {
  await show();
  vi.advanceTimersByTime(60_000);
  expect(bubble()).toBeNull();
  expect(actions()).toEqual(["seen"]);
  expect(await show({ id: "otr_2", expires_at: NOW + 90_000 })).toBe(true);
});

test("goes away when the chat is opened, and by Escape and the cross, which mean not now", async () => {
  await show();
  heard.get("open")?.();
  expect(bubble()).toBeNull();
  await show({ id: "otr_2" });
  bubble()?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  await show({ id: "otr_3" });
  bubble()?.querySelector<HTMLElement>(`[aria-label=${zh.close}]`)?.click();
  expect(actions()).toEqual(["seen", "seen", "later", "seen", "later"]);
});

test("a page without the chat stays as it is", async () => {
  document.body.innerHTML = "";
  expect(await show()).toBe(false);
});
