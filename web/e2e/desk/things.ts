// Files and texts that tests send.

import { createHmac } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import type { Desk } from "./desk.ts";

/** What would run if anybody took text for markup. */
export const EVIL = `<img src=x onerror="window.xss=1"><script>window.xss=1</script><b>粗</b>`;

export function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(content.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A picture of one colour. */
export function png(width = 120, height = 80): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x8a)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** What the shop's backend would sign for one of its customers. */
export async function identity(desk: Desk, customer: string, name: string): Promise<string> {
  const secret = await desk.command("shop", "secret", "demo");
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { sub: customer, name, shop: "demo", exp: Math.floor(Date.now() / 1000) + 600 };
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}
