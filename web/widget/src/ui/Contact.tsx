// Where to reach the shopper when nobody from the team is there.

import { Component } from "preact";
import type { Desk } from "../desk";

/** Something like an e-mail address, or at least six digits of a phone number. */
export function isContact(text: string): boolean {
  return (
    /^\S+@\S+\.\S+$/.test(text) || (/^[+\d][\d\s()-]*$/.test(text) && text.replace(/\D/g, "").length >= 6)
  );
}

export class Contact extends Component<{ desk: Desk }, { contact: string; text: string; bad: boolean }> {
  state = { contact: "", text: "", bad: false };

  render() {
    const { desk } = this.props;
    const { say } = desk;
    const { contact, text, bad } = this.state;
    const nobody = desk.state.conversation?.queue?.agents_online === 0;
    return (
      <form
        class="box"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isContact(contact.trim())) {
            this.setState({ bad: true });
            (event.currentTarget.elements[0] as HTMLElement).focus();
          } else desk.leaveContact(contact.trim(), text.trim());
        }}
      >
        <p>
          {nobody && <b>{say("nobody")} </b>}
          {say("contact_intro")}
        </p>
        <input
          type="text"
          maxLength={120}
          autoComplete="email"
          aria-label={say("contact")}
          placeholder={say("contact")}
          aria-invalid={bad}
          aria-describedby={bad ? "bad" : undefined}
          value={contact}
          onInput={(event) => this.setState({ contact: event.currentTarget.value, bad: false })}
        />
        {bad && (
          <small id="bad" class="wrong" role="alert">
            {say("contact_bad")}
          </small>
        )}
        <textarea
          rows={2}
          maxLength={1000}
          aria-label={say("contact_text")}
          placeholder={say("contact_text")}
          value={text}
          onInput={(event) => this.setState({ text: event.currentTarget.value })}
        />
        <div class="row">
          <button type="submit" class="primary" disabled={desk.state.busy}>
            {say("submit")}
          </button>
          <button type="button" class="plain" onClick={() => desk.set({ contact: "hidden" })}>
            {say("cancel")}
          </button>
        </div>
      </form>
    );
  }
}
