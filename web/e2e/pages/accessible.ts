// Nothing serious for axe to find on a page.

import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

/** Colours on their way from one theme to the other are nobody's fault. */
const SETTLE_MS = 5_000;

export async function expectAccessible(page: Page, within = "html"): Promise<void> {
  await expect(() => checkAccessible(page, within)).toPass({ timeout: SETTLE_MS });
}

/** Run from outside the page, whose content policy allows no script of ours. */
async function checkAccessible(page: Page, within: string): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (selector) => (window as unknown as { axe: typeof axe }).axe.run(selector),
    within,
  );
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
  expect(serious).toEqual([]);
}
