// Small texts kept over reloads: localStorage, else sessionStorage, else memory. It never throws.

export interface Keep {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

type Area = Pick<Storage, "getItem" | "setItem" | "removeItem">;

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
  const area = areas.reduce<Area | null>((found, each) => found ?? works(each), null);
  // What the area refused (it can be full) lives as long as the page.
  const memory = new Map<string, string>();
  return {
    get: (key) => memory.get(key) ?? area?.getItem(prefix + key) ?? null,
    set(key, value) {
      memory.set(key, value);
      try {
        area?.setItem(prefix + key, value);
        if (area) memory.delete(key);
      } catch {}
    },
    remove(key) {
      memory.delete(key);
      area?.removeItem(prefix + key);
    },
    keys: () => [
      ...memory.keys(),
      ...Object.keys(area ?? {}).flatMap((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : [])),
    ],
  };
}
