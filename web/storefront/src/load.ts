// Loading for a page: nothing yet, the answer, or what went wrong, and a way to try again.

import { useEffect, useState } from "preact/hooks";

export interface Loaded<Value> {
  value?: Value;
  failure?: unknown;
  again(): void;
}

/** Loads whenever `key` changes. An answer that comes after the next question is dropped. */
export function useLoaded<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [state, setState] = useState<{ key: string; value?: Value; failure?: unknown }>({ key });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    load().then(
      (value) => current && setState({ key, value }),
      (failure) => current && setState({ key, failure }),
    );
    return () => {
      current = false;
    };
    // `key` says what `load` loads.
  }, [key, round]);
  const again = () => {
    setState({ key });
    setRound(round + 1);
  };
  return state.key === key ? { ...state, again } : { again };
}
