// A chat model that speaks the OpenAI protocol and always says the same, so that the console has one to try.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class ChatModel {
  private constructor(
    private server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<ChatModel> {
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        const { stream } = JSON.parse(text || "{}");
        const usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
        const head = { id: "1", model: "scripted-1", created: 1, usage };
        if (!stream) {
          const message = { role: "assistant", content: "OK" };
          response.setHeader("Content-Type", "application/json");
          response.end(
            JSON.stringify({
              ...head,
              object: "chat.completion",
              choices: [{ index: 0, message, finish_reason: "stop" }],
            }),
          );
          return;
        }
        response.setHeader("Content-Type", "text/event-stream");
        const piece = (choice: object) =>
          `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices: [{ index: 0, ...choice }] })}\n\n`;
        response.write(piece({ delta: { role: "assistant", content: "OK" }, finish_reason: null }));
        response.write(piece({ delta: {}, finish_reason: "stop" }));
        response.end("data: [DONE]\n\n");
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    return new ChatModel(server, `http://127.0.0.1:${port}/v1`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
