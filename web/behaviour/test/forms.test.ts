import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allowed, begin, click, end, named, put, sent, wait } from "./shop";

beforeEach(begin);
afterEach(end);

describe("choices", () => {
  const sizes =
    "<form><input type='radio' name='size' value='S'><input type='radio' name='size' value='M'><input type='radio' name='size' value='L'></form>";
  const choose = (values: string) => {
    for (const value of values) {
      const field = document.querySelector<HTMLInputElement>(`[value=${value}]`);
      field?.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  test("back and forth is a loop, and says nothing of what was chosen", async () => {
    await allowed();
    put(sizes);
    document.documentElement.setAttribute("data-tandem-product", "tent");
    choose("SMSMS");
    await sent();
    document.documentElement.removeAttribute("data-tandem-product");
    expect(named("Option Loop").map((event) => event.properties)).toEqual([{ count: 3, product_id: "tent" }]);
  });

  test.each(["SML", "SMLS", "SSSSSS"])("%s is none", async (values) => {
    await allowed();
    put(sizes);
    choose(values);
    await sent();
    expect(named("Option Loop")).toHaveLength(0);
  });

  test("a slow change of mind is none, nor are other fields", async () => {
    await allowed();
    put(`${sizes}<input type='radio' name='payment' value='A'><input type='radio' name='payment' value='B'>`);
    choose("ABABABAB");
    for (const value of "SMSMSM") {
      choose(value);
      await wait(40_000);
    }
    await sent();
    expect(named("Option Loop")).toHaveLength(0);
  });

  test("buttons that say they are choices", async () => {
    await allowed();
    put(
      "<div><button data-tandem-option='colour'>r</button><button data-tandem-option='colour'>g</button></div>",
    );
    const [red, green] = document.querySelectorAll("button");
    for (const each of [red, green, red, green, red]) if (each) click(each, { detail: 0 });
    await sent();
    expect(named("Option Loop")).toHaveLength(1);
  });
});

describe("forms", () => {
  test("a refused field is told by its kind", async () => {
    await allowed();
    put(
      "<form><input type='email' name='mail' value='anna@shop.example'><input name='cardnumber' autocomplete='cc-number' value='4111111111111111'><select name='x'></select></form>",
    );
    for (const field of document.querySelectorAll("input,select")) field.dispatchEvent(new Event("invalid"));
    await sent();
    expect(named("Form Error").map((event) => event.properties)).toEqual([
      { field_kind: "email" },
      { field_kind: "card" },
      { field_kind: "select-one" },
    ]);
  });

  test("a page that checks by itself marks its fields", async () => {
    await allowed();
    put("<form><input name='phone'><input name='street'></form>");
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true }));
    document.querySelector("[name=phone]")?.setAttribute("aria-invalid", "true");
    await sent();
    expect(named("Form Error").map((event) => event.properties)).toEqual([{ field_kind: "phone" }]);
  });

  test("a form that goes through is none", async () => {
    await allowed();
    put("<form><input name='phone' aria-invalid='false'></form>");
    document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true }));
    await sent();
    expect(named("Form Error")).toHaveLength(0);
  });
});
