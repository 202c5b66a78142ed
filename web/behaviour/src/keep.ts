// What the browser keeps for us under one prefix, so that all of it can be erased at once. It never throws.

export interface Keep {
  get<Value>(name: string): Value | undefined;
  set(name: string, value: unknown): void;
  remove(name: string): void;
  names(): string[];
}

/** `area` is called each time: merely naming the storage throws where it is forbidden. */
export function keepIn(area: () => Storage, prefix: string): Keep {
  const tried = <Value>(work: (found: Storage) => Value): Value | undefined => {
    try {
      return work(area());
    } catch {
      return undefined;
    }
  };
  return {
    get: <Value>(name: string) => tried((found) => JSON.parse(found.getItem(prefix + name) ?? "") as Value),
    set: (name, value) => tried((found) => found.setItem(prefix + name, JSON.stringify(value))),
    remove: (name) => tried((found) => found.removeItem(prefix + name)),
    names: () =>
      tried((found) =>
        Object.keys(found).flatMap((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : [])),
      ) ?? [],
  };
}
