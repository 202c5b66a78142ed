// The network between a browser and the desk, which a test can cut. The browser's own offline mode leaves open
// sockets alone; a cut line does not.

import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Desk } from "./desk.ts";

export class Line {
  private isCut = false;
  private sockets = new Set<Socket>();
  private server = createServer((near) => {
    if (this.isCut) return near.destroy();
    const { hostname, port } = new URL(this.desk.url);
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  });

  private constructor(private desk: Desk) {}

  static async to(desk: Desk): Promise<Line> {
    const line = new Line(desk);
    await new Promise<void>((listening) => line.server.listen(0, "127.0.0.1", listening));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }
}
