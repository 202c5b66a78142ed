// Talking to the chat. Calls made before its script has arrived wait in an array that it empties.

type Call = [name: string, ...values: unknown[]];

export function tell(...call: Call): void {
  const page = window as unknown as { Tandem?: { push(call: Call): unknown } };
  page.Tandem ??= [] as Call[];
  page.Tandem.push(call);
}
