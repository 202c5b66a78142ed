// The console with 2,000 open conversations: how fast one opens, and how smoothly lists and a long conversation scroll.

import type { Page } from "@playwright/test";
import { test } from "../fixtures.ts";
import { crowd, talk } from "./crowd.ts";

const OPEN = Number(process.env.OPEN ?? 2000);
const LONG = Number(process.env.LONG ?? 1000);
const OPENINGS = 40;

const quantile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** From the press of the mouse until a frame shows the conversation's messages. */
function openRow(page: Page, index: number): Promise<number> {
  return page.evaluate(async (at) => {
    const rows = [...document.querySelectorAll<HTMLAnchorElement>(".inbox-list a.row")];
    const row = rows[at % rows.length];
    const id = row?.getAttribute("href")?.match(/cnv_\w+/)?.[0];
    if (!row || !id) throw new Error("no row");
    const before = document.querySelector(".stream");
    const from = performance.now();
    row.click();
    for (;;) {
      await new Promise((frame) => requestAnimationFrame(frame));
      const stream = document.querySelector(".stream");
      if (location.pathname.includes(id) && stream !== before && stream?.querySelector(".bubble")) break;
    }
    return performance.now() - from;
  }, index);
}

/** Scrolls by a fixed speed, and back, and takes the time between frames. */
function scroll(page: Page, box: string, pxPerFrame: number): Promise<number[]> {
  return page.evaluate(
    async ([selector, step]) => {
      const it = document.querySelector(selector as string);
      if (!it) throw new Error(`no ${selector}`);
      const gaps: number[] = [];
      let last = 0;
      let way = it.scrollTop < 10 ? 1 : -1;
      const until = performance.now() + 8000;
      for (;;) {
        const now = await new Promise<number>((frame) => requestAnimationFrame(frame));
        if (last) gaps.push(now - last);
        last = now;
        it.scrollTop += way * Number(step);
        if (it.scrollTop <= 0) way = 1;
        if (it.scrollTop >= it.scrollHeight - it.clientHeight - 1) way = -1;
        if (now > until) return gaps;
      }
    },
    [box, pxPerFrame],
  );
}

/** What the page's own thread computed meanwhile, whatever else the machine was busy with. */
async function computing<T>(
  page: Page,
  what: () => Promise<T>,
): Promise<[T, { all: number; script: number; layout: number }]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await tools.send("Performance.getMetrics");
    const of = (name: string) => 1000 * (metrics.find((each) => each.name === name)?.value ?? 0);
    return {
      all: of("TaskDuration"),
      script: of("ScriptDuration"),
      layout: of("LayoutDuration") + of("RecalcStyleDuration"),
    };
  };
  const before = await read();
  const result = await what();
  const after = await read();
  await tools.detach();
  const { all, script, layout } = after;
  return [result, { all: all - before.all, script: script - before.script, layout: layout - before.layout }];
}

const tellWork = (name: string, times: number, work: { all: number; script: number; layout: number }) =>
  console.log(
    `${name}: ${(work.all / times).toFixed(1)} ms of the page's thread each, ` +
      `${(work.script / times).toFixed(1)} scripts, ${(work.layout / times).toFixed(1)} style and layout`,
  );

function tellFrames(name: string, gaps: number[]): void {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const late = gaps.filter((gap) => gap > 25).length;
  console.log(
    `${name}: ${((gaps.length / total) * 1000).toFixed(1)} frames a second, p50 ${quantile(gaps, 0.5).toFixed(1)} ms, ` +
      `p99 ${quantile(gaps, 0.99).toFixed(1)} ms, ${late} of ${gaps.length} frames late`,
  );
}

test("the inbox with many open conversations", async ({ desk, people }) => {
  await crowd(desk, OPEN);
  const long = await talk(desk, "一场很长的对话");
  const staff = await desk.as("agent");
  await staff.presence("online");
  await staff.act(long.id, "take-over");
  for (let at = 0; at < LONG; at += 2) {
    await long.say(`第 ${at} 句：请问这个杯子的容量是多少？${"需要说明一下。".repeat(at % 5)}`);
    await staff.call("POST", `conversations/${long.id}/messages`, {
      client_id: `a-${at}`,
      text: `第 ${at + 1} 句：您好，容量是 450 毫升。${"请放心。".repeat(at % 7)}`,
    });
  }
  const console_ = await people.team({ as: "agent" });
  await console_.inbox("queue");
  await console_.rows.first().waitFor();

  const { page } = console_;
  const took: number[] = [];
  const [, opening] = await computing(page, async () => {
    for (let index = 0; index < OPENINGS; index += 1) {
      took.push(await openRow(page, index));
      // Some are further down, as they are when somebody works.
      await page.evaluate(() => document.querySelector(".inbox-list")?.scrollBy(0, 1200));
      await page.waitForTimeout(150);
    }
  });
  tellWork("opening, and what follows it", OPENINGS, opening);
  console.log(
    `opening one of ${OPEN}: p50 ${quantile(took, 0.5).toFixed(0)} ms, p95 ${quantile(took, 0.95).toFixed(0)} ms, ` +
      `longest ${Math.max(...took).toFixed(0)} ms`,
  );
  await page.evaluate(() => document.querySelector(".inbox-list")?.scrollTo(0, 0));
  const [gaps, scrolling] = await computing(page, () => scroll(page, ".inbox-list", 40));
  tellFrames(`list of ${OPEN}`, gaps);
  tellWork("a frame of the list", gaps.length, scrolling);

  await console_.visit(`inbox/${long.id}?view=mine`);
  await console_.stream.locator(".bubble").first().waitFor();
  console.log(
    `conversation of ${LONG} messages: ${await console_.bubbles.count()} drawn, ` +
      `${await page.evaluate(() => document.querySelectorAll("*").length)} elements in the page`,
  );
  const [talkGaps, reading] = await computing(page, () => scroll(page, ".stream", 40));
  tellFrames(`conversation of ${LONG} messages`, talkGaps);
  tellWork("a frame of the conversation", talkGaps.length, reading);
});
