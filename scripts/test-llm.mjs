// Serves one local model over the OpenAI chat protocol, for scripts/test-llm.sh: whole or streamed, with tools and with
// a JSON schema. One request at a time, no keys, only on the loopback address: it is for tests.
import { createServer } from "node:http";
import { getLlama, LlamaChat } from "node-llama-cpp";

const [path, port] = process.argv.slice(2);
const llama = await getLlama({ gpu: false, build: "never" });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({ contextSize: 4096 });
const count = (text) => model.tokenize(text).length;

/** The messages as node-llama-cpp has them: a tool's answer belongs to its call. */
function history(messages) {
  const answers = new Map(messages.filter((it) => it.role === "tool").map((it) => [it.tool_call_id, it.content]));
  return messages.flatMap((message) => {
    if (message.role === "system") return [{ type: "system", text: message.content }];
    if (message.role === "user") return [{ type: "user", text: message.content }];
    if (message.role !== "assistant") return [];
    const calls = (message.tool_calls ?? []).map((call) => ({
      type: "functionCall",
      name: call.function.name,
      params: JSON.parse(call.function.arguments),
      result: answers.get(call.id) ?? "",
    }));
    return [{ type: "model", response: [...(message.content ? [message.content] : []), ...calls] }];
  });
}

/** Grammars are made of a smaller schema language: limits and closed objects are the desk's to check. */
function plain(schema) {
  if (Array.isArray(schema)) return schema.map(plain);
  if (schema === null || typeof schema !== "object") return schema;
  const dropped = ["additionalProperties", "minLength", "maxLength", "minItems", "maxItems"];
  const fields = Object.entries(schema).filter(([name]) => !dropped.includes(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, plain(value)]));
}

/** This model writes its calls as plain JSON. */
function written(text, functions) {
  try {
    const bare = text.replace(/^[\s\S]*?(?=\{)/, "").replace(/[^}]*$/, "");
    const { name, arguments: params } = JSON.parse(bare);
    return name in functions ? [{ functionName: name, params }] : [];
  } catch {
    return [];
  }
}

/** `said` hears the text as it comes. */
async function answer(body, said) {
  const sequence = context.getSequence();
  const begun = Date.now();
  try {
    const chat = new LlamaChat({ contextSequence: sequence });
    const functions = Object.fromEntries(
      (body.tools ?? []).map(({ function: it }) => [it.name, { description: it.description, params: plain(it.parameters) }]),
    );
    const offered = (body.tools ?? []).length > 0;
    const schema = body.response_format?.json_schema?.schema;
    const { response, functionCalls, metadata } = await chat.generateResponse(
      [...history(body.messages), { type: "model", response: [] }],
      {
        maxTokens: body.max_tokens,
        temperature: body.temperature ?? 0,
        // With tools it is known only at the end whether it is a call.
        onTextChunk: offered ? undefined : said,
        ...(schema ? { grammar: await llama.createGrammarForJsonSchema(plain(schema)) } : {}),
        ...(offered ? { functions, documentFunctionParams: true } : {}),
      },
    );
    const made = functionCalls?.length ? functionCalls : written(response, functions);
    const calls = made.map((call, index) => ({
      index,
      id: `call_${Date.now()}_${index}`,
      type: "function",
      function: { name: call.functionName, arguments: JSON.stringify(call.params ?? {}) },
    }));
    const text = made.length ? "" : response;
    if (text && offered) said?.(text);
    const usage = {
      prompt_tokens: count(JSON.stringify(body.messages)) + count(JSON.stringify(body.tools ?? [])),
      completion_tokens: count(response) + calls.reduce((sum, call) => sum + count(call.function.arguments), 0),
    };
    const seconds = (Date.now() - begun) / 1000;
    console.log(`${usage.prompt_tokens} tokens read, ${usage.completion_tokens} written in ${seconds.toFixed(1)} s`);
    const finish = calls.length ? "tool_calls" : metadata.stopReason === "maxTokens" ? "length" : "stop";
    return { text, calls, usage, finish };
  } finally {
    sequence.dispose();
  }
}

function reply(body, response) {
  if (!body.stream) {
    return answer(body, undefined).then(({ text, calls, usage, finish }) => {
      const message = { role: "assistant", content: text, ...(calls.length ? { tool_calls: calls } : {}) };
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ choices: [{ index: 0, message, finish_reason: finish }], usage }));
    });
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const event = (piece) => response.write(`data: ${JSON.stringify(piece)}\n\n`);
  const said = (content) => event({ choices: [{ index: 0, delta: { content } }] });
  return answer(body, said).then(({ calls, usage, finish }) => {
    const delta = calls.length ? { tool_calls: calls } : {};
    event({ choices: [{ index: 0, delta, finish_reason: finish }] });
    event({ choices: [], usage });
    response.end("data: [DONE]\n\n");
  });
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
  last = last
    .then(() => reply(JSON.parse(text), response))
    .catch((error) => {
      console.error(error);
      // What has begun to stream can only be cut off.
      if (response.headersSent) response.destroy();
      else send(500, { error: { message: String(error) } });
    });
});
// A small model on a busy machine takes minutes.
server.requestTimeout = 0;
server.listen(Number(port), "127.0.0.1");
