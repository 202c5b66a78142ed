// Whatever shoppers write into whatever form, none of it leaves the page.

import { afterEach, beforeEach, expect, test } from "vitest";
import { isCode } from "../src/clean";
import { begin, click, desk, end, load, sent, tandem, wait } from "./shop";

beforeEach(begin);
afterEach(end);

/** Small, seeded and good enough for drawing forms. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const SECRETS = [
  "anna.secret@shop.example",
  "13812345678",
  "4111 1111 1111 1111",
  "110101199003074514",
  "文三路100号秘密小区",
  "Secret Street 7",
  "hunter2-secret",
  "secretcode",
];
const FIELDS = [
  "text",
  "email",
  "tel",
  "password",
  "search",
  "number",
  "radio",
  "checkbox",
  "textarea",
  "select",
  "editor",
];
const NAMES = ["size", "email", "card", "q", "address", "note", "colour", "coupon"];

test("no value, no text and no attribute of a field is ever sent", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const draw = dice(seed);
    const pick = <Value>(from: Value[]): Value => from[draw(from.length)] as Value;
    await load({ query: "category" });
    tandem("consent", true);
    const form = document.createElement("form");
    document.body.append(form);
    for (let n = 0; n < 8; n++) {
      const kind = pick(FIELDS);
      const field = document.createElement(
        kind === "textarea" || kind === "select" ? kind : kind === "editor" ? "div" : "input",
      ) as HTMLInputElement;
      const secret = pick(SECRETS);
      if (kind === "editor") field.contentEditable = "true";
      else if (field.tagName === "INPUT") field.type = kind;
      field.setAttribute("name", pick(NAMES));
      if (field.tagName === "SELECT") field.innerHTML = `<option value="${secret}">${secret}</option>`;
      field.id = `secret-${secret}`;
      field.title = secret;
      field.setAttribute("value", secret);
      field.value = secret;
      if (kind === "editor") field.textContent = secret;
      form.append(field);
    }
    const button = document.createElement("button");
    button.textContent = pick(SECRETS);
    button.setAttribute("aria-label", pick(SECRETS));
    form.append(button);
    document.title = pick(SECRETS);
    for (let n = 0; n < 30; n++) {
      const element = pick([...form.children]);
      const name = pick(["input", "change", "invalid", "keydown", "paste", "focusin", "submit"]);
      element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      if (draw(2)) click(element, { detail: 1 + draw(3) });
      if (draw(8) === 0)
        history.pushState(null, "", `/p/${draw(3)}?email=${SECRETS[0]}&q=secretcode#${SECRETS[1]}`);
      await wait(draw(700));
    }
    await sent();
    window.dispatchEvent(new Event("pagehide"));
    const all = JSON.stringify(desk.batches);
    expect(desk.batches.length).toBeGreaterThan(0);
    for (const secret of [...SECRETS, "secret", "hunter2", "文三路", "13812345678", "%40"])
      expect(all.toLowerCase(), `seed ${seed}`).not.toContain(secret.toLowerCase());
    for (const name of NAMES.filter((each) => !["email", "card", "address", "coupon"].includes(each)))
      expect(all, `seed ${seed}`).not.toContain(`"${name}"`);
    end();
    begin();
  }
  // Drawing forms in a pretended browser takes seconds on a busy machine.
}, 60_000);

test("what a page says is cut to listed properties with plain values", async () => {
  await load();
  tandem("consent", true);
  tandem("track", "Product Added", {
    product_id: "tent-2",
    name: "Anna's tent",
    email: "anna@shop.example",
    sku: "anna@shop.example",
    category: "a text with words",
    quantity: "2",
    stock: { deep: "secret" },
    reason: "x".repeat(65),
    coupon: "4111111111111111",
    step: "13812345678",
    retriable: "yes",
    items: [{ product_id: "tent-2", note: "secret" }, null, "secret", 3],
    __proto__: { polluted: "secret" },
  });
  await sent();
  const added = desk.batches
    .flatMap((batch) => batch.events)
    .find((event) => event.event === "Product Added");
  expect(added?.properties).toEqual({
    product_id: "tent-2",
    quantity: 2,
    retriable: false,
    items: [{ product_id: "tent-2" }, {}, {}, {}],
  });
});

test("a shop can list more properties, and they are held to the same values", async () => {
  await load({ properties: "query" });
  tandem("consent", true);
  tandem("track", "Products Searched", { query: "帐篷", result_count: 2 });
  tandem("track", "Products Searched", { query: "anna@shop.example", result_count: 2 });
  await sent();
  const searched = desk.batches
    .flatMap((batch) => batch.events)
    .filter((event) => event.event === "Products Searched");
  expect(searched.map((event) => event.properties?.query)).toEqual(["帐篷", undefined]);
});

test("codes are told from what is personal", () => {
  for (const code of ["tent-2", "SKU:1234.5", "a/b/c", "1234567890123", "帐篷", "#12"])
    expect(isCode(code), code).toBe(true);
  for (const text of [
    "",
    "a b",
    "a@b",
    "13812345678",
    "+8613812345678",
    "4111-1111-1111-1111",
    "4111111111111111",
    "<b>",
    "x".repeat(65),
    3,
    null,
  ])
    expect(isCode(text), String(text)).toBe(false);
});
