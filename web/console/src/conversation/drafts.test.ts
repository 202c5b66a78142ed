import { beforeEach, describe, expect, it } from "vitest";
import { dropOldDrafts, giveBack, hasDraft, readDraft, writeDraft } from "./drafts";

const file = { file: "fil_1", name: "a.png", media_type: "image/png", bytes: 1, url: "/a" };

describe("drafts", () => {
  beforeEach(() => localStorage.clear());
  it("are kept per person and per conversation", () => {
    writeDraft("stf_1", "cnv_1", { text: "hello" });
    expect(readDraft("stf_1", "cnv_1").text).toBe("hello");
    expect(readDraft("stf_2", "cnv_1").text).toBe("");
    expect(readDraft("stf_1", "cnv_2").text).toBe("");
    expect(JSON.parse(localStorage.getItem("tandem.draft.stf_1.cnv_1") ?? "").text).toBe("hello");
  });
  it("leave nothing behind when emptied", () => {
    writeDraft("stf_1", "cnv_3", { text: "x" });
    writeDraft("stf_1", "cnv_3", { text: "" });
    expect(localStorage.getItem("tandem.draft.stf_1.cnv_3")).toBeNull();
    expect(hasDraft("stf_1", "cnv_3")).toBe(false);
  });
  it("take words back without overwriting newer ones", () => {
    writeDraft("stf_1", "cnv_4", { text: "newer" });
    giveBack("stf_1", "cnv_4", "refused", [file]);
    expect(readDraft("stf_1", "cnv_4")).toMatchObject({ text: "refused\nnewer", attachments: [file] });
  });
  it("are dropped after two weeks", () => {
    const day = 24 * 3_600_000;
    writeDraft("stf_1", "cnv_5", { text: "old" }, 0);
    writeDraft("stf_1", "cnv_6", { text: "young" }, 10 * day);
    dropOldDrafts(15 * day);
    expect(localStorage.getItem("tandem.draft.stf_1.cnv_5")).toBeNull();
    expect(localStorage.getItem("tandem.draft.stf_1.cnv_6")).not.toBeNull();
  });
});
