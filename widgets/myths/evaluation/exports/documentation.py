"""The codebook as Markdown, HTML and JSON, the words to read first, and the scripts for R.

The JSON is a Frictionless Data Package 2.0 (datapackage.json), not DDI-Codebook: it is what the
tools of our users open (R's `frictionless`, pandas by way of `frictionless`, Open Data Editor,
CKAN, Zenodo), and it is plain JSON that also stands beside the files it describes. DDI is XML for
archives: open data has it, see `open_data`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from myths.evaluation.exports.contents import ExportColumn, ExportTable, ExportTables
from myths.evaluation.words import EvaluationWords
from myths.vocabulary import RATED, Phase

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".sav": "application/x-spss-sav",
    ".dta": "application/x-stata-dta",
    ".R": "text/x-r",
}
_ASSETS = Path(__file__).with_name("assets")
templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_ASSETS),
    autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2", "xml.j2")),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def read_me(tables: ExportTables, formats: Sequence[str], notes: Sequence[str]) -> str:
    """Return the words to read first, as Markdown."""
    people, words = tables.participants.frame, tables.words
    template = templates.get_template("README.md.j2")
    return template.render(
        tables=tables,
        held={
            "answers": words.count(tables.answers.rows),
            "texts": words.count(tables.texts),
            "people": words.count(len(people)),
            "workshops": words.count(people["workshop"].nunique()),
        },
        formats=formats,
        notes=notes,
        export=words.export,
        words=words.read_me,
        as_of=_told(tables.as_of),
    )


def scripts(tables: ExportTables) -> dict[str, str]:
    """Return the scripts for R: one reads the CSV files, the other fits a mixed ordinal model."""
    says = tables.words
    about = {
        "tables": tables,
        "phases": Phase.words(),
        "declined": says.export.declined,
        "words": says.script,
    }
    names = ("read.R", "model.R")
    return {name: templates.get_template(f"{name}.j2").render(about) for name in names}


def write_codebook(
    folder: Path, tables: ExportTables, files: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write codebook.md, codebook.html and datapackage.json; `files` has size and hash of each."""
    about = {
        "tables": tables,
        "modules": _modules(tables.codebook.frame),
        "as_of": _told(tables.as_of),
        "as_of_iso": tables.as_of.isoformat(),
        "export": tables.words.export,
        "words": tables.words.codebook,
        "style": (_ASSETS / "codebook.css").read_text("utf-8"),
    }
    for name in ("codebook.md", "codebook.html"):
        page = templates.get_template(f"{name}.j2").render(about)
        (folder / name).write_text(page, "utf-8", newline="\n")
    package = {
        "$schema": PROFILE,
        "name": "myths-export",
        "title": tables.words.export.title,
        "description": tables.words.export.as_of.format(time=_told(tables.as_of)),
        "resources": [
            resource(path, about, getattr(tables, Path(path).stem, None), tables.words)
            for path, about in sorted(files.items())
        ],
        "codebook": _records(tables.codebook.frame),
        "variables": _records(tables.variables.frame),
        "values": _records(tables.values.frame),
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(f"{text}\n", "utf-8", newline="\n")


def _told(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"


def _modules(book: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    modules = book.astype({"module": "str"}).groupby("module", sort=False)
    return {str(module): _records(rows) for module, rows in modules}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain objects, None where something is missing."""
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(map(str, frame.columns), row, strict=True)) for row in rows]


def resource(
    path: str, about: Mapping[str, Any], table: ExportTable | None, words: EvaluationWords
) -> dict[str, Any]:
    """Return a file as a resource of a data package; `about` is its size and its hash."""
    name, ending = Path(path).stem, Path(path).suffix
    found: dict[str, Any] = {
        "name": f"{name}-{ending[1:]}".lower(),
        "path": path,
        "format": ending[1:],
        "mediatype": _MEDIA[ending],
        "bytes": about["bytes"],
        "hash": f"sha256:{about['sha256']}",
    }
    if ending != ".csv" or table is None:
        return found | {"type": "file"}  # not for the package's own tools to read as a table
    schema = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    return found | {
        "type": "table",
        "encoding": "utf-8",
        "title": table.title,
        "description": words.export.apostrophe,
        "schema": schema,
    }


def _field(column: ExportColumn) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title}
    if column.labels and column.type == "integer":
        found["categories"] = [
            {"value": value, "label": label} for value, label in column.labels.items()
        ]
        found["categoriesOrdered"] = column.kind in RATED
    if column.words:
        found["categories"] = [{"value": k, "label": word} for k, word in column.words.items()]
    return found
