// Starts the shop and introduces its customer to the chat.

import { render } from "preact";
import { App } from "./App";
import { findMe } from "./customer";
import { chooser } from "./parts/DemoBar";
import { BASE, go } from "./place";
import { tell } from "./tandem";
import "./styles/index.css";

const root = document.getElementById("shop");
if (root) render(<App />, root);
// A quick reply of the bot can ask the shopper to sign in; a word of ours can be out of date.
tell("on", "sign_in", () => {
  scrollTo({ top: 0, behavior: "smooth" });
  chooser.set(true);
});
// Products shown in the chat open without leaving the page, and so without closing the chat.
document.addEventListener("click", (event) => {
  const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement);
  const isOurs = link?.getRootNode() instanceof ShadowRoot && link.origin === location.origin;
  if (!isOurs || !link.pathname.startsWith(`${BASE}/products/`) || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  go(link.pathname.slice(BASE.length));
});
let renewals = 0;
tell("on", "identity_error", () => renewals++ < 1 && findMe());
findMe();
