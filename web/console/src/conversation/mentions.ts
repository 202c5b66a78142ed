// Colleagues named in a note with `@`. Pure.

interface Named {
  id: string;
  name: string;
}

/** The `@word` directly before the caret. */
export function mentionBefore(text: string, caret: number): { from: number; word: string } | null {
  const found = /@([^\s@]*)$/.exec(text.slice(0, caret));
  return found ? { from: caret - (found[1]?.length ?? 0) - 1, word: found[1] ?? "" } : null;
}

/** Whose names stand in the text after an `@`; of two where one begins with the other, the longer one is meant. */
export function mentioned(text: string, people: Named[]): string[] {
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  const ids = new Set<string>();
  for (const [at] of [...text].entries()) {
    if (text[at] !== "@") continue;
    const person = byLength.find((each) => each.name && text.startsWith(each.name, at + 1));
    if (person) ids.add(person.id);
  }
  return [...ids];
}
