// What the page can listen to: Tandem.on("unread", fn).

export type Told = "unread" | "open" | "close" | "sign_in" | "identity_error";
type Listen = (value?: unknown) => void;

export class EventsOf {
  private listeners = new Set<[Told, Listen]>();

  on(name: Told, listen: Listen): () => void {
    const entry: [Told, Listen] = [name, listen];
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  tell(name: Told, value?: unknown): void {
    for (const [told, listen] of this.listeners) {
      // Later, so that a mistake in the page's listener can't stop the chat.
      if (told === name) setTimeout(() => listen(value));
    }
  }
}
