// The demo shop's own API. Failures carry a detail in the shopper's language.

import type { Address, DemoCustomer, Me, Order, Product } from "./contract";
import { language } from "./language";

export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/shop/api/${path}`, {
      method,
      headers: {
        "Accept-Language": language.get() === "zh" ? "zh-CN" : "en",
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Refused("network", 0, "");
  }
  const text = await response.text();
  let answer: unknown;
  try {
    answer = text ? JSON.parse(text) : undefined;
  } catch {
    answer = undefined;
  }
  if (response.ok) return answer as Answer;
  const { code = "internal", detail = "" } = (answer ?? {}) as { code?: string; detail?: string };
  throw new Refused(code, response.status, detail);
}

export interface ProductPage {
  items: Product[];
  next?: string | null;
}
export interface Wanted {
  product: string;
  variant: string;
  quantity: number;
}

const query = (values: Record<string, string | undefined>) => {
  const set = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) set.set(name, value);
  return set.size ? `?${set}` : "";
};

export const api = {
  products: (of: { text?: string; category?: string; cursor?: string }) =>
    call<ProductPage>("GET", `products${query(of)}`),
  product: (key: string) => call<Product>("GET", `products/${encodeURIComponent(key)}`),
  customers: () => call<DemoCustomer[]>("GET", "demo-customers"),
  me: () => call<Me>("GET", "me"),
  signIn: (customer: string) => call<unknown>("POST", "sign-in", { customer }),
  signOut: () => call<unknown>("POST", "sign-out", {}),
  orders: () => call<Order[]>("GET", "orders"),
  order: (key: string) => call<Order>("GET", `orders/${encodeURIComponent(key)}`),
  place: (lines: Wanted[], address: Address) => call<Order>("POST", "orders", { lines, address }),
  pay: (key: string, method: string) =>
    call<Order>("POST", `orders/${encodeURIComponent(key)}/pay`, { method }),
};
