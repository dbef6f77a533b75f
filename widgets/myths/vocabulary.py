"""The fixed words, each list once: stored, exported and sent exactly as they stand here."""

from __future__ import annotations

import re
from enum import StrEnum


class Vocabulary(StrEnum):
    """A closed list of words."""

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the words as plain strings, in their order."""
        return tuple(each.value for each in cls)


class Phase(Vocabulary):
    """When a question is put: before the reading, after it, or at the follow-up.

    A retrospective rating is of one's view before, given after the reading.
    """

    BEFORE = "before"
    AFTER = "after"
    RETROSPECTIVE = "retrospective"
    FOLLOWUP = "followup"


LATER = (Phase.AFTER, Phase.FOLLOWUP)  # those that are compared with before


class Kind(Vocabulary):
    """What a question asks for."""

    RATING = "rating"
    CONFIDENCE = "confidence"
    RECALL = "recall"
    CHOICE = "choice"
    TEXT = "text"
    COMMITMENT = "commitment"


RATED = (Kind.RATING, Kind.CONFIDENCE)  # answered on a scale
NUMERIC = (*RATED, Kind.RECALL, Kind.CHOICE)
WRITTEN = (Kind.TEXT, Kind.COMMITMENT)


class Keyed(Vocabulary):
    """What agreeing with a statement means."""

    MYTH = "myth"
    FACT = "fact"
    OVERCORRECTION = "overcorrection"


# which way on the scale is nearer to the fact
BETTER = {Keyed.MYTH: -1, Keyed.FACT: 1, Keyed.OVERCORRECTION: -1}


class Reader(Vocabulary):
    """Who may read a text: its author alone, the workshop too, or the evaluation."""

    ME = "me"
    GROUP = "group"
    EVALUATION = "evaluation"


class Mode(Vocabulary):
    """How an answer came in (survey methodology: the mode of data collection)."""

    PAGE = "page"
    PAPER = "paper"  # written on a sheet, typed in by somebody else


class SheetRole(Vocabulary):
    """What a sheet of codes is for: to try the codebook, to code blind, or to agree afterwards."""

    TRIAL = "trial"
    CODER = "coder"
    AGREED = "agreed"


class Scope(Vocabulary):
    """What a staff key opens: all workshops, those of its role, or these to be read only."""

    ALL = "all"
    OWN = "own"
    READ = "read"


class StaffAct(Vocabulary):
    """What is written down of what staff did."""

    OPENED = "opened"
    CLOSED = "closed"
    REOPENED = "reopened"
    ERASED = "erased"
    ERASED_PERSON = "erased-person"  # somebody whose sheets were typed in
    EXPORTED = "exported"
    REPORTED = "reported"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    KEY = "key"
    REVOKED = "revoked"
    REMOVED = "removed"


class Audience(Vocabulary):
    """Whom a whole workshop is for; never asked of a person."""

    MIXED = "mixed"
    POLICE = "police"
    COURTS = "courts"
    SOCIAL = "social"
    WOMENS_SERVICES = "womens-services"
    POLICY = "policy"


class SupportKind(Vocabulary):
    """Whom a support line is for; the order in which lines are shown."""

    EMERGENCY = "emergency"
    SURVIVORS = "survivors"
    CHILDREN = "children"
    CRIME = "crime"  # victims of any crime
    MEN = "men"  # who use violence, or fear that they will
    LEGAL = "legal"  # advice about the law


class SharedItem(Vocabulary):
    """The items that every module has without naming them."""

    CONFIDENCE = "confidence"
    REASON = "reason"
    COMMITMENT_IF = "commitment.if"
    COMMITMENT_THEN = "commitment.then"
    PLAN = "plan"  # at the follow-up: what became of the commitment


class SeriesPage(Vocabulary):
    """The pages around the modules, in their order."""

    START = "start"
    CLOSING = "closing"
    FOLLOWUP = "followup"


class Step(Vocabulary):
    """The steps of a page: those of a module in their usual order, then those of the last page."""

    VIEW = "view"
    FACTS = "facts"
    CHECK = "check"
    STORY = "story"
    WRITE = "write"
    AGAIN = "again"
    KEEP = "keep"
    AGREE = "agree"
    MINE = "mine"
    LOOK = "look"
    END = "end"


class Pace(Vocabulary):
    """Who moves a participant's page: they themselves, the trainer, or they within one module."""

    OWN = "own"
    TOGETHER = "together"
    MODULE = "module"


class Curtain(Vocabulary):
    """What lies over every phone while the trainer wants the room's eyes, or gives it a break."""

    NONE = ""
    LOOK_UP = "look-up"
    BREAK = "break"


class VoteState(Vocabulary):
    """What a vote is: people answer and are only counted, or it is over and can be shown."""

    OPEN = "open"
    CLOSED = "closed"


class Scene(Vocabulary):
    """What the projector shows."""

    JOIN = "join"
    STEP = "step"
    VOTE = "vote"
    RESULTS = "results"
    WALL = "wall"
    INQUIRY = "inquiry"
    AGREEMENT = "agreement"
    FACT = "fact"
    STORY = "story"
    OUTCOME = "outcome"


class InquiryState(Vocabulary):
    """What a trainer has done with a question from the room, the least first."""

    NEW = "new"
    LATER = "later"  # kept for after the workshop
    ANSWERED = "answered"


class Reason(Vocabulary):
    """Why a workshop, a code or an answer is refused; content/ui has the words for the pages."""

    UNKNOWN = "unknown"  # no workshop has the code
    LENGTH = "length"  # a code has too few or too many letters
    UNOPENED = "unopened"  # nobody can join the workshop yet
    CLOSED = "closed"  # nobody can join the workshop any more
    EXPIRED = "expired"  # the workshop's time is over
    TAKEN = "taken"  # something else has the code or key already
    UNFIT = "unfit"  # a workshop cannot be opened like this
    HOURS = "hours"  # people could join at no time, or after its end
    DATES = "dates"  # withdrawing and erasing do not follow each other
    BEGUN = "begun"  # somebody has joined, so its beginning stays
    ZONE = "zone"  # people know its dates, so their time zone stays
    WITHDRAWAL = "withdrawal"  # people were told that they can withdraw for longer
    ERASING = "erasing"  # people were told that everything is erased earlier
    FEWEST = "fewest"  # a result of so few people cannot be shown
    MISTYPED = "mistyped"
    NOBODY = "nobody"  # the code or cookie leads to no participant
    REPLACED = "replaced"  # the recovery code was renewed
    ERASED = "erased"  # the participant's answers were erased
    PAPER = "paper"  # the code of sheets that nobody has typed in
    AWAY = "away"  # the cookie is too old
    SHAPE = "shape"  # the answer cannot be read
    KEY = "key"
    VALUE = "value"
    TEXT = "text"
    LONG = "long"
    READER = "reader"
    LOCKED = "locked"  # there is no key to encrypt the text with
    NEWER = "newer"  # the text was changed meanwhile, in another tab or on another device
    STALE = "stale"  # the room was moved by somebody else meanwhile
    EARLY = "early"  # what is asked for can be seen only after something else
    MANY = "many"  # somebody has put as many questions as may be open


class ReceiptState(Vocabulary):
    """What became of an answer.

    Kept, not kept in a preview, never or soon to be sent again, or waiting for its author's choice.
    """

    SAVED = "saved"
    PREVIEW = "preview"
    REFUSED = "refused"
    FAILED = "failed"
    NEWER = "newer"


FEWEST = 5  # people of whom a group result can be shown, whatever a workshop says

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"  # of a module or page, in its folder's name and its address
SIMPLE = "-simple"  # ends the code of an easy form, in easy words (BCP 47, a registered variant)
LANGUAGE = f"[a-z]{{2,3}}(?:-[A-Za-z]{{2,4}})?(?:{SIMPLE})?"  # its code: en, pt-BR or en-simple
LONGEST_NAME = 40  # letters of a page's or step's name


def is_name(word: str) -> bool:
    """Return whether a page or a step of it can be called so."""
    return len(word) <= LONGEST_NAME and re.fullmatch(SLUG, word) is not None


def page_path(slug: str, step: str = "") -> str:
    """Return the address of a module or page on its server, or of a step of it."""
    return f"/m/{slug}#{step}" if step else f"/m/{slug}"
