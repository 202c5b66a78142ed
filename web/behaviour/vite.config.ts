// Builds one script without dependencies: it runs by its own tag, and as what the chat's script loads.
import { defineConfig } from "vite";

/** Our own names that are neither on the wire, nor in storage, nor the page's: they can be shortened. */
const SHORTENED =
  "safe later undo settings told saw onPage onLeave onTick lasting tab leave isUrgent chosen returns policies more";

export default defineConfig({
  build: {
    target: "es2021",
    lib: { entry: "src/main.ts", formats: ["iife"], name: "TandemBehaviour", fileName: () => "behaviour.js" },
    minify: "terser",
    terserOptions: {
      ecma: 2020,
      compress: { passes: 5, unsafe: true, unsafe_arrows: true, keep_fargs: false },
      mangle: { properties: { regex: RegExp(`^(${SHORTENED.split(" ").join("|")})$`), keep_quoted: true } },
      format: { comments: false },
    },
  },
  test: { environment: "happy-dom" },
} as Parameters<typeof defineConfig>[0]);
