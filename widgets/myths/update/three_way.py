"""Three versions of a YAML file become one: where only one side changed a place, that change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import YAMLError

from myths import yaml_file

Place = tuple[str, ...]

_NAMES = ("id", "slug", "code", "page")  # by which an entry of a list is known
_GONE: Any = object()  # what stands at a place that there is not


class UnmergedError(Exception):
    """One of the versions is no YAML that can be read."""


@dataclass
class MergedFile:
    """A file of which each side changed something: its `words`, on the ground of one's own.

    At the places that are `taken` it has the newer words; at those that are `kept` both sides
    changed the same, and one's own words stand.
    """

    words: str = ""
    taken: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def merge(base: bytes, mine: bytes, newer: bytes) -> MergedFile:
    """Put into one's own file what the newer one changed. Raises UnmergedError."""
    try:
        before, own, after = (
            yaml_file.read_tree(raw.decode("utf-8-sig")) for raw in (base, mine, newer)
        )
    except (YAMLError, ValueError, RecursionError) as fault:
        raise UnmergedError from fault
    merging = _ThreeWay()
    merging.found.words = yaml_file.written(merging.node((), before, own, after))
    return merging.found


class _ThreeWay:
    """Goes through three trees side by side; one's own becomes the merged one."""

    def __init__(self) -> None:
        self.found = MergedFile()

    def node(self, place: Place, base: Any, mine: Any, newer: Any) -> Any:
        """Return what comes to a place."""
        if _same(mine, newer) or _same(newer, base):
            return mine
        if isinstance(mine, MutableMapping) and isinstance(newer, Mapping):
            self.mapping(place, base if isinstance(base, Mapping) else {}, mine, newer)
        elif not self.listing(place, base, mine, newer):
            if _same(mine, base):
                self.found.taken.append(".".join(place))
                return newer
            self.found.kept.append(".".join(place))
        return mine

    def mapping(
        self,
        place: Place,
        base: Mapping[str, Any],
        mine: MutableMapping[str, Any],
        newer: Mapping[str, Any],
    ) -> None:
        for key in [*mine]:
            value = self.node(
                (*place, str(key)), base.get(key, _GONE), mine[key], newer.get(key, _GONE)
            )
            if value is _GONE:
                del mine[key]
            elif value is not mine[key]:
                mine[key] = value
        for key in newer:
            if key not in mine:
                value = self.node((*place, str(key)), base.get(key, _GONE), _GONE, newer[key])
                if value is not _GONE:
                    at = _behind(key, [*newer], [*mine])
                    mine.insert(at, key, value)  # type: ignore[attr-defined]  # ruamel's

    def listing(self, place: Place, base: Any, mine: Any, newer: Any) -> bool:
        """Merge lists whose entries have names and their order; return whether that can be done."""
        named = [_named(each) for each in (() if base is _GONE else base, mine, newer)]
        if not isinstance(mine, MutableSequence) or None in named:
            return False
        before, own, after = (each or {} for each in named)
        if [name for name in before if name in after] != [name for name in after if name in before]:
            return False
        for name in reversed([*own]):
            at = [*own].index(name)
            value = self.node(
                (*place, name), before.get(name, _GONE), own[name], after.get(name, _GONE)
            )
            if value is _GONE:
                del mine[at], own[name]
            elif value is not own[name]:
                mine[at] = value
        for name in after:
            if name not in own:
                value = self.node((*place, name), before.get(name, _GONE), _GONE, after[name])
                if value is not _GONE:
                    at = _behind(name, [*after], [*own])
                    mine.insert(at, value)
                    own = _named(mine) or {}
        return True


def _same(one: Any, other: Any) -> bool:
    return one is other or (one is not _GONE and other is not _GONE and bool(one == other))


def _named(entries: Any) -> dict[str, Any] | None:
    """Return the entries of a list by their names; None if one has none, or two have the same."""
    if isinstance(entries, Mapping | str) or not isinstance(entries, Iterable):
        return None
    found: dict[str, Any] = {}
    for each in entries:
        name = each
        if isinstance(each, Mapping):
            name = next((each[key] for key in _NAMES if key in each), None)
        if not isinstance(name, str) or name in found:
            return None
        found[name] = each
    return found


def _behind(name: str, order: list[str], known: list[str]) -> int:
    """Return where a new name belongs: behind the nearest that stands before it in `order`."""
    before = [each for each in order[: order.index(name)] if each in known]
    return known.index(before[-1]) + 1 if before else 0
