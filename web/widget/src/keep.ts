// Small texts kept over reloads: localStorage, else sessionStorage, else memory. It never throws.

export interface Keep {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

type Area = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

function works(area: () => Area): Area | null {
  try {
    const found = area();
    found.setItem("tandem?", "1");
    found.removeItem("tandem?");
    return found;
  } catch {
    return null;
  }
}

export function keepIn(
  prefix: string,
  areas: (() => Area)[] = [() => localStorage, () => sessionStorage],
): Keep {
  let area: Area | null = null;
  for (const each of areas) area ??= works(each);
  // What the area refused (it can be full) lives as long as the page.
  const memory = new Map<string, string>();
  return {
    get: (key) => memory.get(key) ?? area?.getItem(prefix + key) ?? null,
    set(key, value) {
      memory.delete(key);
      try {
        if (area) return area.setItem(prefix + key, value);
      } catch {}
      memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      area?.removeItem(prefix + key);
    },
    keys() {
      const found = new Set(memory.keys());
      for (let i = 0; area && i < area.length; i++) {
        const key = area.key(i);
        if (key?.startsWith(prefix)) found.add(key.slice(prefix.length));
      }
      return [...found];
    },
  };
}
