// Drives believable conversations on a fresh desk and takes the pictures of docs/screenshots.

import { expect, type People, test } from "../fixtures.ts";
import type { Widget } from "../pages/widget.ts";
import { asks, type Language } from "../words.ts";
import { shot } from "./shot.ts";

const SIZE = { width: 1440, height: 900 };

async function ask(widget: Widget, text: string): Promise<void> {
  const before = await widget.bots.count();
  await widget.write(text);
  await expect.poll(() => widget.bots.count()).toBeGreaterThan(before);
}

/** Customers who are already there when the pictures are taken. */
async function fill(people: People): Promise<void> {
  const say: [customer: string | null, language: Language, texts: string[], wantsHuman: boolean][] = [
    ["陈思远", "zh", ["我的快递派送失败了，怎么回事？"], true],
    ["Noah Reed", "en", ["My order still hasn't shipped, it is past the promised time"], true],
    ["赵一凡", "zh", ["双人帐篷还有货吗？"], false],
    [null, "zh", ["运费怎么算，多少钱包邮？", "可以自提吗？"], false],
    [null, "en", ["Do you deliver to the door?"], false],
  ];
  for (const [customer, language, texts, wantsHuman] of say) {
    const shop = await people.shopper({ language, opens: false });
    if (customer) await shop.signIn(customer);
    await shop.widget.open();
    for (const text of texts) await ask(shop.widget, text);
    if (wantsHuman && (await shop.widget.toHuman.isVisible())) await shop.widget.toHuman.click();
    if (wantsHuman) await expect(shop.widget.serving).toContainText(shop.widget.t.queue);
  }
}

const TALK = {
  zh: {
    customer: "林晓",
    product: "/products/ridge-tent-2",
    more: "已经两天没更新了，周末露营要用，怎么办？",
    agent: "林女士您好，我是周晴。我刚联系了快递网点，包裹在中转站积压，今晚会发出。",
    thanks: "好的，周五前能到吗？",
    agent2: "能，网点确认周五中午前派送；如果没到，我给您补发一顶，您不用再联系。",
  },
  en: {
    customer: "Emma Clark",
    product: "/products/bt-earbuds",
    more: "It is late already and I need it this weekend. What can you do?",
    agent: "Hi Emma, I have just called the station: your parcel is there and goes out this evening.",
    thanks: "Will it be here by Friday?",
    agent2: "Yes, before noon on Friday. If it isn't, I will send a replacement; no need to ask again.",
  },
};

test("pictures", async ({ people }) => {
  await fill(people);
  const names = { zh: "", en: "-en" };
  for (const language of ["en", "zh"] as const) {
    const talk = TALK[language];
    const team = await people.team({ language, viewport: SIZE });
    const shop = await people.shopper({ language, viewport: SIZE, opens: false });
    await shop.signIn(talk.customer);
    await shop.page.goto(`${shop.base}/shop${talk.product}`);
    await expect(shop.page).toHaveTitle(/帐篷|Earbuds/);
    await shop.widget.open();
    await ask(shop.widget, asks[language].question);
    await ask(shop.widget, asks[language].parcel);
    await expect(shop.widget.orders).toHaveCount(1);
    await shot(shop.page, `storefront${names[language]}`);

    await shop.widget.write(talk.more);
    await expect(shop.widget.mine).toHaveCount(3);
    await expect(shop.widget.bots).not.toHaveCount(2);
    if (await shop.widget.toHuman.isVisible()) await shop.widget.toHuman.click();
    await expect(shop.widget.serving).toContainText(shop.widget.t.queue);
    if (language === "zh") {
      await team.inbox("queue");
      await expect(team.rows.nth(2)).toBeVisible();
      await team.page.keyboard.press("j");
      await team.page.keyboard.press("Enter");
      await team.stream.locator(".bubble").first().waitFor();
      await shot(team.page, "inbox");
    }
    await team.open(await shop.widget.conversation());
    await team.takeOver();
    await team.say(talk.agent);
    await expect(shop.widget.agents).toHaveCount(1);
    await shop.widget.write(talk.thanks);
    await expect(team.shoppers.last()).toHaveText(talk.thanks);
    await team.say(talk.agent2);
    await expect(shop.widget.agents).toHaveCount(2);
    await expect(team.stream.locator(".delivery").last()).toHaveText(team.t.message.read);
    await expect(team.row(talk.agent2.slice(0, 12))).toBeVisible();
    await shot(team.page, `conversation${names[language]}`);
    if (language === "en") {
      await team.resolve();
      continue;
    }
    await shot(shop.page, "widget");
    await team.stream.getByRole("button", { name: team.t.trace.why }).first().click();
    await team.page.getByRole("dialog", { name: team.t.trace.why }).getByRole("listitem").first().waitFor();
    await shot(team.page, "trace");
  }
  const operator = await people.team({ as: "operator", viewport: SIZE });
  await operator.visit("knowledge");
  const preview = operator.page.getByRole("complementary", { name: operator.t.preview.name });
  await preview.getByRole("textbox").fill("付款后什么时候能发货啊？");
  await preview.getByRole("textbox").press("Enter");
  await preview.getByRole("listitem").first().waitFor();
  await operator.page.locator("td a").first().waitFor();
  await operator.page.locator(":focus").blur();
  await shot(operator.page, "knowledge");
});
