// One thing said before the shopper asked, with its answer in it: a bubble beside the closed chat. It takes no focus,
// covers nothing of the page's own dialogs, and goes away for good when that is wished.

import tokens from "virtual:tokens";
import type { TeaserAnswer, TeaserButton, TeaserFrame } from "../contract";
import { keepIn } from "../keep";
import style from "./style.css?inline";
import { en } from "./texts/en";
import { zh } from "./texts/zh";

interface Chat {
  open(): void;
  say(text: string): void;
  on(name: string, listen: (value?: unknown) => void): () => void;
}

/** An answer, not a page of text. */
const CHARS_MOST = 400;
const BUTTONS_MOST = 3;
/** Ids that were shown; a shopper sees a few in a year. */
const SHOWN_MOST = 50;
const ACTIONS: TeaserButton["action"][] = ["continue", "later", "never"];

const kept = keepIn("tandem-teaser:");
let close: (() => void) | undefined;

function make(name: string, into: Element, text: string, className = ""): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = className;
  into.append(element);
  return element;
}

function adopt(root: ShadowRoot): void {
  if (!("adoptedStyleSheets" in root)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + style);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

let styled: ShadowRoot | undefined;

/** Shows it, unless it came too late, was here before, or the shopper wants none. Says whether it did. */
export default function show(frame: TeaserFrame, answer: (said: TeaserAnswer) => void): boolean {
  const root = document.querySelector("tandem-chat")?.shadowRoot;
  const left = frame.expires_at - Date.now();
  const shown = (kept.get("shown") ?? "").split(" ");
  // A panel that is open is where things are said; a bubble that is there is read to its end.
  if (!root || close || root.querySelector(".panel") || left <= 0) return false;
  if (shown.includes(frame.id) || kept.get("never")) return false;
  kept.set("shown", [...shown, frame.id].slice(-SHOWN_MOST).join(" "));
  if (styled !== root) adopt(root);
  styled = root;

  const isChinese = !!root.querySelector("[lang^=zh]");
  const texts = isChinese ? zh : en;
  const chat = (window as unknown as { Tandem: Chat }).Tandem;
  const bubble = document.createElement("section");
  bubble.className = "teaser";
  bubble.lang = isChinese ? "zh-CN" : "en";
  bubble.setAttribute("aria-label", texts.from);
  const leave = () => {
    clearTimeout(timer);
    unheard();
    bubble.remove();
    close = undefined;
  };
  const press = ({ action, say }: TeaserButton) => {
    leave();
    if (action === "never") kept.set("never", "1");
    answer({ type: "teaser", id: frame.id, action });
    if (action !== "continue") return;
    if (say) chat.say(say);
    else chat.open();
  };
  const timer = setTimeout(leave, Math.min(left, 2 ** 31 - 1));
  // Whoever opens the chat by its own button has seen it.
  const unheard = chat.on("open", leave);
  close = leave;

  make("small", bubble, texts.from);
  const text = make("p", bubble, "");
  text.setAttribute("role", "status");
  const row = make("div", bubble, "");
  const given = frame.buttons?.filter((button) => ACTIONS.includes(button.action)).slice(0, BUTTONS_MOST);
  for (const button of given?.length ? given : ACTIONS.map((action): TeaserButton => ({ action })))
    make("button", row, button.text || texts[button.action], button.action).onclick = () => press(button);
  const cross = make("button", bubble, "×");
  cross.setAttribute("aria-label", texts.close);
  cross.onclick = () => press({ action: "later" });
  bubble.onkeydown = (event) => {
    if (event.key === "Escape") press({ action: "later" });
  };
  root.append(bubble);
  // Written into a status that is there already, so that screen readers say it.
  text.textContent = frame.text.slice(0, CHARS_MOST);
  answer({ type: "teaser", id: frame.id, action: "seen" });
  return true;
}
