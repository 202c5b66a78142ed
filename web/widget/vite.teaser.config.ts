// Builds the teaser, which the chat loads when the desk has something to say: a module beside the chat's own script.
import { defineConfig } from "vite";
import { tokens } from "./vite.config";

export default defineConfig({
  plugins: [tokens("./src/teaser/style.css", "t")],
  build: {
    target: "es2020",
    emptyOutDir: false,
    cssMinify: true,
    lib: { entry: "src/teaser/teaser.ts", formats: ["es"], fileName: () => "teaser.js" },
    minify: "terser",
    terserOptions: { ecma: 2020, module: true, compress: { passes: 3 }, format: { comments: false } },
  },
} as Parameters<typeof defineConfig>[0]);
