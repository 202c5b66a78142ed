// Walks through the built console in a real browser against the mock desk: `npm run build && npm run smoke`.
// Says what an agent would notice if it broke; the rules of the desk are tested elsewhere, on the real binary.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chromium } from "playwright-core";

const mock = spawn(process.execPath, [new URL("./mock.mjs", import.meta.url).pathname, "0"], {
  env: { ...process.env, SIGNED_IN: "0", MANY: "2000", DELAY: "20" },
  stdio: ["ignore", "pipe", "inherit"],
});
const [hello] = await once(mock.stdout, "data");
const BASE = `${/http\S+/.exec(String(hello))[0]}/console`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
const complaints = [];
page.on("pageerror", (error) => complaints.push(error.message));
page.on("console", (message) => {
  // Answers the test provokes on purpose are shown by the browser as failed resources.
  if (message.type() === "error" && !/status of (401|409|503)/.test(message.text()))
    complaints.push(message.text());
});

const steps = {
  async "sign-in refuses, then returns to where one was going"() {
    await page.goto(`${BASE}/inbox/cnv_emma?view=mine`);
    await page.fill("#email", "lin@shanlan.example");
    await page.fill("#password", "wrong");
    await page.keyboard.press("Enter");
    await page.getByText("邮箱或密码不对").waitFor();
    await page.fill("#password", "right");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Emma Wilson" }).first().waitFor();
  },
  async "a reply with a quick phrase is sent once, and answered live"() {
    await page.keyboard.press("r");
    await page.keyboard.type("/hi");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Enter");
    const text = "Hello Emma Wilson, this is 林晓 from the team. How can I help?";
    assert.equal(await page.inputValue(".reply textarea"), text);
    await page.keyboard.press("Enter");
    await page.getByText("OK, thank you").first().waitFor();
    assert.equal(await page.locator(".bubble-agent", { hasText: text }).count(), 1);
    assert.equal(await page.inputValue(".reply textarea"), "");
  },
  async "a message the desk can't take waits and can be taken back"() {
    await page.fill(".reply textarea", "/offline");
    await page.keyboard.press("Escape");
    await page.fill(".reply textarea", "/offline ");
    await page.locator(".reply textarea").press("Enter");
    await page.getByText("会自动重发").waitFor();
    await page.getByRole("button", { name: "放回输入框" }).click();
    assert.equal((await page.inputValue(".reply textarea")).trim(), "/offline");
    await page.fill(".reply textarea", "");
  },
  async "a draft survives a reload and a change of conversation"() {
    await page.fill(".reply textarea", "half a sentence");
    await page.reload();
    await page.locator(".reply textarea").waitFor();
    assert.equal(await page.inputValue(".reply textarea"), "half a sentence");
    await page.fill(".reply textarea", "");
  },
  async "keys move, open, take over and hand back"() {
    await page.locator(".reply textarea").press("Escape");
    await page.getByRole("tab", { name: /排队/ }).click();
    await page.locator(".row").first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/inbox\/cnv_/);
    await page.goto(`${BASE}/inbox/cnv_chen?view=queue`);
    await page.getByText("买家在排队等人工").waitFor();
    await page.keyboard.press("t");
    await page.locator(".reply textarea").waitFor();
    await page.getByText("林晓 接管").waitFor();
    await page.keyboard.press("b");
    await page.getByText("智能客服正在接待").waitFor();
  },
  async "words refused because control passed come back into the draft"() {
    await page.goto(`${BASE}/inbox/cnv_emma?view=mine`);
    await page.route("**/messages", (route) =>
      route.fulfill({
        status: 409,
        contentType: "application/problem+json",
        body: '{"code":"not_controller","status":409}',
      }),
    );
    await page.fill(".reply textarea", "too late");
    await page.locator(".reply textarea").press("Enter");
    await page.getByText("内容已放回草稿").waitFor();
    assert.equal(await page.inputValue(".reply textarea"), "too late");
    await page.unroute("**/messages");
    await page.fill(".reply textarea", "");
    await page.locator(".reply textarea").press("Escape");
  },
  async "what was written while the browser was offline appears"() {
    await page.goto(`${BASE}/inbox/cnv_emma?view=mine`);
    await page.locator(".reply textarea").waitFor();
    await page.context().setOffline(true);
    await page.request.post(`${BASE.replace("/console", "")}/api/console/conversations/cnv_emma/notes`, {
      data: { text: "written while the line was down" },
      headers: { "x-csrf-token": "mock-csrf" },
    });
    await page.context().setOffline(false);
    await page.getByText("written while the line was down").waitFor({ timeout: 35_000 });
  },
  async "the handoff card leads to the message it came from, and the trace opens"() {
    await page.goto(`${BASE}/inbox/cnv_chen?view=queue`);
    await page.getByTitle("查看来源消息 #4").first().click();
    await page.locator('[data-seq="4"].is-lit').waitFor();
    await page.locator(".why").first().click();
    await page.getByText("所有数字、日期、网址都有来源").waitFor();
    await page.keyboard.press("Escape");
  },
  async "a sign-in that ended leads to the door and back"() {
    const here = page.url();
    await page.evaluate(() =>
      fetch("/api/console/sign-out", { method: "POST", headers: { "x-csrf-token": "mock-csrf" } }),
    );
    await page.getByRole("tab", { name: "商品" }).click();
    await page.getByText("登录已过期").waitFor();
    await page.fill("#email", "lin@shanlan.example");
    await page.fill("#password", "right");
    await page.keyboard.press("Enter");
    await page.waitForURL(here);
  },
  async "two thousand rows stay light and keep their place"() {
    await page.goto(`${BASE}/inbox?view=bot`);
    await page.locator(".row").first().waitFor();
    assert.ok((await page.locator(".row").count()) < 40);
    const top = await page.evaluate(async () => {
      const list = document.querySelector(".inbox-list");
      list.scrollTop = 3000;
      await new Promise((done) => setTimeout(done, 2500));
      return list.scrollTop;
    });
    assert.ok(Math.abs(top - 3000) < 90, `moved to ${top}`);
  },
  async "the palette finds a page"() {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "命令面板" }).waitFor();
    await page.keyboard.type("知识库");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/knowledge/);
  },
  async "the search preview says what the bot would do"() {
    await page.fill(".preview textarea", "快递三天没动了怎么办");
    await page.keyboard.press("Enter");
    await page.getByText("会直接回答").waitFor();
  },
  async "a conflict shows both sides and loses nothing"() {
    await page.goto(`${BASE}/knowledge/art_1`);
    await page.locator("#article-category").fill("冲突");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("你的内容没有丢").waitFor();
    await page.getByRole("button", { name: "继续编辑" }).click();
    await page.locator("#article-category").fill("物流");
  },
  async "an import is checked before it is done"() {
    await page.goto(`${BASE}/knowledge`);
    await page.getByRole("button", { name: "导入" }).click();
    await page.setInputFiles("input[type=file]", {
      name: "faq.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b"),
    });
    await page.getByText("还没有写入任何内容").waitFor();
    await page.getByRole("button", { name: "导入 24 条" }).click();
    await page.getByText("新增 18，更新 6，拒绝 2").waitFor();
    await page.getByRole("button", { name: "关闭", exact: true }).last().click();
  },
  async "a sentence shows its likeliest skill, and a faulty conversation its line"() {
    await page.goto(`${BASE}/bot`);
    await page.waitForURL(/bot\/skills/);
    await page.locator(".bot-side textarea").first().fill("我想退货");
    await page.keyboard.press("Enter");
    await page.getByText("最可能：退货").waitFor();
    await page.locator(".ant-segmented-item").nth(1).click();
    await page.getByRole("button", { name: "演一遍" }).click();
    await page.getByText("通过 1 段").waitFor();
    await page.locator("textarea.yaml").fill("- x");
    await page.getByRole("button", { name: "演一遍" }).click();
    await page.getByRole("button", { name: "第 1 行第 3 列" }).click();
  },
  async "what would happen names the rule"() {
    await page.goto(`${BASE}/bot/policy?conversation=cnv_chen`);
    await page.locator("#what-if-order").fill("SL1");
    await page.locator("#what-if-reason").fill("不想要了");
    await page.getByRole("button", { name: "看看结果" }).click();
    await page.getByText("不可以").waitFor();
  },
  async "answers are judged by keys, oldest first, and a slip can be mended"() {
    await page.goto(`${BASE}/bot/guarantee`);
    await page.getByText("错误率不超过 5%，置信度 95%，n = 412").first().waitFor();
    await page.locator(".judging-pair").waitFor();
    await page.keyboard.press("r");
    await page.locator(".judging-pair").getByText("（3）").waitFor();
    await page.getByText("改为不对").click();
    await page.getByText("改为对").waitFor();
  },
  async "English is one choice away, and every page has it"() {
    await page.locator(".nav-me").click();
    await page.getByRole("menu").getByText("语言", { exact: true }).hover();
    await page.getByText("English", { exact: true }).click();
    for (const [path, heading] of [
      ["bot/skills", "Bot"],
      ["bot/policy", "Bot"],
      ["bot/guarantee", "Bot"],
      ["phrases", "Quick phrases"],
      ["overview", "Overview"],
      ["board", "Live board"],
      ["reports", "Reports"],
      ["staff", "Staff"],
      ["audit", "Audit"],
    ]) {
      await page.goto(`${BASE}/${path}`);
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      await page.waitForLoadState("networkidle").catch(() => {});
    }
  },
};

let failed = 0;
page.setDefaultTimeout(8000);
for (const [name, run] of Object.entries(steps)) {
  try {
    await run();
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${error.message.split("\n").slice(0, 4).join("\n      ")}`);
    await page.screenshot({ path: `/tmp/smoke-${failed}.png` });
  }
}
if (complaints.length) console.log("The browser complained:", [...new Set(complaints)]);
await browser.close();
mock.kill();
process.exitCode = failed || complaints.length ? 1 : 0;
