// Lists as lines, money as people write it, and settings that keep what they don't show.

import { ApiError, type BotSettings } from "api";
import { expect, it } from "vitest";
import { faultsOf, limitOf, linesOf, minorOf, reachOf, withReach } from "./botSettings";

const settings = {
  bot_may: { actions: { cancel_order: "never", later: "asks" }, refund_limit: null },
} as unknown as BotSettings;

it("reads one word from each line", () => {
  expect(linesOf("竞品\r\n\n  别家 \n")).toEqual(["竞品", "别家"]);
});
it("keeps limits to the smallest unit", () => {
  expect(minorOf(19.99)).toBe(1999);
  expect(minorOf(null)).toBeNull();
  expect(limitOf(1999)).toBe(19.99);
  expect(limitOf(undefined)).toBeNull();
});
it("changes one action and leaves the others", () => {
  expect(reachOf(settings, "cancel_order")).toBe("never");
  expect(reachOf(settings, "urge_shipment")).toBe("alone");
  expect(withReach(settings, "cancel_order", "alone").bot_may.actions).toEqual({ later: "asks" });
  expect(withReach(settings, "urge_shipment", "asks").bot_may.actions).toEqual({
    cancel_order: "never",
    later: "asks",
    urge_shipment: "asks",
  });
});
it("puts each fault beside its field", () => {
  const error = new ApiError("invalid", 422, "", [
    { field: "tone.opening", code: "emoji", detail: "no emoji" },
  ]);
  expect(faultsOf(error)).toEqual({ "tone.opening": "no emoji" });
  expect(faultsOf(null)).toEqual({});
});
