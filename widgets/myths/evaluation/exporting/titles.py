"""The words for the tables of an export and for the columns that are no questions."""

from __future__ import annotations

DECLINED = "Prefer not to say"

TABLES = {
    "answers": "One row per answer as it stands",
    "participants": "One row per participant, also who answered nothing",
    "wide": "One row per participant, a column for each item and phase",
    "codebook": "One row per wording of a question",
    "variables": "One row per column of answers, participants and wide",
    "values": "One row per number that could be chosen, with its label",
}

COLUMNS = {
    "workshop": "Code of the workshop",
    "participant": "Participant: a random name that stands for nobody's own",
    "module": "Module",
    "item": "Item in the module",
    "phase": "When it was asked: before, after, or at the follow-up",
    "kind": "Kind of question: rating, confidence, recall, text or commitment",
    "value": "The number that was chosen; missing for texts, marked where declined",
    "text": "The text, only if its author lets the evaluation read it",
    "declined": "Whether the answer was 'prefer not to say'",
    "declined in wide": "The columns answered with 'prefer not to say', with spaces between",
    "language": "Language of the page",
    "wording": "Hash of all that was asked: another hash, another question",
    "audience": "Whom the workshop was for",
    "rehearsal": "Whether the workshop was a rehearsal",
    "answered_at": "When it was answered (UTC)",
    "reader": "Whom the author lets read the text: me, group or evaluation",
    "consent": "Hash of the words that were agreed to",
    "joined_at": "When the participant joined (UTC)",
    "keyed": "What agreeing means: myth, fact or overcorrection",
    "phases": "The phases it was asked in",
    "question": "The question, word for word",
    "labels": "The labels of the numbers",
    "minimum": "The lowest number",
    "maximum": "The highest number",
    "correct": "The right option",
    "answers": "How many answers of this export answer this wording",
    "table": "The table that holds the column",
    "column": "The column, as named in CSV, Parquet and Excel",
    "type": "What the column holds",
    "label": "What it means, word for word",
    "spss": "Its name in SPSS",
    "stata": "Its name in Stata",
}
