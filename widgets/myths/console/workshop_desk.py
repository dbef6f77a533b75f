"""A trainer's desk in JupyterLab: which workshop is led, a form to open one, and its console."""

from __future__ import annotations

from os import PathLike

from ipywidgets import VBox

from myths import catalog
from myths.console.console import Console
from myths.console.workshop_choices import WorkshopChoices
from myths.console.workshop_chooser import WorkshopChooser
from myths.edition import published_content
from myths.store import opened


class WorkshopDesk(VBox):
    """The form above, and below it the console of the workshop that is led, if there is one."""

    def __init__(self, *, db: str | PathLike[str] | None = None) -> None:
        self._db, store = db, opened(db)
        self.chooser = WorkshopChooser(
            store,
            _choices(),
            next((each.code for each in store.workshops()[::-1] if each.state == "open"), ""),
            lead=self._show,
        )
        # its own "auto" would keep what is always at the console's bottom from staying in sight
        super().__init__([self.chooser], layout={"overflow": "visible"})
        if code := self.chooser.code:
            self._show(code)

    def _show(self, code: str) -> None:
        """Show the console of another workshop. Raises WorkshopError (reason "unknown")."""
        self.children = (self.chooser, Console(code, db=self._db))


def workshops(*, db: str | PathLike[str] | None = None) -> WorkshopDesk:
    """Open a workshop or choose one, and lead it.

    The newest workshop that people can join is led at first, as with `lead`.

    Parameters
    ----------
    db : str or path, optional
        The store's address or its SQLite file, as for ``myths serve --db``. By default it is the
        one in ``MYTHS_DB``, else ``data/workshop.sqlite``.

    Returns
    -------
    WorkshopDesk
        A widget, which a notebook shows when the call is the last line of a cell.

    Raises
    ------
    StoreError
        If the store cannot be opened.
    ContentError
        If there is no content, or it has a fault.

    Examples
    --------
    >>> import myths
    >>> desk = myths.workshops(db=myths.rehearsal_data())
    >>> desk.chooser.form["is_unfolded"]
    False
    """
    return WorkshopDesk(db=db)


def _choices() -> WorkshopChoices:
    """Return the choices in the first language of the series, as on the staff pages."""
    folder = published_content()
    series = catalog.load(folder).series
    spoken = [catalog.load(folder, language=code) for code in series.languages]
    return WorkshopChoices(
        next(each for each in spoken if each.language == series.original),
        tuple(each.language for each in spoken if each.is_whole),
        tuple(code for code in series.languages if series.is_reviewed(code)),
    )
