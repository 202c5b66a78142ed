// The built widget in a real browser against the mock desk: nothing lost, nothing doubled, nothing against the CSP.
// `npm run build -w widget && npm run smoke -w widget`; CHROMIUM says where the browser is.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { all, cut, faults, server } from "./mock.mjs";

await new Promise((listening) => server.listen(0, listening));
const home = `http://localhost:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const complaints = [];

async function visitor(options = {}) {
  const context = await browser.newContext({
    locale: "zh-CN",
    viewport: { width: 1000, height: 800 },
    ...options,
  });
  return { context, page: await tab(context) };
}

async function tab(context) {
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("console", (line) => /Content Security|Uncaught/.test(line.text()) && complaints.push(line.text()));
  await page.goto(home);
  return page;
}

const open = (page) => page.getByRole("button", { name: /打开在线客服/ }).click();
const field = (page) => page.getByRole("textbox", { name: "输入消息…" });
const send = async (page, text) => {
  await field(page).fill(text);
  await page.keyboard.press("Enter");
};
const log = (page) => page.getByRole("log");
const sees = (page, text) => log(page).getByText(text, { exact: true }).first().waitFor({ timeout: 15_000 });
const count = (page, text) => log(page).locator(".me .bubble", { hasText: text }).count();
const sentTo = (text) =>
  [...all.values()]
    .flatMap((c) => c.log)
    .filter((event) => event.by === "shopper" && event.message?.body.text === text).length;

async function check(name, work) {
  const start = Date.now();
  await work();
  console.log(`ok  ${name} (${Date.now() - start} ms)`);
}

await check("a question is answered, and survives a reload with its panel", async () => {
  const { context, page } = await visitor();
  await open(page);
  assert.equal(await field(page).evaluate((node) => node.getRootNode().activeElement === node), true);
  await send(page, "怎么退货");
  await page.getByText("已读").waitFor();
  await page.getByText("来源：退货政策 v1").waitFor();
  await page.reload();
  await sees(page, "怎么退货");
  assert.equal(await count(page, "怎么退货"), 1);
  await page.keyboard.press("Tab");
  await field(page).press("Escape");
  assert.equal(
    await page.evaluate(() => document.querySelector("tandem-chat").shadowRoot.activeElement?.className),
    "launcher",
  );
  await context.close();
});

await check("what is written without a network arrives once when it's back, even over a reload", async () => {
  const { context, page } = await visitor();
  await open(page);
  await send(page, "第一句");
  await page.getByText("已读").waitFor();
  faults.http = false;
  cut();
  await send(page, "断网时写的");
  await page.getByText("网络已断开").waitFor({ timeout: 8_000 });
  assert.equal(sentTo("断网时写的"), 0);
  await page.evaluate(() => sessionStorage.setItem("kept", "1"));
  faults.http = true;
  await page.reload();
  await sees(page, "断网时写的");
  await page.waitForTimeout(1_500);
  assert.deepEqual([sentTo("断网时写的"), await count(page, "断网时写的")], [1, 1]);
  await context.close();
});

await check("a line that is cut again and again doubles nothing", async () => {
  const { context, page } = await visitor();
  await open(page);
  await send(page, "开始");
  await page.getByText("已读").waitFor();
  for (let n = 0; n < 5; n++) {
    await send(page, `第${n}条`);
    cut();
  }
  for (let n = 0; n < 5; n++) await sees(page, `第${n}条`);
  await page.waitForTimeout(2_500);
  for (let n = 0; n < 5; n++) assert.deepEqual([sentTo(`第${n}条`), await count(page, `第${n}条`)], [1, 1]);
  const order = await log(page).locator(".me .bubble").allTextContents();
  assert.deepEqual(order, ["开始", "第0条", "第1条", "第2条", "第3条", "第4条"]);
  await context.close();
});

await check("without WebSocket it polls", async () => {
  faults.ws = false;
  const { context, page } = await visitor();
  await open(page);
  await send(page, "轮询");
  await page.getByText("来源：退货政策 v1").waitFor({ timeout: 15_000 });
  faults.ws = true;
  assert.equal(sentTo("轮询"), 1);
  await context.close();
});

await check("two tabs show the same conversation", async () => {
  const { context, page } = await visitor();
  await open(page);
  await send(page, "左边");
  await page.getByText("已读").waitFor();
  const other = await tab(context);
  await open(other);
  await sees(other, "左边");
  await send(other, "右边");
  await sees(page, "右边");
  assert.deepEqual([await count(page, "右边"), await count(other, "右边")], [1, 1]);
  await context.close();
});

await check("to a person and back, then rated by keyboard", async () => {
  const { context, page } = await visitor();
  await open(page);
  await send(page, "你好");
  await page.getByText("来源：退货政策 v1").waitFor();
  await page.locator(".chip.human").click();
  await page.getByText("前面还有 1 人").waitFor();
  await page.getByRole("button", { name: "留下联系方式" }).waitFor();
  await page.getByText("人工客服 · 林小满").waitFor({ timeout: 8_000 });
  await sees(page, "人工客服 林小满 已接入");
  await page.locator("summary").click();
  await page.getByRole("button", { name: "返回智能客服" }).click();
  await page.getByText("智能客服继续为您服务").waitFor();
  await send(page, "end");
  await page.getByRole("radio", { name: "4 星" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("感谢您的评价：5 星").waitFor();
  await page.getByRole("button", { name: "开始新的会话" }).click();
  await page.getByText("您可以这样问").waitFor();
  await context.close();
});

await check("with nobody there, leaving contact comes first", async () => {
  faults.agents = 0;
  const { context, page } = await visitor({ viewport: { width: 390, height: 780 } });
  await open(page);
  await page.locator(".chip.human").click();
  await page.getByText("当前没有客服在线").first().waitFor();
  await page.getByRole("textbox", { name: "手机号或邮箱" }).fill("x");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("请填写有效的手机号或邮箱").waitFor();
  await page.getByRole("textbox", { name: "手机号或邮箱" }).fill("13800000000");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByText("我们会通过 13800000000 联系您").waitFor();
  faults.agents = 2;
  await context.close();
});

await check("files are checked and uploaded, and unread messages are counted", async () => {
  const { context, page } = await visitor();
  await open(page);
  const picker = page.locator("input[type=file]");
  await picker.setInputFiles({
    name: "virus.exe",
    mimeType: "application/x-msdownload",
    buffer: Buffer.from("x"),
  });
  await page.getByText("不支持“virus.exe”的文件类型").waitFor();
  await picker.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.alloc(1000) });
  await page.getByRole("button", { name: "移除 a.png" }).waitFor();
  await send(page, "看图 slow");
  await page.getByRole("link", { name: "photo.png" }).waitFor();
  await page.evaluate(() => window.Tandem.on("unread", (n) => (window.unread = n)));
  await page.getByRole("button", { name: "关闭聊天" }).first().click();
  await page.getByRole("button", { name: "打开在线客服 · 1 条未读消息" }).waitFor({ timeout: 8_000 });
  assert.equal(await page.evaluate(() => window.unread), 1);
  await open(page);
  await page.waitForFunction(() => window.unread === 0);
  await context.close();
});

await check("a customer's unsent message waits for the page to vouch for them again", async () => {
  const { context, page } = await visitor();
  await open(page);
  await page.evaluate(() => window.Tandem.identify("bella"));
  await send(page, "第一句");
  await page.getByText("已读").waitFor();
  faults.http = false;
  cut();
  await send(page, "客户断网时写的");
  await page.waitForTimeout(500);
  faults.http = true;
  await page.reload();
  await page.waitForTimeout(800);
  await page.evaluate(() => window.Tandem.identify("bella"));
  await sees(page, "第一句");
  await page.waitForTimeout(1_000);
  const owners = [...all.values()].filter((c) =>
    c.log.some((event) => event.message?.body.text === "客户断网时写的"),
  );
  assert.deepEqual(
    [owners.map((c) => c.owner), await count(page, "客户断网时写的")],
    [["customer:bella"], 1],
  );
  await context.close();
});

await check("on a merchant's page the tag says where the desk is and how it looks", async () => {
  const { context, page } = await visitor();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${home}embedded`);
  await page.getByRole("button", { name: "Open customer service chat" }).click();
  await page.getByRole("textbox", { name: "Write a message…" }).fill("推荐商品");
  await page.keyboard.press("Enter");
  const product = page.getByRole("link", { name: /云雾恒温电热水壶/ });
  await product.waitFor();
  assert.match(await product.getAttribute("href"), /^http:\/\/localhost:\d+\/m\/shop\/products\/kettle$/);
  assert.ok(asked.filter((url) => url.includes("/api/")).every((url) => url.startsWith("http://127.0.0.1")));
  const look = await page
    .locator("tandem-chat")
    .evaluate((chat) => [
      chat.dataset.theme,
      getComputedStyle(chat.shadowRoot.querySelector(".launcher")).backgroundColor,
      getComputedStyle(chat.shadowRoot.querySelector(".launcher")).color,
    ]);
  assert.deepEqual(look, ["dark", "rgb(255, 204, 0)", "rgb(0, 0, 0)"]);
  await context.close();
});

await check("the next person at the computer finds nothing", async () => {
  const { context, page } = await visitor();
  await open(page);
  await page.evaluate(() => window.Tandem.identify("alice"));
  await send(page, "我的秘密");
  await page.getByText("已读").waitFor();
  await page.evaluate(() => window.Tandem.signOut());
  await page.getByText("您可以这样问").waitFor();
  assert.equal(await count(page, "我的秘密"), 0);
  await page.reload();
  await page.waitForTimeout(800);
  assert.equal(await count(page, "我的秘密"), 0);
  await context.close();
});

await browser.close();
server.close();
assert.deepEqual(complaints, []);
console.log("all well");
process.exit(0);
