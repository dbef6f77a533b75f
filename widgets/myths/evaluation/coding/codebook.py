"""The codebook: a YAML list that only grows, one entry for each version of a code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from myths.errors import CodingError
from myths.evaluation.coding.text_file import read, write

_HEAD = """\
# The codebook: one entry for each version of a code.
# To change a code, leave its entry as it is and add one with the next version below all others.
"""
_Line = Annotated[str, Field(min_length=1, max_length=2000)]


class Code(BaseModel):
    """One version of a code; `include` and `exclude` are examples of what it is given to."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    version: Annotated[int, Field(ge=1)] = 1
    changed: date
    name: Annotated[str, Field(min_length=1, max_length=60)]
    definition: _Line
    include: tuple[_Line, ...] = ()
    exclude: tuple[_Line, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return what no other wording has: id/version/hash."""
        words = [self.name, self.definition, *self.include, "", *self.exclude]
        digest = hashlib.sha256("\0".join(words).encode()).hexdigest()
        return f"{self.id}/{self.version}/{digest[:12]}"


@dataclass(frozen=True)
class Codebook:
    """All versions in the order in which they were written, and the line of each in the file."""

    path: Path
    entries: tuple[Code, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def edition(self) -> int:
        """How many entries there are; it grows with every change."""
        return len(self.entries)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """One for each entry, in order."""
        return tuple(code.fingerprint for code in self.entries)

    @property
    def current(self) -> Mapping[str, Code]:
        """The latest version of each code, in the order in which the codes were first written."""
        return {code.id: code for code in self.entries}

    def has(self, code: str, version: int) -> bool:
        """Return whether there is such a version."""
        return any((entry.id, entry.version) == (code, version) for entry in self.entries)

    def since(self, code: str) -> int:
        """Return the edition in which a code was first there."""
        return next(n for n, entry in enumerate(self.entries, start=1) if entry.id == code)

    def check_grown(self, before: Sequence[str]) -> None:
        """Raise CodingError if an entry that was coded with has changed, moved or gone."""
        for number, mark in enumerate(before):
            if number >= self.edition or self.fingerprints[number] != mark:
                code, version, _ = mark.split("/")
                line = self.lines[min(number, self.edition - 1)] if self.lines else 1
                raise CodingError(
                    f"{self.path}:{line}: version {version} of '{code}' stood here with other "
                    "words when texts were coded with it; put it back as it was, and add a new "
                    "version at the end."
                )


def load(path: Path) -> Codebook:
    """Read a codebook; one that does not exist is empty. CodingError names file and line."""
    if not path.exists():
        return Codebook(path)
    text = read(path)
    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        nodes = [] if root is None else root.value
        if root is not None and not isinstance(root, yaml.SequenceNode):
            raise _fault(path, root, "a codebook is a list; begin each code with '- id: …'")
        codes: list[Code] = []
        for node in nodes:
            codes.append(_code(path, loader, node))
            _check_order(path, node, codes)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise CodingError(
            f"{path}:{line}: this is no YAML ({fault.problem}); mend the line or take it out."
        ) from fault
    except yaml.YAMLError as fault:
        raise CodingError(f"{path}:1: this is no YAML; take out what is no text.") from fault
    finally:
        loader.dispose()
    return Codebook(path, tuple(codes), tuple(node.start_mark.line + 1 for node in nodes))


def add(path: Path, code: Code) -> None:
    """Write a new entry below the others, whose lines and comments stay as they are."""
    book = load(path)
    before = read(path).rstrip("\n") + "\n" if path.exists() else _HEAD
    values = {key: value for key, value in code.model_dump().items() if value != ()}
    values |= {key: list(value) for key, value in values.items() if isinstance(value, tuple)}
    entry = yaml.safe_dump([values], sort_keys=False, allow_unicode=True, width=88)
    latest = book.current.get(code.id)
    if code.version != (latest.version + 1 if latest else 1):
        raise CodingError(f"{path}: version {code.version} of '{code.id}' is not the next one.")
    write({path: f"{before}\n{entry}"})


def _code(path: Path, loader: yaml.SafeLoader, node: yaml.Node) -> Code:
    if not isinstance(node, yaml.MappingNode):
        raise _fault(path, node, "a code is a list of 'key: value'; begin it with '- id: …'")
    try:
        return Code.model_validate(loader.construct_document(node))
    except ValidationError as faults:
        fault = faults.errors()[0]
        key = str(fault["loc"][0])
        place = next((k for k, _ in node.value if k.value == key), node)
        raise _fault(path, place, _sentence(key, fault)) from faults


def _sentence(key: str, fault: Mapping[str, Any]) -> str:
    if fault["type"] == "missing":
        return f"no '{key}'; add a line '{key}: …' to this code"
    if fault["type"] == "extra_forbidden":
        return f"unknown key '{key}'; use {', '.join(Code.model_fields)}"
    if key == "id":
        return "'id' must be small letters, digits and '-', as in 'safety-first'"
    return f"'{key}' does not fit ({fault['msg'].lower()}); mend it"


def _check_order(path: Path, node: yaml.Node, codes: Sequence[Code]) -> None:
    *before, last = codes
    expected = 1 + max((code.version for code in before if code.id == last.id), default=0)
    if last.version != expected:
        raise _fault(
            path, node, f"'{last.id}' has version {last.version} here; it must be {expected}"
        )


def _fault(path: Path, node: yaml.Node, what: str) -> CodingError:
    return CodingError(f"{path}:{node.start_mark.line + 1}: {what}.")
