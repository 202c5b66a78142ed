// Serves one local model over the OpenAI chat protocol, for scripts/test-llm.sh. One request at a time, no keys, only
// on the loopback address: it is for tests.
import { createServer } from "node:http";
import { getLlama, LlamaChatSession } from "node-llama-cpp";

const [path, port] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never" });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 4096 });

async function answer(body) {
  const sequence = context.getSequence();
  try {
    const said = (role) => body.messages.filter((it) => it.role === role).map((it) => it.content).join("\n");
    const session = new LlamaChatSession({ contextSequence: sequence, systemPrompt: said("system") });
    const { responseText, stopReason } = await session.promptWithMeta(said("user"), {
      maxTokens: body.max_tokens,
      temperature: body.temperature ?? 0,
    });
    const count = (text) => model.tokenize(text).length;
    return {
      object: "chat.completion",
      model: body.model,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: responseText },
          finish_reason: stopReason === "maxTokens" ? "length" : "stop",
        },
      ],
      usage: {
        prompt_tokens: count(said("system")) + count(said("user")),
        completion_tokens: count(responseText),
      },
    };
  } finally {
    sequence.dispose();
  }
}

let last = Promise.resolve();
const server = createServer(async (request, response) => {
  const send = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  if (request.url === "/health") return send(200, { ok: true });
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") return send(404, {});
  let text = "";
  for await (const chunk of request) text += chunk;
  last = last.then(() => answer(JSON.parse(text))).then(
    (value) => send(200, value),
    (error) => send(500, { error: { message: String(error) } }),
  );
});
server.listen(Number(port), "127.0.0.1");
