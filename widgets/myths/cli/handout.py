"""The command that makes what a room works with on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from myths import catalog, files, handouts
from myths.cli.options import content_option, db_option
from myths.edition import published_content
from myths.errors import MythsError
from myths.store import open_store
from myths.vocabulary import Audience


@click.command()
@click.argument("modules", nargs=-1, metavar="[MODULE]...")
@content_option
@click.option("--leaflet", is_flag=True, help="Only the leaflet of the whole series, to fold.")
@click.option(
    "--sheets",
    type=click.IntRange(1, 200),
    metavar="PEOPLE",
    help="Only sheets for so many people, each with a number and a recovery code of its own.",
)
@click.option("--workshop", metavar="CODE", help="The workshop that these sheets are for.")
@db_option
@click.option(
    "--audience",
    type=click.Choice(Audience.words()),
    default=Audience.MIXED.value,
    show_default=True,
    help="Whose work the sheets ask about, and whose cases they tell.",
)
@click.option(
    "--country",
    default="eu",
    show_default=True,
    help="Whose support lines stand on the sheets: a file in content/support.",
)
@click.option("--language", default="en", show_default=True, help="One that series.yml lists.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("handouts"),
    show_default=True,
    help="The folder to write into; older handouts of the same name there are replaced.",
)
def handout(
    *,
    modules: tuple[str, ...],
    content: Path | None,
    leaflet: bool,
    sheets: int | None,
    workshop: str | None,
    db: str | None,
    audience: str,
    country: str,
    language: str,
    out: Path,
) -> None:
    """Write what a room needs on paper, as accessible PDF.

    For each MODULE (all of them when left out) the trainer's guide and the participants' sheet; and
    the card with the questions to ask any programme. With --leaflet, the leaflet in their place: A4
    across, printed on both sides (turn at the short edge) and folded twice, the cover on top.

    With --sheets and --workshop, one file with a set for each person: a page with a strip to tear
    off, and the sheets of the workshop's modules (or of each MODULE), in the language, with the
    support lines and for the audience of the workshop. What people write on these can be typed in
    at /staff/paper. The file holds all their recovery codes: print it, then delete it.
    """
    if leaflet and modules:
        raise click.UsageError("The leaflet is about the whole series: name no module with it.")
    if (sheets is None) != (workshop is None) or (leaflet and sheets):
        raise click.UsageError(
            "Sheets with numbers are of one workshop: --sheets 12 --workshop CODE."
        )
    if sheets and workshop:
        made = _numbered(workshop, sheets, modules, content=content, db=db)
        files.write({out / name: pdf for name, pdf in made.items()}, unwritten=_unwritten)
        for name in made:
            click.echo(f"{out / name}")
        click.echo("It holds the recovery codes of all these people: print it, then delete it.")
        return
    words, day = catalog.load(published_content(content), language=language), date.today()
    known = sorted(each.country for each in words.support)
    if country not in known:
        raise MythsError(
            f"There are no support lines for {country!r}: choose from {', '.join(known)}."
        )
    if leaflet:
        made = handouts.leaflet_document(words, country=country, day=day)
    else:
        made = handouts.questions_document(words, day=day)
        for slug in dict.fromkeys(modules or words.series.modules):
            made |= handouts.module_documents(
                words, slug, audience=audience, country=country, day=day
            )
    files.write({out / name: pdf for name, pdf in made.items()}, unwritten=_unwritten)
    for name in made:
        click.echo(f"{out / name}")


def _numbered(
    code: str, people: int, modules: tuple[str, ...], *, content: Path | None, db: str | None
) -> dict[str, bytes]:
    """Return a set for each person as one document; their numbers are kept in the store first."""
    store = open_store(db)
    workshop = store.workshop(code, joinable=False)
    words = catalog.load(published_content(content), language=workshop.language)
    slugs = [*dict.fromkeys(modules)] or words.series.taught(workshop.modules)
    for slug in slugs:
        words.module(slug)  # a wrong name is told before anything is kept
    consent = handouts.PaperCover(words, workshop).consent
    printed = store.new_paper_sets(
        workshop.code, language=words.language, consent=consent, count=people
    )
    return handouts.paper_sets_document(words, workshop, slugs, printed, day=date.today())


def _unwritten(path: Path, fault: OSError) -> MythsError:
    return MythsError(
        f"{path} cannot be written ({fault.strerror}): choose another place with --out."
    )
