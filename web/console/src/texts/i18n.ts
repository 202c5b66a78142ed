// The console's words in both languages. Only the language in use is loaded.

import type { Language } from "api";
import { configureApi } from "api";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { keep, kept } from "../app/keep";
import type en from "./en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

const load = { zh: () => import("./zh.json"), en: () => import("./en.json") };

export async function startTexts(): Promise<void> {
  const language = kept<Language>("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: (await load[language]()).default } },
    interpolation: { escapeValue: false },
    partialBundledLanguages: true,
  });
  show(language);
}

export async function loadTexts(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", (await load[language]()).default);
  }
  await i18next.changeLanguage(language);
  keep("language", language);
  show(language);
}

function show(language: Language): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  configureApi({ language });
}

export const currentLanguage = (): Language => (i18next.language === "en" ? "en" : "zh");
