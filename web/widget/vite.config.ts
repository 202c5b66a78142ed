// Builds one self-contained script. Only the design tokens the styles use are taken along, to stay in the budget.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const tokensFile = fileURLToPath(new URL("../tokens/tokens.css", import.meta.url));
const styleFile = fileURLToPath(new URL("./src/style.css", import.meta.url));

function block(css: string, opening: string): Map<string, string> {
  const from = css.indexOf(opening);
  if (from < 0) throw new Error(`tokens.css has no ${opening}`);
  const body = css.slice(css.indexOf("{", from) + 1, css.indexOf("}", from));
  return new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

/** The light and dark values of the tokens that `style` names, as rules for the shadow host. */
export function tokenRules(tokens: string, style: string): string {
  const plain = tokens.replace(/\/\*[\s\S]*?\*\//g, "");
  const used = new Set([...style.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  const list = (values: Map<string, string>) =>
    [...values]
      .filter(([name]) => used.has(name))
      .map(([name, value]) => `${name}:${value.replace(/\s+/g, " ")}`)
      .join(";");
  return `:host{color-scheme:light;${list(block(plain, ":root,"))}}:host([data-theme=dark]){color-scheme:dark;${list(block(plain, ':root[data-theme="dark"]'))}}`;
}

function tokens(): Plugin {
  return {
    name: "tandem-tokens",
    enforce: "pre",
    resolveId: (id) => (id === "virtual:tokens" ? "\0tokens" : null),
    load(id) {
      if (id !== "\0tokens") return null;
      this.addWatchFile(tokensFile);
      const rules = tokenRules(readFileSync(tokensFile, "utf8"), readFileSync(styleFile, "utf8"));
      return `export default ${JSON.stringify(rules)}`;
    },
  };
}

export default defineConfig({
  plugins: [tokens()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2020",
    cssMinify: true,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "TandemChat", fileName: () => "tandem.js" },
  },
  test: { environment: "happy-dom" },
} as Parameters<typeof defineConfig>[0]);
