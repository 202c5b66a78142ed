// What parts of one open conversation ask of each other: show an event, open a trace, put words into the reply.

import { createContext, use } from "react";

export interface ConversationTools {
  show(seq: number): void;
  openTrace(id: string): void;
  insert(text: string): void;
  /** Opens the note box for an answer to a colleague's question. */
  answer(question: number): void;
}
export const ConversationContext = createContext<ConversationTools>({
  show() {},
  openTrace() {},
  insert() {},
  answer() {},
});
export const useConversationTools = (): ConversationTools => use(ConversationContext);
