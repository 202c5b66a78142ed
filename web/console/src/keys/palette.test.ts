import { describe, expect, it } from "vitest";
import { distanceOf } from "./Palette";

describe("the palette", () => {
  it("puts the very name before what begins so, and that before what only holds it", () => {
    const names = ["已解决", "解决问题", "解决", "排队"];
    const found = names.filter((name) => distanceOf(name, "解决") < 3);
    expect(found.sort((a, b) => distanceOf(a, "解决") - distanceOf(b, "解决"))).toEqual([
      "解决",
      "解决问题",
      "已解决",
    ]);
    expect(distanceOf("Resolve", "rES")).toBe(1);
  });
});
