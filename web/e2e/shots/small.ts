// Pictures of screens with at most 256 colours: a third of the size, and nobody sees the difference.

import { deflateSync, inflateSync } from "node:zlib";
import { chunk } from "../desk/things.ts";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** Colours that agree in their upper bits are one when they are counted. */
const SHARED_BITS = 3;

interface Pixels {
  width: number;
  height: number;
  /** Red, green and blue of each. */
  rgb: Buffer;
}

/** As Chromium writes them: eight bits, with or without alpha, not interlaced. */
function read(png: Buffer): Pixels {
  const [width, height, hasAlpha] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6];
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const step = hasAlpha ? 4 : 3;
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * step;
  let above = Buffer.alloc(stride);
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1);
    const line = lines.subarray(from + 1, from + 1 + stride);
    unfilter(lines[from] ?? 0, line, above, step);
    for (let x = 0; x < width; x += 1) line.copy(rgb, (y * width + x) * 3, x * step, x * step + 3);
    above = line;
  }
  return { width, height, rgb };
}

function unfilter(filter: number, line: Buffer, above: Buffer, step: number): void {
  for (let x = 0; x < line.length; x += 1) {
    const left = x < step ? 0 : (line[x - step] ?? 0);
    const up = above[x] ?? 0;
    const corner = x < step ? 0 : (above[x - step] ?? 0);
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    line[x] = ((line[x] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** The colours most of the picture consists of; each stands for those that are nearly the same. */
function paletteOf({ rgb }: Pixels): number[] {
  const groups = new Map<number, Map<number, number>>();
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = rgb.readUIntBE(at, 3);
    const key = colour & ~(0x010101 * ((1 << SHARED_BITS) - 1));
    const group = groups.get(key) ?? new Map<number, number>();
    group.set(colour, (group.get(colour) ?? 0) + 1);
    groups.set(key, group);
  }
  const count = (group: Map<number, number>) => [...group.values()].reduce((sum, each) => sum + each, 0);
  return [...groups.values()]
    .sort((a, b) => count(b) - count(a))
    .slice(0, MOST_COLOURS)
    .map((group) => [...group].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0);
}

function nearest(colour: number, palette: number[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [at, each] of palette.entries()) {
    const red = (colour >> 16) - (each >> 16);
    const green = ((colour >> 8) & 255) - ((each >> 8) & 255);
    const blue = (colour & 255) - (each & 255);
    const far = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (far < least) [best, least] = [at, far];
  }
  return best;
}

export function small(png: Buffer): Buffer {
  const pixels = read(png);
  const { width, height, rgb } = pixels;
  const palette = paletteOf(pixels);
  const known = new Map<number, number>();
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = rgb.readUIntBE((y * width + x) * 3, 3);
      let index = known.get(colour);
      if (index === undefined) {
        index = nearest(colour, palette);
        known.set(colour, index);
      }
      lines[y * (width + 1) + 1 + x] = index;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  for (const [at, colour] of palette.entries()) colours.writeUIntBE(colour, at * 3, 3);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
