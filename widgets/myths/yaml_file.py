"""Change a YAML file and keep what else stands in it: comments, order, quotes, all other lines.

As where content is read, every scalar is the text that stands in the file: a telephone number keeps
its zeros, and `null` is the word.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver


def edited(words: str, change: Callable[[Any], None]) -> str:
    """Return the words of a YAML file as they are once its tree was changed."""
    tree = read_tree(words)
    change(tree)
    return written(tree)


def read_tree(words: str) -> Any:
    """Read a YAML file with its comments. Raises ruamel's YAMLError, or ValueError."""
    return _parser().load(words)


def written(tree: Any) -> str:
    """Return a tree as the words of a file."""
    out = StringIO()
    _parser().dump(tree, out)
    return out.getvalue()


def in_one_line(entry: dict[str, str]) -> Any:
    """Return an entry of a list that is written as `{key: words}`."""
    made = _parser().map(**entry)
    made.fa.set_flow_style()
    return made


class _Words(VersionedResolver):
    """Takes every scalar for words."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the kind of a node (ruamel's hook)."""
        if kind is ScalarNode:
            return self.DEFAULT_SCALAR_TAG
        return super().resolve(kind, value, implicit)


def _parser() -> YAML:
    parser = YAML()
    parser.Resolver = _Words
    parser.preserve_quotes = True
    parser.width = 100_000
    parser.indent(mapping=2, sequence=4, offset=2)
    return parser
