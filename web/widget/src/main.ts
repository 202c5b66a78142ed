// Puts the chat on the page: one custom element with a shadow tree, and window.Tandem for the shop's own script.

import tokens from "virtual:tokens";
import { createElement, render } from "preact";
import { Desk } from "./desk";
import type { Told } from "./events";
import { keepIn } from "./keep";
import { part } from "./part";
import style from "./style.css?inline";
import { languageOf } from "./texts";
import { Root } from "./ui/Root";

const script = document.currentScript as HTMLScriptElement | null;
/** By its full name: the build shortens property names, and a dataset's would no longer be the attributes'. */
const said = (name: string): string | null => script?.getAttribute(`data-${name}`) ?? null;
const api = (said("api") ?? (script?.src ? new URL(script.src).origin : location.origin)).replace(/\/$/, "");
const shop = said("shop") ?? "";
const keep = keepIn(`tandem:${shop}:`);
/** Whether the panel was open belongs to the tab, not to the person. */
const tab = keepIn(`tandem:${shop}:`, [() => sessionStorage]);

/** Black or white, whichever is easier to read on the colour; one of them always reaches AA. */
function readableOn(color: string): string {
  const parts = /^#(..)(..)(..)$/
    .exec(color)
    ?.slice(1)
    .map((hex) => {
      const part = Number.parseInt(hex, 16) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
  if (!parts) return "";
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff";
}

function adopt(root: ShadowRoot, css: string): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } else {
    // Browsers before 2023.
    const element = document.createElement("style");
    element.textContent = css;
    (root as ShadowRoot).append(element);
  }
}

class TandemChat extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    adopt(root, tokens + style);
    mount = document.createElement("div");
    root.append(mount);
    this.follow();
    draw();
  }

  /** Light or dark as the page says (data-theme on its root), else as the system says. */
  private follow() {
    const dark = matchMedia("(prefers-color-scheme:dark)");
    const apply = () => {
      const theme = said("theme") ?? document.documentElement.dataset.theme;
      this.dataset.theme = theme === "dark" || theme === "light" ? theme : dark.matches ? "dark" : "light";
    };
    dark.addEventListener("change", apply);
    new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    apply();
  }
}

let mount: HTMLElement | undefined;
let element: HTMLElement | undefined;
let due = false;
let colored = "";

function draw(): void {
  const color = said("color") ?? desk.state.config?.colors.accent;
  if (element && color && color !== colored && readableOn(color)) {
    colored = color;
    element.style.setProperty("--brand", color);
    element.style.setProperty("--on-brand", readableOn(color));
  }
  if (mount) render(createElement(Root, { desk }), mount);
}

// Many small changes in one turn are drawn once.
const desk = new Desk(
  api,
  shop,
  languageOf(keep.get("language"), chosen(), navigator.language),
  said("pictures") ?? `${api}/shop/pictures/`,
  said("pages") ?? "",
  keep,
  () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      draw();
    });
  },
);

/** What the tag or the page says; "auto" asks the page, then the browser. */
function chosen(): string | null {
  const language = said("language");
  return language && language !== "auto" ? language : document.documentElement.lang || null;
}

const Tandem = {
  identify: (jwt: string) => desk.identify(jwt),
  signOut: () => desk.signOut(),
  open: () => desk.open(true),
  close: () => desk.open(false),
  say(text: string) {
    desk.open(true);
    desk.write(text);
  },
  page(page: { product?: string; order?: string }) {
    desk.page = page;
    desk.follow();
  },
  /** The behaviour script says that the shopper wants to be helped unasked: then the desk has a line to do so. */
  listen: () => desk.listen(),
  language: (language: string) => desk.speak(languageOf(language)),
  on: (name: Told, listen: (value?: unknown) => void) => desk.events.on(name, listen),
  /** For calls made before the script arrived: (window.Tandem ||= []).push(["identify", jwt]). */
  push([name, ...values]: [string, ...unknown[]]) {
    (Tandem as unknown as Record<string, (...values: unknown[]) => unknown>)[name]?.(...values);
  },
};

function begin(): void {
  const early = (window as { Tandem?: unknown }).Tandem;
  (window as { Tandem?: unknown }).Tandem = Tandem;
  customElements.define("tandem-chat", TandemChat);
  element = document.querySelector<HTMLElement>("tandem-chat") ?? document.createElement("tandem-chat");
  if (!element.isConnected) document.body.append(element);
  desk.events.on("open", () => tab.set("open", "1"));
  desk.events.on("close", () => tab.remove("open"));
  if (Array.isArray(early)) for (const each of early) Tandem.push(each);
  desk.begin();
  // Finds its settings at our tag; it waits for the shopper's consent by itself.
  if (said("behaviour") !== null) part(api, "behaviour").catch(() => {});
  // On a phone the panel would cover the page the shopper just went to.
  if (tab.get("open") && innerWidth > 480) desk.open(true);
  document.dispatchEvent(new Event("tandem"));
}

if (!customElements.get("tandem-chat")) {
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}
