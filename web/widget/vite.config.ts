// Builds one self-contained script that stays in its size budget: only the design tokens the styles use are taken
// along, under short names, and names that nobody outside the script can see are shortened.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

export const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const tokensFile = fileAt("../tokens/tokens.css");

function block(css: string, opening: string): Map<string, string> {
  const from = css.indexOf(opening);
  if (from < 0) throw new Error(`tokens.css has no ${opening}`);
  const body = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

interface Packed {
  rules: string;
  /** What each `var(--name)` in the styles becomes. */
  values: Map<string, string>;
}

/**
 * The tokens that `style` names: those that differ between light and dark become rules of the shadow host under
 * short names, the others are written out where they're used. Styles of one host need prefixes of their own.
 */
export function packTokens(tokens: string, style: string, prefix: string): Packed {
  const plain = tokens.replace(/\/\*[\s\S]*?\*\//g, "");
  const light = block(plain, ":root,");
  const dark = block(plain, ':root[data-theme="dark"]');
  const values = new Map<string, string>();
  const rules = { light: "", dark: "" };
  for (const [, name = ""] of style.matchAll(/var\((--[\w-]+)/g)) {
    const value = light.get(name)?.replace(/\s+/g, " ").replace(/, /g, ",");
    if (values.has(name) || /^--(on-)?brand$/.test(name)) continue;
    if (value === undefined) throw new Error(`tokens.css has no ${name}`);
    const inDark = dark.get(name);
    if (inDark === undefined) {
      values.set(name, value);
      continue;
    }
    const count = values.size;
    const short = `--${prefix}${String.fromCharCode(97 + (count % 26))}${count < 26 ? "" : Math.floor(count / 26)}`;
    values.set(name, `var(${short})`);
    rules.light += `;${short}:${value}`;
    rules.dark += `;${short}:${inDark}`;
  }
  return {
    rules: `:host{color-scheme:light${rules.light}}:host([data-theme=dark]){color-scheme:dark${rules.dark}}`,
    values,
  };
}

export function tokens(style: string, prefix = ""): Plugin {
  const pack = () =>
    packTokens(readFileSync(tokensFile, "utf8"), readFileSync(fileAt(style), "utf8"), prefix);
  return {
    name: "tandem-tokens",
    enforce: "pre",
    resolveId: (id) => (id === "virtual:tokens" ? "\0tokens" : null),
    load(id) {
      if (id !== "\0tokens") return null;
      this.addWatchFile(tokensFile);
      return `export default ${JSON.stringify(pack().rules)}`;
    },
    transform(code, id) {
      if (!id.includes("style.css")) return null;
      const { values } = pack();
      return code.replace(/var\((--[\w-]+)\)/g, (whole, name) => values.get(name) ?? whole);
    },
  };
}

/** Keys kept in storage or looked up by a computed name, options of Intl, and the names of window.Tandem. */
const KEPT =
  "error unsure sending sent read failed weekday month day hour minute style currencyDisplay maximumFractionDigits " +
  "identify signOut open close say page language on push attributeFilter default listen";

/**
 * The names that can be shortened: whatever the sources say after a dot, and the keys of the texts. A name that is
 * also in the contract (JSON) never is; terser itself spares every name of the browser's objects.
 */
function shortenable(): RegExp {
  const read = (folder: string) =>
    readdirSync(fileAt(folder))
      .filter((name) => /\.tsx?$/.test(name) && name !== "contract.ts")
      .map((name) => readFileSync(fileAt(folder + name), "utf8"));
  const names = new Set<string>();
  for (const source of ["src/", "src/ui/"].flatMap(read)) {
    for (const [, name = ""] of source.matchAll(/\.([a-z]\w{2,})/g)) names.add(name);
  }
  for (const [, key = ""] of readFileSync(fileAt("src/texts/zh.ts"), "utf8").matchAll(/^ {2}(\w+):/gm))
    names.add(key);
  // Icons are chosen by name.
  const icons = readFileSync(fileAt("src/ui/icons.tsx"), "utf8").match(/^ {2}\w+(?=:)/gm) ?? [];
  const contract = readFileSync(fileAt("src/contract.ts"), "utf8").match(/\w+/g) ?? [];
  for (const name of [...contract, ...icons.map((name) => name.trim()), ...KEPT.split(" ")])
    names.delete(name);
  return new RegExp(`^(?:${[...names].join("|")})$`);
}

export default defineConfig({
  plugins: [tokens("./src/style.css")],
  resolve: { alias: { preact: fileAt("src/render.ts") } },
  oxc: {
    jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment", development: false },
    jsxInject: 'import { h, Fragment } from "preact"',
  },
  build: {
    target: "es2020",
    cssMinify: true,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "TandemChat", fileName: () => "tandem.js" },
    minify: "terser",
    terserOptions: {
      ecma: 2020,
      compress: {
        passes: 3,
        unsafe_arrows: true,
        unsafe_methods: true,
        pure_getters: true,
        keep_fargs: false,
      },
      mangle: { properties: { regex: shortenable(), keep_quoted: true } },
      format: { comments: false },
    },
  },
  test: { environment: "happy-dom", css: true },
} as Parameters<typeof defineConfig>[0]);
