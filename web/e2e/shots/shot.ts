// Where pictures of screens go, and how they are taken.

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { small } from "./small.ts";

export async function shot(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../../docs/screenshots/${name}.png`, import.meta.url));
  await writeFile(path, small(await page.screenshot({ animations: "disabled", caret: "hide" })));
}
