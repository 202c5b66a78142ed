// A small stand-in for the desk, for development and the smoke test: `node dev/mock.mjs [port]` answers the console's
// API and serves the built console under the real content policy. Holds no rules worth trusting.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { WebSocketServer } from "ws";

import { conversations, me } from "./data/all.mjs";
import { fail, routes, signedIn, sockets } from "./routes.mjs";

const port = Number(process.argv[2] ?? 8787);

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
function serveConsole(path, response) {
  const file = extname(path) ? path.slice("/console/".length) : "index.html";
  try {
    const content = readFileSync(new URL(`../dist/${file}`, import.meta.url));
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "text/plain",
      "content-security-policy": CSP,
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://mock");
  if (url.pathname.startsWith("/console")) return serveConsole(url.pathname, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  let body = {};
  try {
    body = JSON.parse(text || "{}");
  } catch {
    /* a form */
  }
  let answer = fail(404, "not_found", url.pathname);
  for (const route of routes) {
    const found = request.method === route.method && route.at.exec(url.pathname);
    if (!found) continue;
    const p = Object.fromEntries(route.keys.map((key, i) => [key, decodeURIComponent(found[i + 1])]));
    const c = url.pathname.includes("/conversations/") ? conversations.get(p.id) : null;
    if (!signedIn && !url.pathname.endsWith("/sign-in")) answer = fail(401, "unauthenticated", "请登录");
    else if (c === undefined) answer = fail(404, "not_found", "没有这个会话");
    else if (
      request.method !== "GET" &&
      !url.pathname.endsWith("/sign-in") &&
      request.headers["x-csrf-token"] !== me.csrf
    )
      answer = fail(403, "csrf", "csrf");
    else answer = route.run({ p, c, body, q: Object.fromEntries(url.searchParams) });
    break;
  }
  const problem = answer?.status >= 400;
  setTimeout(
    () => {
      response.writeHead(problem ? answer.status : 200, {
        "content-type": problem ? "application/problem+json" : "application/json",
      });
      response.end(JSON.stringify(problem ? answer.body : answer));
    },
    Number(process.env.DELAY ?? 60),
  );
});
new WebSocketServer({ server, path: "/api/console/ws" }).on("connection", (socket) => {
  sockets.add(socket);
  socket.on("message", (data) => {
    if (JSON.parse(data).type === "ping") socket.send('{"type":"pong"}');
  });
  socket.on("close", () => sockets.delete(socket));
});
server.listen(port, "127.0.0.1", () => console.log(`mock desk on http://127.0.0.1:${server.address().port}`));
