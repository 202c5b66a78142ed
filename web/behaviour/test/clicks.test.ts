import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { allowed, begin, click, end, go, named, put, reported, sent, wait } from "./shop";

beforeEach(begin);
afterEach(end);

describe("rage clicks", () => {
  const times = (element: Element, count: number, at?: MouseEventInit) => {
    for (let n = 0; n < count; n++) click(element, at);
  };

  test("three and more fast clicks in one place are one event with their number", async () => {
    await allowed();
    const buy = put("<button>buy</button>");
    for (let n = 0; n < 4; n++) {
      click(buy);
      await wait(300);
    }
    await sent();
    expect(named("Rage Click")).toHaveLength(1);
    expect(named("Rage Click")[0]?.properties).toEqual({
      selector_hash: expect.stringMatching(/^[\da-f]{8}$/),
      count: 4,
    });
  });

  test.each([
    ["two clicks", "<button>x</button>", 2, {}],
    ["writing", "<input>", 5, {}],
    ["a text area", "<textarea></textarea>", 5, {}],
    ["an editor", "<div contenteditable='true'>x</div>", 5, {}],
    ["a plus", "<button>+</button>", 5, {}],
    ["a minus", "<button>−</button>", 5, {}],
    [
      "a stepper's button",
      "<div><button><svg></svg></button><output>1</output><button><svg></svg></button></div>",
      5,
      {},
    ],
    ["next", "<button aria-label='Next'>x</button>", 5, {}],
    ["a video", "<video></video>", 5, {}],
    ["what the shop excludes", "<div data-tandem-ignore><button>x</button></div>", 5, {}],
    ["a key held down", "<button>x</button>", 5, { detail: 0 }],
  ])("%s is none", async (_, html, count, at) => {
    await allowed();
    put(html);
    const element = document.querySelector("button") ?? (document.body.firstElementChild as Element);
    times(element, count, at);
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });

  test("clicks far apart in place or time are none", async () => {
    await allowed();
    const map = put("<div>x</div>");
    for (let n = 0; n < 5; n++) click(map, { clientX: n * 40 });
    await wait(2_000);
    for (let n = 0; n < 5; n++) {
      click(map);
      await wait(1_200);
    }
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });

  test("selecting a paragraph is none", async () => {
    await allowed();
    const text = put("<p>a paragraph</p>");
    vi.spyOn(window, "getSelection").mockReturnValue({ isCollapsed: false } as Selection);
    times(text, 3);
    await sent();
    expect(named("Rage Click")).toHaveLength(0);
  });
});

describe("dead clicks", () => {
  test("a button that does nothing", async () => {
    await allowed();
    click(put("<button>buy</button>"));
    await sent();
    expect(named("Dead Click")).toHaveLength(1);
  });

  test("what only looks like a button", async () => {
    await allowed();
    click(put("<div style='cursor: pointer'>x</div>"));
    await sent();
    expect(named("Dead Click")).toHaveLength(1);
  });

  test.each<[string, string, () => void]>([
    ["changes the page", "<button>x</button>", () => document.body.append("added")],
    ["changes an attribute", "<button>x</button>", () => document.body.setAttribute("data-open", "")],
    ["scrolls", "<button>x</button>", () => document.dispatchEvent(new Event("scroll"))],
    ["goes to another page", "<button>x</button>", () => go("/elsewhere")],
    ["opens another window", "<button>x</button>", () => window.dispatchEvent(new Event("blur"))],
    ["selects", "<button>x</button>", () => document.dispatchEvent(new Event("selectionchange"))],
    ["is refused by the form", "<button>x</button>", () => document.body.dispatchEvent(new Event("invalid"))],
  ])("not when it %s", async (_, html, answer) => {
    await allowed();
    click(put(html));
    await wait(500);
    answer();
    await reported();
    await sent();
    expect(named("Dead Click")).toHaveLength(0);
  });

  test.each([
    ["plain text", "<p>x</p>"],
    ["a field", "<input>"],
    ["a check box's label", "<label>x</label>"],
    ["a link to another window", "<a href='/x' target='_blank'>x</a>"],
    ["a download", "<a href='/x' download>x</a>"],
    ["an address to write to", "<a href='mailto:a@b.example'>x</a>"],
    ["the chat", "<tandem-chat>x</tandem-chat>"],
  ])("not on %s", async (_, html) => {
    await allowed();
    click(put(html));
    await sent();
    expect(named("Dead Click")).toHaveLength(0);
  });
});
