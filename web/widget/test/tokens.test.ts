import { expect, test } from "vitest";
import tokens from "../../tokens/tokens.css?raw";

const css = tokens.replace(/\/\*[\s\S]*?\*\//g, "");

function values(opening: string): Map<string, string> {
  const from = css.indexOf(opening);
  const body = css.slice(css.indexOf("{", from), css.indexOf("}", from));
  return new Map(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
const light = values(":root,");
const system = values(':root:not([data-theme="light"])');
const dark = values(':root[data-theme="dark"]');

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a = "", b = ""): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test("dark by the system and dark by choice are the same", () => {
  expect(system.size).toBeGreaterThan(40);
  expect(dark).toEqual(system);
  for (const name of dark.keys()) expect(light.has(name), name).toBe(true);
});

test.each([
  ["light", light],
  ["dark", new Map([...light, ...dark])],
])("texts of the %s theme reach AA on what they stand on", (_, theme) => {
  const pairs = ["--text", "--text-2", "--text-3"].flatMap((text) =>
    ["--surface", "--surface-2", "--ground"].map((on) => [text, on]),
  );
  for (const kind of ["accent", "bot", "agent", "queue", "good", "warn", "bad", "info"]) {
    pairs.push([`--${kind}-text`, `--${kind}-soft`], [`--${kind}-text`, "--surface"]);
  }
  pairs.push(
    ["--text-on-accent", "--accent"],
    ["--text-on-accent", "--accent-hover"],
    ["--shopper-text", "--shopper"],
  );
  for (const [text = "", on = ""] of pairs) {
    expect(contrast(theme.get(text), theme.get(on)), `${text} on ${on}`).toBeGreaterThanOrEqual(4.5);
  }
  for (const line of ["--line-strong", "--star", "--focus"]) {
    expect(contrast(theme.get(line), theme.get("--surface")), line).toBeGreaterThanOrEqual(3);
  }
});
