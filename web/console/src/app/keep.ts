// Small things kept in this browser: they may be missing, full or forbidden, so nothing depends on them.

export function keep(key: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(`tandem.${key}`);
    else localStorage.setItem(`tandem.${key}`, JSON.stringify(value));
  } catch {
    // Private mode or a full store: the console works without.
  }
}

export function kept<T>(key: string): T | null {
  try {
    const text = localStorage.getItem(`tandem.${key}`);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function keptKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`tandem.${prefix}`))
      .map((key) => key.slice("tandem.".length));
  } catch {
    return [];
  }
}
