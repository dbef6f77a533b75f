"""Bring a file's values into the shape of a model; each misfit in words a trainer can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from myths.catalog.contract import WordGroup
from myths.catalog.problems import ContentProblemsError, Problem, nearest
from myths.catalog.source import Source
from myths.catalog.tree import YamlPath

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "string": "words",
    "dict": "a mapping of keys to words",
    "model": "a mapping of keys to words",
    "tuple": "a list",
    "int": "a whole number",
    "bool": "true or false",
    "date": "a date such as 2026-01-31",
    "greater": "a larger number",
    "less": "a smaller number",
}


def shape(source: Source, model: type[Model], *, language: str = "en") -> Model:
    """Make the model from the file's values; ContentProblemsError with every misfit.

    `language` is the one that the file's words are in.
    """
    try:
        return model.model_validate(source.value, context={"language": language})
    except ValidationError as misfits:
        found = misfits.errors()
        raise ContentProblemsError(
            [_explain(source, model, misfit) for misfit in found if not _follows(misfit, found)]
        ) from None


def pair(source: Source, place: YamlPath, *, named: Sequence[str], structure: str) -> list[Problem]:
    """Compare the ids that have words at `place` with those `named` in the structure file."""
    found: Any = source.value
    for part in place:
        found = found.get(part, {})
    problems = []
    for name in named:
        if name not in found:
            remedy = f"add them or remove the item from {structure}"
            full = ".".join((*map(str, place), name))
            problems.append(source.problem((*place, name), f"no words for {full!r}", remedy))
    for name in found:
        if name not in named:
            known = nearest(name, (other for other in named if other not in found))
            message = f"words for {name!r}, which {structure} does not name"
            problems.append(source.problem((*place, name), message, f"{known} (or remove them)"))
    return problems


def _follows(misfit: ErrorDetails, others: Iterable[ErrorDetails]) -> bool:
    """Return whether a list is too short only because entries of it are misfits themselves."""
    loc = misfit["loc"]
    return misfit["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc and other is not misfit for other in others
    )


def _explain(source: Source, model: type[BaseModel], misfit: ErrorDetails) -> Problem:
    kind, context = misfit["type"], misfit.get("ctx", {})
    place: YamlPath = tuple(part for part in misfit["loc"] if part != "[key]")
    place += context.get("place", ())
    name = ".".join(map(str, place)) or "the file"
    if kind == "content":
        message = f"{name}: {context['message']}"
        return source.problem(place, message, context["remedy"], offset=context["offset"])
    if kind == "missing":
        words = "/text." in source.file or issubclass(model, WordGroup)
        message = f"no words for {name!r}" if words else f"{name!r} is missing"
        return source.problem(place, message, "add them" if words else "add it")
    if kind == "extra_forbidden":
        remedy = nearest(str(place[-1]), _keys(model, place[:-1]))
        return source.problem(place, f"unknown key {name!r}", remedy)
    if kind in ("literal_error", "enum"):
        remedy = nearest(str(misfit["input"]), _choices(context))
        return source.problem(place, f"{name} cannot be {misfit['input']!r}", remedy)
    if kind in ("too_short", "too_long"):
        limit = context.get("min_length", context.get("max_length"))
        bound = "at least" if kind == "too_short" else "at most"
        message = f"{name} has {context['actual_length']} entries"
        return source.problem(place, message, f"give {bound} {limit}")
    if misfit["input"] is None:
        return source.problem(place, f"{name} is empty", "write something there")
    expected = _EXPECTED.get(kind.split("_")[0], misfit["msg"])
    return source.problem(place, f"{name} has the wrong type", f"write {expected}")


def _choices(context: dict[str, Any]) -> Iterable[str]:
    return [part.strip(" '") for part in context["expected"].replace(" or ", ",").split(",")]


def _bare(model: Any) -> Any:
    """Return a type without its conditions, and without None."""
    while get_origin(model) is Annotated:
        model = get_args(model)[0]
    choices = [each for each in get_args(model) if each is not NoneType]
    return choices[0] if get_origin(model) in (Union, UnionType) else model


def _keys(model: Any, place: YamlPath) -> list[str]:
    """List the keys a model knows at `place`."""
    for part in place:
        if isinstance(model, type) and issubclass(model, BaseModel):
            fields = {field.alias or name: field for name, field in model.model_fields.items()}
            model = fields[str(part)].annotation
        else:
            model = next(arg for arg in reversed(get_args(model)) if arg is not Ellipsis)
        model = _bare(model)
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]
