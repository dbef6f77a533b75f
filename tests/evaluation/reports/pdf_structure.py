"""What can be seen of PDF/UA-1 in a document without another program: its tree, tables and marks.

It reads documents as Typst writes them, with each object in plain sight. It is no veraPDF: it
cannot tell whether the order of reading makes sense, whether an alternative text is a good one,
whether colours can be told apart, or whether each width of a font is right.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_TOKEN = re.compile(
    rb"<<|>>|\[|\]|/[^\s/<>\[\]()]*|\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\d+ 0 R|[^\s/<>\[\]()]+",
    re.DOTALL,
)
_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"\nstream\r?\n(.*)\nendstream", re.DOTALL)
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_OPERATOR = re.compile(rb"(?<![\w/])(BDC|BMC|EMC|Tj|TJ|Do|sh|[fBb]\*?|[Ss])(?![\w*])")
_DEPTH = {b"BDC": 1, b"BMC": 1, b"EMC": -1}
_LANGUAGE = re.compile(rb"/Lang\s*\(([\w-]+)\)")
_STANDARD = {"Document", "P", "H1", "H2", "H3", "Table", "THead", "TBody", "TR", "TH", "TD"} | {
    "Caption",
    "Figure",
    "Div",
    "Span",
    "Strong",
    "Em",
}


@dataclass(frozen=True)
class Ref:
    """A reference to an object."""

    number: int


class PdfStructure:
    """A document's objects, and what is wrong with them."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self.objects: dict[int, Any] = {}
        self.streams: dict[int, bytes] = {}
        for number, body in _OBJECT.findall(pdf):
            plain = _STREAM.split(body)
            self.objects[int(number)] = _parsed(plain[0])
            if len(plain) > 1:
                filtered = b"/FlateDecode" in plain[0]
                self.streams[int(number)] = zlib.decompress(plain[1]) if filtered else plain[1]
        every = [each for each in self.objects.values() if isinstance(each, dict)]
        self.catalog = next(each for each in every if each.get("Type") == "Catalog")
        self.pages = [each for each in every if each.get("Type") == "Page"]
        self.fonts = [each for each in every if each.get("Type") == "Font"]
        self.root = self.at(self.catalog["StructTreeRoot"])

    def at(self, value: Any) -> Any:
        """Follow a reference."""
        return self.objects[value.number] if isinstance(value, Ref) else value

    def below(self, element: dict[str, Any]) -> list[dict[str, Any]]:
        """List the elements right below one."""
        kids = element.get("K", [])
        kids = kids if isinstance(kids, list) else [kids]
        found = [self.at(each) for each in kids]
        return [each for each in found if isinstance(each, dict) and "S" in each]

    def walk(self, element: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Yield all elements in the order in which they are read."""
        for each in self.below(element or self.root):
            yield each
            yield from self.walk(each)

    def content(self, page: dict[str, Any]) -> bytes:
        """Return what is drawn on a page."""
        parts = page["Contents"]
        return b"\n".join(
            self.streams[each.number] for each in (parts if isinstance(parts, list) else [parts])
        )

    @property
    def languages(self) -> set[str]:
        """The languages that are marked, of elements and of words inside of them."""
        said = {each["Lang"] for each in self.walk() if "Lang" in each}
        inside = {m.decode() for page in self.pages for m in _LANGUAGE.findall(self.content(page))}
        return {self.catalog["Lang"], *said, *inside}

    def faults(self) -> list[str]:
        """List all faults that can be seen."""
        return [*self._document(), *self._tree(), *self._tables(), *self._marks(), *self._fonts()]

    def _document(self) -> Iterator[str]:
        if self.catalog.get("MarkInfo") != {"Marked": "true", "Suspects": "false"}:
            yield "the document is not marked"
        if not self.catalog.get("Lang"):
            yield "it has no language"
        if self.catalog.get("ViewerPreferences", {}).get("DisplayDocTitle") != "true":
            yield "its title is not shown"
        for told in (b"<pdfuaid:part>1</pdfuaid:part>", b"<dc:title>"):
            if told not in self.pdf and not any(told in each for each in self.streams.values()):
                yield f"its description lacks {told.decode()}"
        if any(page.get("Tabs") != "S" for page in self.pages):
            yield "a page is not walked in the order of the tree"

    def _tree(self) -> Iterator[str]:
        top = [each["S"] for each in self.below(self.root)]
        if top != ["Document"]:
            yield f"the tree begins with {top}"
        mapped = self.root.get("RoleMap", {})
        for each in self.walk():
            kind = each["S"]
            if mapped.get(kind, kind) not in _STANDARD:
                yield f"{kind} is no standard kind"
            if kind == "Figure" and not str(each.get("Alt", "")).strip():
                yield "a figure has no alternative"
            yield from (
                f"{below['S']} in {kind} has another parent"
                for below in self.below(each)
                if self.at(below["P"]) is not each
            )
        levels = [int(each["S"][1]) for each in self.walk() if re.fullmatch("H[1-6]", each["S"])]
        if levels[:1] != [1] or levels.count(1) != 1:
            yield f"the headings begin with {levels[:2]}"
        if any(after > before + 1 for before, after in pairwise(levels)):
            yield f"a level of headings is left out: {levels}"

    def _tables(self) -> Iterator[str]:
        for table in (each for each in self.walk() if each["S"] == "Table"):
            kinds = [each["S"] for each in self.below(table) if each["S"] != "Caption"]
            if kinds != ["THead", "TBody"]:
                yield f"a table is made of {kinds}"
            rows = [
                row for part in self.below(table) for row in self.below(part) if row["S"] == "TR"
            ]
            cells = [[cell["S"] for cell in self.below(row)] for row in rows]
            if len({len(row) for row in cells}) != 1:
                yield "the rows of a table are uneven"
            if {*cells[0]} != {"TH"}:
                yield f"a table's first row is {cells[0]}"
            if any(row[0] != "TH" or "TH" in row[1:] for row in cells[1:]):
                yield "a row's head is not its first cell alone"
            for number, row in enumerate(rows):
                wanted = "Row" if number else "Column"
                heads = [cell for cell in self.below(row) if cell["S"] == "TH"]
                if {self._scope(cell) for cell in heads} != {wanted}:
                    yield f"a head has no scope {wanted}"

    def _scope(self, cell: dict[str, Any]) -> str | None:
        told = self.at(cell.get("A", []))
        told = told if isinstance(told, list) else [told]
        return next((each["Scope"] for each in map(self.at, told) if "Scope" in each), None)

    def _marks(self) -> Iterator[str]:
        """Find what is drawn and neither in the tree nor marked as no content."""
        for number, page in enumerate(self.pages, 1):
            depth = 0
            for operator in _OPERATOR.findall(_STRING.sub(b" ", self.content(page))):
                depth += _DEPTH.get(operator, 0)
                if operator not in _DEPTH and not depth:
                    yield f"page {number} draws what is in no mark ({operator.decode()})"
            if depth:
                yield f"page {number} has a mark without an end"

    def _fonts(self) -> Iterator[str]:
        for font in self.fonts:
            if font["Subtype"] == "Type0" and "ToUnicode" not in font:
                yield f"{font.get('BaseFont')} tells no letters"
        described = [
            each
            for each in self.objects.values()
            if isinstance(each, dict) and each.get("Type") == "FontDescriptor"
        ]
        if any(not {"FontFile2", "FontFile3"} & set(each) for each in described):
            yield "a font is not in the document"


def _parsed(text: bytes) -> Any:
    tokens = iter(_TOKEN.findall(text))
    return _value(next(tokens), tokens)


def _value(token: bytes, tokens: Iterator[bytes]) -> Any:
    if token == b"<<":
        found: dict[str, Any] = {}
        while (name := next(tokens)) != b">>":
            found[name[1:].decode("latin-1")] = _value(next(tokens), tokens)
        return found
    if token == b"[":
        listed = []
        while (each := next(tokens)) != b"]":
            listed.append(_value(each, tokens))
        return listed
    if token.endswith(b" 0 R"):
        return Ref(int(token.split()[0]))
    if token.startswith(b"<"):
        raw = bytes.fromhex(token[1:-1].decode())
        return raw[2:].decode("utf-16-be") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")
    return token.strip(b"/()").decode("latin-1")
