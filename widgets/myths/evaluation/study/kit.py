"""The files of the study kit: templates with the words, filled with what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import Any

import jinja2

from myths import files
from myths.errors import EvaluationError
from myths.evaluation.data.content_language import content_in
from myths.evaluation.data.strata import CLUSTERS_FROM, FLIPS_FROM, ROOMS_FROM
from myths.evaluation.disclosure.bands import K
from myths.evaluation.progress import listening
from myths.evaluation.reports.findings import read
from myths.evaluation.stats.inference import EFFECT_FROM, TESTS_FROM
from myths.evaluation.study.known import StudyPlan, asked, consent, told
from myths.evaluation.survey import Address, Choice, Survey, spoken
from myths.evaluation.words import ENGLISH, EvaluationWords, words, words_for

_HERE = Path(__file__).parent
_GAP = "______"
_PROGRAMS = ("pandas", "scipy", "krippendorff")
_RULES = {
    "effect_from": EFFECT_FROM,
    "tests_from": TESTS_FROM,
    "rooms_from": ROOMS_FROM,
    "flips_from": FLIPS_FROM,
    "clusters_from": CLUSTERS_FROM,
}


def study_kit(
    folder: str | PathLike[str],
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    rehearsal: bool = False,
    blank: bool = False,
    plan: StudyPlan | None = None,
    k: int = K,
    language: str | None = None,
    day: date | None = None,
    step: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write the study kit into a new folder, and return its files.

    With `blank` no store is read: it is for the time before the study. Else it tells how many
    people there were as a report of the same workshops does, and nothing of their answers.
    Raises EvaluationError if the folder holds something, and all that `report` raises.
    """
    target = Path(folder).expanduser()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise EvaluationError(
            f"{target} is there already, perhaps with your own words in it: name a new folder."
        )
    with listening(step, "reading_answers", language=language) as tell:
        says, found, agreed = words(language or ENGLISH), None, None
        if not blank:
            survey = Survey(db, workshop, audience, rehearsal=rehearsal)
            tables = survey.tables
            if tables.participants.empty:
                raise EvaluationError(
                    "Nobody has joined these workshops yet: add --blank (in Python blank=True) "
                    "for what is written before a study."
                )
            says, _ = words_for(spoken(tables.participants, tables.workshops), language)
            here = read(
                survey,
                says,
                day=day or datetime.now(UTC).date(),
                k=k,
                coding=None,
                coders=None,
                private=False,
                step=tell,
            )
            here.draft.refuse()
            found = told(here, survey.tables.workshops)
            agreed = sorted(here.people["consent"].astype("str").unique())
        tell(says.progress.writing)
        made = rendered(says, found=found, plan=plan, agreed=agreed, k=k)
    contents = {target / name: text.encode() for name, text in made.items()}
    files.write(contents, unwritten=_unwritten)
    return list(contents)


def rendered(
    says: EvaluationWords,
    *,
    found: Mapping[str, Any] | None = None,
    plan: StudyPlan | None = None,
    agreed: list[str] | None = None,
    k: int = K,
    site: bool = False,
) -> dict[str, str]:
    """Return the files of the kit in a language, by name; `site` is for the documentation's."""
    content = content_in(says.language)
    known = {
        "gap": _GAP,
        "site": site,
        "program": version("myths"),
        "versions": ", ".join(f"{name} {version(name)}" for name in _PROGRAMS),
        "rules": _RULES | {"k": k},
        "statements": asked(content),
        "organiser": ", ".join(filter(None, (content.organiser.name, content.organiser.contact))),
        "consent": consent(content, agreed or []),
        "plan": plan.shown(says) if plan else None,
        "found": found,
    }
    names = sorted(path.name for path in (_HERE / says.language).glob("*.j2"))
    templates = {name: f"{says.language}/{name}" for name in names}
    templates["references.bib.j2"] = "references.bib.j2"
    return {
        name.removesuffix(".j2"): _TEMPLATES.get_template(path).render(known)
        for name, path in templates.items()
    }


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE),
    autoescape=False,  # noqa: S701 no page: Markdown for who evaluates
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def _unwritten(file: Path, fault: OSError) -> EvaluationError:
    return EvaluationError(f"{file} cannot be written ({fault.strerror}): choose another place.")
