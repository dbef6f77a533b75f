"""The places that a trainer gave to modules in a form, so that they have an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ModulePlaces:
    """The place of each module, 1 for the first; a module without one is not in the workshop."""

    places: Mapping[str, int]

    @classmethod
    def typed(cls, typed: Mapping[str, str]) -> ModulePlaces:
        """Read what the form sent for each module; what is no place is none."""
        offered = {str(place): place for place in range(1, len(typed) + 1)}
        return cls({slug: offered[sent] for slug, sent in typed.items() if sent in offered})

    @classmethod
    def of(cls, modules: Iterable[str]) -> ModulePlaces:
        """Return places of modules that have an order already."""
        return cls({slug: place for place, slug in enumerate(modules, start=1)})

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules in the order of their places."""
        return tuple(sorted(self.places, key=self.places.__getitem__))

    def shared(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each place that several modules have, with these modules."""
        for place in sorted(set(self.places.values())):
            modules = tuple(slug for slug in self.places if self.places[slug] == place)
            if len(modules) > 1:
                yield place, modules
