// What the page can listen to: Tandem.on("unread", fn).

export type Told = "unread" | "open" | "close" | "sign_in" | "identity_error";

export class EventsOf {
  private listeners: [Told, (value?: unknown) => void][] = [];

  on(name: Told, listen: (value?: unknown) => void): () => void {
    const entry: [Told, (value?: unknown) => void] = [name, listen];
    this.listeners.push(entry);
    return () => {
      this.listeners = this.listeners.filter((each) => each !== entry);
    };
  }

  tell(name: Told, value?: unknown): void {
    for (const [told, listen] of this.listeners) {
      if (told !== name) continue;
      // A mistake in the page's listener must not stop the chat.
      try {
        listen(value);
      } catch (failure) {
        console.error(failure);
      }
    }
  }
}
