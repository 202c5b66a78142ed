// Which conversations stand beside the open one. Pure.

/** Three in all: more can't be read. */
export const MOST_BESIDE = 2;

/** The latest last; the oldest makes room. */
export const withBeside = (beside: string[] = [], id: string): string[] =>
  [...beside.filter((each) => each !== id), id].slice(-MOST_BESIDE);
