// Who is shopping: a visitor, or a demo customer chosen in the bar. The chat is told by the shop's signed word.

import { api } from "./api";
import type { Me } from "./contract";
import { store } from "./store";
import { tell } from "./tandem";

export const me = store<Me | undefined>(undefined);

export async function findMe(): Promise<void> {
  try {
    const found = await api.me();
    me.set(found);
    if (found.identity) tell("identify", found.identity);
  } catch {
    me.set({ customer: null });
  }
}

export async function signIn(customer: string): Promise<void> {
  // The chat of the person before must not stay on the screen of the next.
  if (me.get()?.customer) tell("signOut");
  await api.signIn(customer);
  await findMe();
}

export async function signOut(): Promise<void> {
  await api.signOut();
  tell("signOut");
  me.set({ customer: null });
}
