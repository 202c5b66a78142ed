// An embedding server that answers when the test wants, so that the bot can be caught while it composes.
// Its vectors mean nothing.

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const DIMENSIONS = 8;

function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0.01);
  for (const [at, char] of [...text].entries())
    vector[(char.codePointAt(0) ?? 0) % DIMENSIONS] = (vector[at % DIMENSIONS] ?? 0) + 1;
  return vector;
}

export class Embedder {
  private isHolding = false;
  private held: (() => void)[] = [];
  private whenAsked?: () => void;
  private server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { input } = JSON.parse(body);
    const texts: string[] = Array.isArray(input) ? input : [input];
    if (!this.isHolding) return answer(response, texts);
    this.held.push(() => answer(response, texts));
    this.whenAsked?.();
  });

  static async start(): Promise<Embedder> {
    const embedder = new Embedder();
    await new Promise<void>((listening) => embedder.server.listen(0, "127.0.0.1", listening));
    return embedder;
  }

  get settings(): Record<string, string> {
    return {
      TANDEM_EMBEDDING__MODEL: "openai",
      TANDEM_EMBEDDING__URL: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`,
      TANDEM_EMBEDDING__NAME: "test",
      TANDEM_EMBEDDING__DIMENSIONS: String(DIMENSIONS),
    };
  }

  /** From now on nobody gets an answer. Resolves when somebody waits for one. */
  hold(): Promise<void> {
    this.isHolding = true;
    return new Promise((asked) => {
      this.whenAsked = asked;
    });
  }

  release(): void {
    this.isHolding = false;
    for (const answerNow of this.held.splice(0)) answerNow();
  }

  stop(): void {
    this.release();
    this.server.close();
    this.server.closeAllConnections();
  }
}

function answer(response: ServerResponse, texts: string[]): void {
  const data = texts.map((text, index) => ({ index, embedding: vectorOf(text) }));
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ data, model: "test" }));
}
