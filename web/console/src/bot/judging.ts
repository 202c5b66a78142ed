// The order of judging as plain functions: the oldest question is next, and the last judgement can be changed.

import type { Question } from "api";

export interface Judged {
  question: Question;
  isRight: boolean;
}
export interface Round {
  /** Judged in this round: an answer of the server that is a moment old may still have them. */
  done: ReadonlySet<string>;
  last: Judged | null;
}
export const newRound = (): Round => ({ done: new Set(), last: null });

/** What was asked can be erased at a person's request; nobody can judge it then. */
export const isErased = (question: Question): boolean => !question.asked.trim();

export function openOf(questions: Question[], round: Round): Question[] {
  return questions.filter((question) => !round.done.has(question.id));
}

/** Never chosen by anything but age and erasure: both say nothing about whether the answer is right. */
export const nextOf = (questions: Question[], round: Round): Question | undefined =>
  openOf(questions, round).find((question) => !isErased(question));

export const judged = (round: Round, question: Question, isRight: boolean): Round => ({
  done: new Set([...round.done, question.id]),
  last: { question, isRight },
});
