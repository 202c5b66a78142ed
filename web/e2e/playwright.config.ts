import { defineConfig } from "@playwright/test";
import { chromium, requireNeeds } from "./desk/needs.ts";

requireNeeds();

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  // Each worker has a desk of its own; two browsers and a desk are what two cores bear.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: 0,
  // For machines that are busy with other things; an idle one needs a tenth.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
