// The demo shop's pages under /shop/. `npm run dev` passes the desk's paths on to a running `tandem demo`.
import { defineConfig } from "vite";

const desk = process.env.DESK ?? "http://localhost:7080";

export default defineConfig({
  base: "/shop/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "es2022", assetsInlineLimit: 0 },
  server: {
    proxy: {
      "/shop/api": desk,
      "/shop/pictures": desk,
      "/widget": desk,
      "/api": { target: desk, ws: true },
    },
  },
  test: { environment: "happy-dom" },
} as Parameters<typeof defineConfig>[0]);
