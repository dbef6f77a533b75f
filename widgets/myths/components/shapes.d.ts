// What a component and its Python side tell each other; tests/components/test_shapes.py holds this
// against answer.py, question.py and vocabulary.py.

import type { AnyModel } from "@anywidget/types";

export type Reader = "me" | "group" | "evaluation";

/** What somebody answered; all of value, text and declined empty means cleared. */
export interface AnswerContent {
  value: number | null;
  text: string | null;
  declined: boolean;
  reader: Reader | null;
}

/** An answer that the store has; `key` is a UUID that stays with it. */
export interface KnownAnswer extends AnswerContent {
  key: string;
}

/** An answer on its way: `sent` is the time in ms, `after` the keys of what it was written after. */
export interface AnswerMessage extends KnownAnswer {
  sent: number;
  after: string[] | null;
}

/** What Python says of the answer with this key. */
export interface ReceiptMessage {
  key: string;
  sent: number;
  state: "saved" | "preview" | "refused" | "failed" | "newer";
  message: string;
}

/** The words of one component, in one language. */
export type Words = Record<string, string>;

export interface Spoken {
  words: Words;
}

/** What a component shows, if the page did not come with it. */
export interface Marked {
  html: string;
}

/** The state of every question; an empty object is nothing yet. */
export interface QuestionState extends Spoken, Marked {
  item: string;
  owner: string;
  wording: string;
  known: Partial<KnownAnswer>;
  answer: Partial<AnswerMessage>;
  receipt: Partial<ReceiptMessage>;
}

/** The last try as in every question, and the first one under names that begin with "first_". */
export interface RecallState extends QuestionState {
  first_item: string;
  first_known: Partial<KnownAnswer>;
  first_answer: Partial<AnswerMessage>;
  first_receipt: Partial<ReceiptMessage>;
  wish: { value: number; sent: number };
  feedback: Partial<{ value: number; right: boolean; html: string; sent: number }>;
}

/** A model that is only read. */
export interface Readable<State> {
  get<Name extends keyof State>(name: Name): State[Name];
}

/** What every component's `render` gets, as anywidget's: a model, and the place to fill. */
export interface Place<State extends object> {
  model: AnyModel<State>;
  el: HTMLElement;
}

declare global {
  interface Window {
    /** Set by the quick exit: from then on nothing is kept or sent. */
    mythsLeft?: boolean;
  }
}
