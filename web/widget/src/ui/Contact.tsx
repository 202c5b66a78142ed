// Where to reach the shopper when nobody from the team is there.

import type { Desk } from "../desk";

/** Something like an e-mail address, or at least six digits of a phone number. */
export function isContact(text: string): boolean {
  return (
    /^\S+@\S+\.\S+$/.test(text) || (/^[+(\d][\d\s()-]*$/.test(text) && text.replace(/\D/g, "").length >= 6)
  );
}

export function Contact({ desk }: { desk: Desk }) {
  const { t, state } = desk;
  return (
    <form
      class="box"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const [contact, text, callBack] = Array.from(new FormData(event.currentTarget).values(), (value) =>
          String(value).trim(),
        );
        if (contact && isContact(contact)) return void desk.leaveContact(contact, text, !!callBack);
        desk.set({ notice: t.contact_bad });
        event.currentTarget.querySelector("input")?.focus();
      }}
    >
      <p>
        {!state.conversation?.queue?.agents_online && <b>{t.nobody} </b>}
        {t.contact_intro}
      </p>
      <input
        name="contact"
        maxLength={120}
        autocomplete="email"
        aria-label={t.contact}
        aria-invalid={state.notice === t.contact_bad}
        placeholder={t.contact}
      />
      <textarea
        name="text"
        rows={2}
        maxLength={1000}
        aria-label={t.contact_text}
        placeholder={t.contact_text}
      />
      <label>
        <input type="checkbox" name="call" /> {t.call_back}
      </label>
      <div class="row">
        <button type="submit" class="primary" aria-disabled={state.busy}>
          {t.submit}
        </button>
        <button type="button" class="plain" onClick={() => desk.set({ contact: "hidden" })}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
