"""What the buttons beside fields do to the files of a part: entries come, go and change places."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from myths.studio.edit_wish import EditWish
from myths.studio.entry_list import PRACTICE, EntryList
from myths.studio.form_files import FormFiles
from myths.studio.plain_fields import LINES, SPOKEN
from myths.studio.text_field import NEW
from myths.vocabulary import Audience
from myths.yaml_text import Bare, Place, YamlTextError, rewrapped

_AUDIENCES = frozenset(Audience.words()) - {Audience.MIXED}  # that can have words of their own
_INDENT = 6  # columns at which the texts of an entry stand


class NothingWrittenError(YamlTextError):
    """A new entry has no words yet."""


class FixedEntryError(YamlTextError):
    """An entry cannot be removed or added; `obstacle` says why."""

    def __init__(self, entries: EntryList, obstacle: str) -> None:
        super().__init__(f"{entries.name}: {obstacle}")
        self.entries, self.obstacle = entries, obstacle


@dataclass(frozen=True)
class StructureEdits:
    """Does what a wish says to the files; `retired` are the names that nothing new may have.

    Raises YamlTextError if it cannot be done.
    """

    retired: Collection[str] = ()

    def done(self, files: FormFiles, wish: EditWish) -> tuple[FormFiles, list[str]]:
        """Return the files as they become, and the names that are used up by it."""
        if wish.list == LINES:
            return self._line(files, wish), []
        entries = files.entry_list(wish.list)
        if wish.do == "add" and len(entries.ids(files.plan)) >= entries.most:
            raise FixedEntryError(entries, "most")
        if wish.do == "add":
            return self._added(files, entries, wish.fields), []
        ids = entries.ids(files.plan)
        if (
            wish.do == "own"
            and entries.of_audiences
            and wish.id in _AUDIENCES
            and wish.id not in ids
        ):
            return files.added(entries, wish.id, _of_all(files, entries)), []
        if wish.do == "own" or wish.id not in ids:
            raise YamlTextError(f"There is no {wish.id!r} here any more.")
        if wish.do == "move":
            return files.moved(entries, wish.id, wish.by), []
        if obstacle := entries.obstacle(files.plan, wish.id):
            raise FixedEntryError(entries, obstacle)
        return files.removed(entries, wish.id), [f"{entries.name}.{wish.id}"]

    def filled(self, files: FormFiles, fields: Mapping[str, str]) -> tuple[FormFiles, list[str]]:
        """Return the files with every new entry that has all its words, and the lists of these."""
        done = []
        for entries in files.lists:
            words = _new(entries, fields)
            if words and all(words.values()):
                files = self._added(files, entries, fields)
                done.append(entries.name)
        if _is_line(files, fields):
            files = _with_line(files, fields)
            done.append(LINES)
        return files, done

    def _added(self, files: FormFiles, entries: EntryList, fields: Mapping[str, str]) -> FormFiles:
        words = _new(entries, fields)
        if not words or not all(words.values()):
            raise NothingWrittenError("A new entry has no words yet.")
        used = [each for each in self.retired if each.startswith(f"{entries.name}.")]
        taken = {each.partition(".")[2] for each in used} | _taken(files, entries)
        name = entries.new_id(next(iter(words.values())), taken=taken)
        kinds = dict(entries.parts)
        value = {
            key: rewrapped("", text, indent=_INDENT) if kinds[key] == "prose" else text
            for key, text in words.items()
        }
        return files.added(entries, name, value.get("") or value)

    def _line(self, files: FormFiles, wish: EditWish) -> FormFiles:
        if wish.do == "move":
            return files.with_line_moved(wish.id, wish.by)
        if wish.do == "remove":
            return files.without_line(wish.id)
        if wish.do == "tried":
            return files.line_tried(wish.id, date.today().isoformat())
        return _with_line(files, wish.fields)


def _new(entries: EntryList, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the words that were typed for a new entry, by its parts; nothing if none were."""
    lead = f"{NEW}{entries.name}"
    found = {key: fields.get(f"{lead}.{key}" if key else lead, "") for key, _ in entries.parts}
    return found if any(found.values()) else {}


def _taken(files: FormFiles, entries: EntryList) -> set[str]:
    """Return the names in a list, and of all that is asked, for no two items share one."""
    taken = set(entries.ids(files.plan))
    if entries.answered and not entries.lettered:
        rated = files.plan.get(("ratings",)) or []
        taken |= {str(each.get("id")) for each in rated if isinstance(each, dict)}
        taken |= {"confidence", "reason", "plan", str(files.plan.get(("recall", "id")))}
    return taken


def _of_all(files: FormFiles, entries: EntryList) -> dict[str, str]:
    """Return everybody's words, with which those of an audience begin."""
    places: dict[str, Place] = {
        "practice": ("prompts", PRACTICE),
        "reflection": ("reflections", PRACTICE),
    }
    if entries.name == "cases":
        places = {key: ("vignette", key) for key, _ in entries.parts}
    return {key: str(files.words.get(at) or "").rstrip("\n") for key, at in places.items()}


def _is_line(files: FormFiles, fields: Mapping[str, str]) -> bool:
    """Return whether a new support line has a name and a number."""
    needed = (f"{NEW}{LINES}.name.{files.language}", f"{NEW}{LINES}.phone")
    return all(fields.get(name) for name in needed)


def _with_line(files: FormFiles, fields: Mapping[str, str]) -> FormFiles:
    """Return the file with a new support line of what was typed."""
    if not _is_line(files, fields):
        raise NothingWrittenError("A new entry has no words yet.")
    lead = f"{NEW}{LINES}."
    typed = {name[len(lead) :]: text for name, text in fields.items() if name.startswith(lead)}
    language = files.language
    value: dict[str, object] = {"kind": Bare(typed.get("kind") or "survivors")}
    value |= {key: {language: typed.get(f"{key}.{language}", "")} for key in SPOKEN}
    value["phone"] = typed["phone"]
    value |= {key: typed[key] for key in ("sms", "url") if typed.get(key)}
    value["free"] = Bare("true" if typed.get("free") == "true" else "false")
    if re.fullmatch(r"[0-9-]+", typed.get("checked", "")):
        value["checked"] = Bare(typed["checked"])
    known = [str(each.get("id")) for each in files.words.get((LINES,)) if isinstance(each, dict)]
    name = EntryList(LINES, (LINES,), ()).new_id(typed[f"name.{language}"], taken=known)
    return files.with_line(name.replace("_", "-"), value)
