"""A notebook as a page: Voila's renderer with our template, for cells that ran or that run now."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from jinja2 import StrictUndefined
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode, from_dict, reads
from voila.notebook_renderer import NotebookRenderer

from myths.catalog import cell_title
from myths.pages.lost import lost
from myths.pages.sanitizer import clean, picture, scrollable
from myths.pages.trial import SECONDS
from myths.pages.versions import NotebookVersion

log = logging.getLogger(__name__)


class PageRenderer(NotebookRenderer):
    """Runs the cells one by one as the page is made; goes on after one that fails."""

    async def fill(
        self, version: NotebookVersion, frame: Mapping[str, Any], *, template: str
    ) -> None:
        """Read that version of the notebook, and give the template what the handler gathered."""
        self._version = version
        await self.initialize()
        self.exporter.template_file = template
        self.exporter.environment.autoescape = True
        self.exporter.environment.trim_blocks = self.exporter.environment.lstrip_blocks = True
        self.exporter.environment.undefined = StrictUndefined
        self.exporter.environment.filters |= {
            "clean": clean,
            "cell_title": cell_title,
            "lost": lost,
            "picture": picture,
            "scrollable": scrollable,
        }
        self.exporter.environment.globals |= frame

    async def load_notebook(self, path: str) -> NotebookNode:  # noqa: ARG002  the hook's argument
        """Read the version that is shown (Voila's hook)."""
        read = reads(self._version.copy.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        notebook: NotebookNode = await self.fix_notebook(read)
        return notebook

    async def _jinja_cell_generator(
        self,
        nb: NotebookNode,
        kernel_id: str,  # noqa: ARG002  the hook's arguments
    ) -> AsyncIterator[NotebookNode]:
        """Run one cell after the other (the template calls it)."""
        self.executor.timeout, self.executor.interrupt_on_timeout = int(SECONDS), True
        for number, cell in enumerate(nb.cells, start=1):
            try:
                await self.executor.async_execute_cell(cell, number - 1, store_history=False)
            except CellExecutionError as fault:
                log.error("%s, cell %d: %s", self.notebook_path, number, fault)
            yield cell
        await self._cleanup_resources()


class PreparedPageRenderer(PageRenderer):
    """Shows what the code cells showed when they ran; `outputs` has a list for each of them."""

    outputs: Sequence[Sequence[dict[str, Any]]] = ()

    async def _jinja_kernel_start(self, nb: object, kernel_id: str, kernel_future: object) -> str:  # noqa: ARG002
        """Start none (the template calls it)."""
        return kernel_id

    async def _jinja_cell_generator(
        self,
        nb: NotebookNode,
        kernel_id: str,  # noqa: ARG002  the hook's arguments
    ) -> AsyncIterator[NotebookNode]:
        """Yield the cells with their outputs (the template calls it)."""
        outputs = iter(self.outputs)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = from_dict(next(outputs))  # type: ignore[no-untyped-call]
            yield cell
