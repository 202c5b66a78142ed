// A desk full of people: open conversations made over the chat's own API.

import type { Desk } from "../desk/desk.ts";

/** So many at once: more only wait for the desk. */
const AT_ONCE = 16;

async function post<T>(desk: Desk, path: string, token: string | undefined, body: unknown): Promise<T> {
  const answer = await fetch(`${desk.url}/api/widget/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export interface Talk {
  id: string;
  say(text: string): Promise<unknown>;
}

/** A shopper who asked for a person and says something. */
export async function talk(desk: Desk, text: string): Promise<Talk> {
  const { token } = await post<{ token: string }>(desk, "connect", undefined, { shop: "demo" });
  const { id } = await post<{ id: string }>(desk, "conversations", token, { prefer: "human" });
  let said = 0;
  const say = (words: string) => {
    said += 1;
    return post(desk, `conversations/${id}/messages`, token, { client_id: `m-${said}`, text: words });
  };
  await say(text);
  return { id, say };
}

export async function crowd(desk: Desk, size: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < size) {
      next += 1;
      await talk(desk, `第 ${next} 位买家：订单什么时候发货？`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
