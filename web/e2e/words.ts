// The texts of widget, console and shop in both languages, from where they are kept, so that a test can say
// what it looks for without repeating it.

import consoleEn from "../console/src/texts/en.json" with { type: "json" };
import consoleZh from "../console/src/texts/zh.json" with { type: "json" };
import { en as shopEn } from "../storefront/src/texts/en.ts";
import { zh as shopZh } from "../storefront/src/texts/zh.ts";
import { en as widgetEn } from "../widget/src/texts/en.ts";
import { type Texts, zh as widgetZh } from "../widget/src/texts/zh.ts";

export type Language = "zh" | "en";
export const LANGUAGES: Language[] = ["zh", "en"];

export const widgetTexts: Record<Language, Texts> = { zh: widgetZh, en: widgetEn };
export const consoleTexts: Record<Language, typeof consoleEn> = {
  zh: consoleZh as typeof consoleEn,
  en: consoleEn,
};
export const shopTexts: Record<Language, Record<keyof typeof shopZh, string>> = { zh: shopZh, en: shopEn };

/** Puts values in place of {n} or {{n}}. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{\{?(\w+)\}?\}/g, (_, name: string) => String(values[name]));

/** The same text as a pattern that takes anything for its placeholders. */
export const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{\{?\w+\}?\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".+?"),
  );

/** Questions that are an article's own, with a fact its answer states and the sentences of the bot. */
export const asks = {
  zh: {
    question: "付款后多久发货？",
    fact: "48 小时内发货",
    other: "可以自提吗？",
    human: "转人工",
    parcel: "我的快递到哪了？",
    signIn: "登录",
    pleaseSignIn: "需要先登录商城账号",
  },
  en: {
    question: "How soon after payment do you ship?",
    fact: "ships within 48 hours",
    other: "Can I collect my order myself?",
    human: "I want to talk to a human",
    parcel: "Where is my parcel?",
    signIn: "Sign in",
    pleaseSignIn: "once you have signed in to the shop",
  },
};
