import { ApiError } from "api";
import { describe, expect, it } from "vitest";
import { createOutbox, type Outgoing } from "./outbox";

function setup(answers: (ApiError | "ok")[], kept: Outgoing[] = []) {
  const sent: string[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let saved: Outgoing[] = kept;
  let id = 0;
  const box = createOutbox({
    send: async (message) => {
      sent.push(message.client_id);
      const answer = answers.shift() ?? "ok";
      if (answer !== "ok") throw answer;
    },
    load: () => saved,
    save: (messages) => {
      saved = messages;
    },
    newId: () => `c${++id}`,
    now: () => 0,
    later: (run, ms) => {
      timers.push({ run, ms });
      return () => {};
    },
  });
  const settled = () => new Promise((done) => setTimeout(done, 0));
  return { box, sent, timers, settled, saved: () => saved };
}
const down = () => new ApiError("unavailable", 503, "");
const lost = () => new ApiError("not_controller", 409, "");

describe("the outbox", () => {
  it("sends in order and forgets a message only when the log has it", async () => {
    const { box, sent, settled, saved } = setup([]);
    box.add("cnv_1", "one");
    box.add("cnv_1", "two");
    await settled();
    expect(sent).toEqual(["c1", "c2"]);
    expect(box.all().map((each) => each.state)).toEqual(["sent", "sent"]);
    expect(saved()).toEqual([]);
    box.settle(new Set(["c1", "c2"]));
    expect(box.all()).toEqual([]);
  });
  it("tries again with the same id after a passing failure, holding back what follows", async () => {
    const { box, sent, timers, settled, saved } = setup([down()]);
    box.add("cnv_1", "one");
    box.add("cnv_1", "two");
    await settled();
    expect(sent).toEqual(["c1"]);
    expect(box.all()[0]?.state).toBe("waiting");
    expect(saved()).toHaveLength(2);
    timers[0]?.run();
    await settled();
    expect(sent).toEqual(["c1", "c1", "c2"]);
  });
  it("waits longer each time and in the end asks a person", async () => {
    const { box, timers, settled } = setup(Array.from({ length: 8 }, down));
    box.add("cnv_1", "one");
    for (let round = 0; round < 8; round++) {
      await settled();
      timers[round]?.run();
    }
    await settled();
    expect(timers.map((timer) => timer.ms)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
    expect(box.all()[0]?.state).toBe("failed");
    box.retry("c1");
    await settled();
    expect(box.all()[0]?.state).toBe("sent");
  });
  it("keeps a refused message for its writer and sends no other past it", async () => {
    const { box, sent, settled } = setup([lost(), lost()]);
    box.add("cnv_1", "one");
    box.add("cnv_1", "two");
    await settled();
    expect(sent).toEqual(["c1"]);
    expect(box.all()[0]).toMatchObject({ state: "refused", code: "not_controller", text: "one" });
    expect(box.take("c1")?.text).toBe("one");
    await settled();
    expect(box.all()).toMatchObject([{ text: "two", state: "refused" }]);
  });
  it("does not let one conversation hold up another", async () => {
    const { box, sent, settled } = setup([down()]);
    box.add("cnv_1", "one");
    box.add("cnv_2", "two");
    await settled();
    expect(sent).toEqual(["c1", "c2"]);
  });
  it("goes on after a reload with the ids it had", async () => {
    const kept: Outgoing = {
      client_id: "old",
      conversation: "cnv_1",
      text: "x",
      attachments: [],
      at: 0,
      state: "waiting",
    };
    const { box, sent, settled } = setup([], [kept]);
    box.resume();
    await settled();
    expect(sent).toEqual(["old"]);
  });
});
