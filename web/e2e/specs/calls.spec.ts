// Calling an agent who looks elsewhere: by sound, by notification and in the tab's title, and again until they look.

import { expect, test } from "../fixtures.ts";
import type { Console } from "../pages/console.ts";

interface Calls {
  calls: { title: string; tag: string; isStaying: boolean; isAgain: boolean; open: () => void }[];
  tones: number;
  isAway: boolean;
}

/** A browser that writes down what it would have shown and sounded. */
async function listen({ page }: Console): Promise<void> {
  await page.addInitScript(() => {
    const heard = { calls: [], tones: 0, isAway: true } as Calls;
    Object.assign(window, { heard });
    document.hasFocus = () => !heard.isAway;
    class Shown {
      static permission = "granted";
      static requestPermission = async () => "granted";
      onclick = () => {};
      constructor(title: string, more: NotificationOptions & { renotify?: boolean }) {
        heard.calls.push({
          title,
          tag: more.tag ?? "",
          isStaying: !!more.requireInteraction,
          isAgain: !!more.renotify,
          open: () => this.onclick(),
        });
      }
      close() {}
    }
    const start = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function (...at) {
      heard.tones += 1;
      return start.apply(this, at);
    };
    Object.assign(window, { Notification: Shown });
  });
}

const heard = <T>({ page }: Console, look: (calls: Calls) => T): Promise<T> =>
  page.evaluate(`(${look})(window.heard)`);

test("an assignment calls by sound, notification and title, calls again, and stops when it is looked at", async ({
  people,
  desk,
}) => {
  test.slow();
  const chief = await desk.as("supervisor");
  const { widget } = await people.shopper();
  await widget.toHuman.click();
  const id = await widget.conversation();
  const agent = await people.team();
  await listen(agent);
  await agent.inbox("queue");
  await expect(agent.rows).toHaveCount(1);
  const { id: staff } = await desk.as("agent");
  await chief.call("POST", `conversations/${id}/transfer`, { to: { kind: "agent", agent: staff }, note: "" });

  await expect.poll(() => heard(agent, ({ calls }) => calls.length)).toBeGreaterThan(0);
  const call = await heard(agent, ({ calls }) => calls.at(-1));
  expect(call).toMatchObject({ tag: "tandem-assigned", isStaying: true, isAgain: true });
  expect(await heard(agent, ({ tones }) => tones)).toBeGreaterThan(0);
  await expect(agent.page).toHaveTitle(/^\(\d+\)/);
  const once = await heard(agent, ({ calls }) => calls.length);
  await expect
    .poll(() => heard(agent, ({ calls }) => calls.length), { timeout: 45_000 })
    .toBeGreaterThan(once);

  // A click on it leads to the conversation; looked at, it is quiet.
  await heard(agent, (all) => {
    all.isAway = false;
    all.calls.at(-1)?.open();
  });
  await expect(agent.page).toHaveURL(new RegExp(id));
  await expect(agent.page.locator(".nav-bell .nav-count")).toHaveCount(0);
});

test("a page nobody has touched says that it can't sound, until it is touched", async ({ people, desk }) => {
  const chief = await desk.as("supervisor");
  const { widget } = await people.shopper();
  await widget.toHuman.click();
  const agent = await people.team();
  await listen(agent);
  // What a browser does that hasn't seen a click yet.
  await agent.page.addInitScript(() => {
    let [isTouched, state] = [false, "suspended"];
    window.addEventListener("pointerdown", () => (isTouched = true), true);
    Object.defineProperty(AudioContext.prototype, "state", { get: () => state });
    AudioContext.prototype.resume = async () => {
      if (isTouched) state = "running";
    };
  });
  await agent.inbox("queue");
  await expect(agent.rows).toHaveCount(1);
  const { id: staff } = await desk.as("agent");
  const to = { kind: "agent", agent: staff };
  await chief.call("POST", `conversations/${await widget.conversation()}/transfer`, { to, note: "" });
  const muted = agent.page.getByRole("button", { name: agent.t.alert.muted });
  await expect(muted).toBeVisible();
  await agent.page.mouse.click(720, 600);
  await expect(muted).toHaveCount(0);
});
