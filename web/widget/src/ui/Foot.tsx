// Below the thread: troubles, the queue's choices, the contact form, and writing or starting anew.

import type { Desk } from "../desk";
import { fill } from "../texts";
import { Composer } from "./Composer";
import { Contact } from "./Contact";
import { Icon } from "./icons";

export function Foot({ desk }: { desk: Desk }) {
  const { state, t } = desk;
  const { conversation, contact } = state;
  const isEnded = conversation?.stage === "resolved";
  const serving = conversation?.controller ?? "bot";
  return (
    <div class="foot">
      {state.offline && (
        <p class="strip warn" role="status">
          {t.offline}
        </p>
      )}
      {state.notice && (
        <p class="strip bad" role="alert">
          <span class="grow">{state.notice}</span>
          <button
            type="button"
            class="icon"
            aria-label={t.discard}
            onClick={() => desk.set({ notice: undefined })}
          >
            <Icon name="close" size={16} />
          </button>
        </p>
      )}
      {typeof contact === "object" && !isEnded && (
        <p class="strip good" role="status">
          {fill(t.contact_done, { contact: contact.left })}
        </p>
      )}
      {contact === "shown" && !isEnded && <Contact desk={desk} />}
      {isEnded ? (
        <div class="row end">
          <button type="button" class="primary" onClick={() => desk.startAfresh()}>
            {t.fresh}
          </button>
        </div>
      ) : (
        <>
          <div class="row ways">
            {serving === "bot" ? (
              <button type="button" class="chip human" aria-disabled={state.busy} onClick={desk.toHuman}>
                <Icon name="person" size={16} />
                {conversation?.queue ? fill(t.take_place, { n: conversation.queue.position }) : t.to_human}
              </button>
            ) : (
              <button type="button" class="chip" aria-disabled={state.busy} onClick={desk.toBot}>
                <Icon name="bot" size={16} />
                {serving === "queue" ? t.keep_bot : t.to_bot}
              </button>
            )}
            {serving === "queue" && contact === "hidden" && (
              <button type="button" class="chip" onClick={() => desk.set({ contact: "shown" })}>
                {t.leave_contact}
              </button>
            )}
          </div>
          <Composer desk={desk} />
        </>
      )}
    </div>
  );
}
