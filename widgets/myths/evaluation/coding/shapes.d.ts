// What the coding desk and its Python side tell each other; tests/evaluation/coding/test_desk.py
// holds this against desk.py.

import type { Marked, Spoken } from "../../components/shapes.d.ts";

/** From and to, in code points from the start of the text. */
export interface Passage {
  start: number;
  end: number;
}

/** What a coder does: `text` is a place in the order, the rest belongs to what is done. */
export interface Step {
  do:
    | "hello"
    | "toggle"
    | "passage"
    | "remove"
    | "none"
    | "confirm"
    | "memo"
    | "undo"
    | "redo"
    | "go"
    | "filter"
    | "finish"
    | "reopen";
  text?: number;
  code?: string;
  start?: number;
  end?: number;
  memo?: string;
  by?: number;
  words?: string;
  show?: "all" | "undecided" | "older";
  question?: string;
}

/** A code given to the whole text, or to a passage of it. */
export type Mark = { code: string } & (Passage | { start: null; end: null });

/** What to show after a step; without any texts it ends with `others`. */
export interface View {
  step: string;
  state: "saved" | "refused";
  said: string;
  place: number;
  count: number;
  decided: number;
  shown: number;
  undo: boolean;
  redo: boolean;
  /** with all texts that there are now, and with this one */
  finished: boolean;
  stands: boolean;
  filter: Pick<Required<Step>, "words" | "show" | "question" | "code">;
  others: { coder: string; codes: string[] }[];
  question: string;
  part: string;
  language: string;
  text: string;
  marks: Mark[];
  none: boolean;
  memo: string;
  older: boolean;
}

/** One code of the codebook. */
export interface Code {
  id: string;
  version: number;
  name: string;
  definition: string;
  include: string[];
  exclude: string[];
}

export interface DeskState extends Spoken, Marked {
  language: string;
  codes: Code[];
  role: "trial" | "coder" | "agreed";
  questions: string[];
}
