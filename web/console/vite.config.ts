/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const desk = process.env.TANDEM_URL ?? "http://127.0.0.1:8787";

export default defineConfig({
  base: "/console/",
  plugins: [react()],
  resolve: { dedupe: ["react", "react-dom"] },
  server: { port: 5173, proxy: { "/api": { target: desk, ws: true }, "/shop": { target: desk } } },
  build: { manifest: true, target: "es2023", chunkSizeWarningLimit: 1200 },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
