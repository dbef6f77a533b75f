"""The texts as a PO file, for translators' own tools."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog as Messages
from babel.messages.pofile import PoFileError, read_po, write_po

from myths import catalog
from myths.errors import LocalizationError
from myths.localization.returned import Returned, ReturnedText
from myths.localization.translations import Translations

_MARK = "mark: "  # before what tells whether a text was changed here meanwhile


def to_po(translations: Translations) -> bytes:
    """Return the PO file; what is out of date is marked "fuzzy", with the source before."""
    messages = Messages(
        locale=translations.language.replace("-", "_"), project="myths", fuzzy=False
    )
    for unit in translations.units.values():
        messages.add(
            unit.source,
            unit.translation,
            context=unit.id,
            auto_comments=[
                *(part for part in (unit.context, unit.length, unit.changed) if part),
                f"{_MARK}{unit.mark}",
            ],
            previous_id=[unit.earlier] if unit.earlier else (),
            flags=["fuzzy"] if unit.earlier else (),
        )
    out = io.BytesIO()
    write_po(out, messages, width=0, include_previous=True)
    return out.getvalue()


def of_po(path: Path) -> Returned:
    """Read a PO file that came back. Raises LocalizationError if it is none."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise LocalizationError(f"{path} cannot be read: {fault.strerror}.") from fault
    try:
        words = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise LocalizationError(
            f"{path}:{line}: this is not UTF-8 text: save the file as UTF-8 and import it again."
        ) from fault
    try:
        messages = read_po(io.StringIO(words), abort_invalid=True, charset="utf-8")
    except (PoFileError, ValueError) as fault:
        raise LocalizationError(f"{path} is no PO file: {fault}.") from fault
    returned = Returned()
    for message in messages:
        if message.id:
            source, text = str(message.id), str(message.string or "")
            marks = [line for line in message.auto_comments if line.startswith(_MARK)]
            before = marks[-1].partition("-")[2] if marks else ""
            returned.texts.append(
                ReturnedText(
                    f"line {message.lineno}",
                    message.context or "",
                    catalog.wording(source, []),
                    source,
                    text,
                    not message.fuzzy,
                    before,
                )
            )
    return returned
