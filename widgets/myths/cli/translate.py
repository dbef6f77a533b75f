"""The commands for translators: give texts out, take them back, say how far a language is."""

from __future__ import annotations

from pathlib import Path

import click

from myths.cli.options import content_option
from myths.errors import LocalizationError

FORMATS = (".xlsx", ".po")


@click.group()
def translate() -> None:
    """Exchange the texts of a language with a translator."""


@translate.command(name="export")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@content_option
def export_texts(*, language: str, file: Path | None, content: Path | None) -> None:
    """Write all texts of LANGUAGE into FILE, a spreadsheet (.xlsx) or a PO file (.po).

    The translator fills the column "translation" and leaves all others. [default: LANGUAGE.xlsx]
    """
    from myths import localization

    file = file or Path(f"{language}.xlsx")
    _check_format(file)
    translations = localization.Translations(content, language)
    make = localization.to_po if file.suffix == ".po" else localization.to_xlsx
    localization.write({file: make(translations)})
    click.echo(f"{len(translations.units)} texts are in {click.format_filename(file)}.")


@translate.command(name="import")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@content_option
def import_texts(*, language: str, file: Path, content: Path | None) -> None:
    """Take the translations of LANGUAGE from FILE, all of them or none.

    What is wrong is told by sheet and cell, with what to do; then nothing is written.
    """
    from myths import localization

    _check_format(file)
    translations = localization.Translations(content, language)
    read = localization.of_po if file.suffix == ".po" else localization.of_xlsx
    returned = read(file)
    count = localization.take_over(translations, returned)
    for note in returned.notes:
        click.echo(f"look at: {note}")
    for fault in returned.faults:
        click.echo(f"error: {fault}")
    if returned.faults:
        raise LocalizationError(f"{len(returned.faults)} to mend first. Nothing was written.")
    click.echo(f"{count} texts are new or changed. Now run `myths check`.")


@translate.command()
@click.argument("language", required=False)
@content_option
def status(*, language: str | None, content: Path | None) -> None:
    """Print how far each translation is, file by file; or only that of LANGUAGE."""
    from myths import catalog, localization

    languages = [language] if language else catalog.load(content).series.languages[1:]
    if not languages:
        click.echo("The series is in one language: `myths new-language CODE` begins another.")
    for code in languages:
        translations = localization.Translations(content, code)
        state = "reviewed" if translations.is_reviewed else "draft"
        click.echo(f"{translations.name} ({code}), {state}")
        click.echo(f"  {'words':>7} {'texts':>6} {'missing':>8} {'out of date':>12}")
        for each in translations.status:
            counts = f"{each.words:>7} {each.texts:>6} {each.missing:>8} {each.outdated:>12}"
            click.echo(f"  {counts}  {each.file}")


@click.command(name="new-language")
@click.argument("code")
@content_option
def new_language(*, code: str, content: Path | None) -> None:
    """Begin a translation into the language CODE, such as de or pt-BR.

    Its files are made with everything marked to be translated, and it is a draft in series.yml.
    People are offered it once the words of the buttons (ui) are translated.
    """
    from myths import localization

    made = localization.begin_language(content, code)
    for path in made:
        click.echo(click.format_filename(path))
    click.echo(f"\nNow: myths translate export {code}, and later myths translate import {code}")


def _check_format(file: Path) -> None:
    if file.suffix not in FORMATS:
        raise LocalizationError(
            f"{file} is neither a spreadsheet nor a PO file: name one that ends in .xlsx or .po "
            "(in Excel and LibreOffice: 'Save as', Excel workbook)."
        )
