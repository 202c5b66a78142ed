// The shop's page comes first: whatever runs here is caught, listens passively and can be ended as a whole.

type Work<Args extends unknown[]> = (...args: Args) => void;

export interface Guard {
  /** The same function, whose failures stay here. */
  safe<Args extends unknown[]>(work: Work<Args>): Work<Args>;
  on(target: EventTarget, names: string, listen: (event: Event) => void): void;
  later(work: () => void, ms: number): () => void;
  every(work: () => void, ms: number): () => void;
  /** Undone when everything ends. */
  undo(work: () => void): void;
  end(): void;
}

/** A page on which this much goes wrong isn't one we understand. */
const FAILURES_MOST = 10;

export function guard(): Guard {
  const undos = new Set<() => void>();
  let failures = 0;
  let isOver = false;

  const safe =
    <Args extends unknown[]>(work: Work<Args>): Work<Args> =>
    (...args) => {
      if (isOver) return;
      try {
        work(...args);
      } catch {
        if (++failures >= FAILURES_MOST) end();
      }
    };

  function end(): void {
    isOver = true;
    for (const undo of undos) {
      try {
        undo();
      } catch {}
    }
    undos.clear();
  }

  function timer(start: (work: () => void, ms: number) => unknown, work: () => void, ms: number) {
    const id = start(safe(work), ms) as number;
    // One function ends both kinds in every browser.
    const stop = () => {
      clearTimeout(id);
      undos.delete(stop);
    };
    undos.add(stop);
    return stop;
  }

  return {
    safe,
    on(target, names, listen) {
      const heard = safe(listen);
      const how = { capture: true, passive: true };
      for (const name of names.split(" ")) {
        target.addEventListener(name, heard, how);
        undos.add(() => target.removeEventListener(name, heard, how));
      }
    },
    later(work, ms) {
      const stop = timer(
        setTimeout,
        () => {
          stop();
          work();
        },
        ms,
      );
      return stop;
    },
    every: (work, ms) => timer(setInterval, work, ms),
    undo: (work) => undos.add(work),
    end,
  };
}
