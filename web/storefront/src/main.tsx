// Starts the shop and introduces its customer to the chat.

import { render } from "preact";
import { App } from "./App";
import { findMe } from "./customer";
import { chooser } from "./parts/DemoBar";
import { tell } from "./tandem";
import "./styles/index.css";

const root = document.getElementById("shop");
if (root) render(<App />, root);
// A quick reply of the bot can ask the shopper to sign in; a word of ours can be out of date.
tell("on", "sign_in", () => {
  scrollTo({ top: 0, behavior: "smooth" });
  chooser.set(true);
});
let renewals = 0;
tell("on", "identity_error", () => renewals++ < 1 && findMe());
findMe();
