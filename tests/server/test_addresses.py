"""Which address leads to which page; one whose notebook has another name says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from myths import catalog

from tests.server.conftest import launch, read, stop
from tests.server.test_last_good import Room, notebook, own_copy

SAYS = catalog.load().ui.errors


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A server with a module `harm2`, and with the notebook of `funding` under another name."""
    folder = tmp_path_factory.mktemp("addresses")
    command, more = own_copy(folder, seconds=60)
    module = shutil.copytree(folder / "content/modules/harm", folder / "content/modules/harm2")
    plan = module / "module.yml"
    plan.write_text(plan.read_text().replace("slug: harm", "slug: harm2"))
    series = folder / "content/series.yml"
    series.write_text(series.read_text().replace("harm,", "harm, harm2,", 1))
    harm, funding = notebook(folder, "harm"), notebook(folder, "funding")
    source = harm.read_text().replace('\\"harm\\"', '\\"harm2\\"')
    harm.with_name("16_harm2.ipynb").write_text(source)
    funding.rename(funding.with_name("07_finance.ipynb"))
    running = launch(command, f"sqlite:///{folder}/workshop.sqlite", folder / "log", more=more)
    yield Room(running, folder)
    stop(running)


def test_a_slug_with_digits_has_an_address(room: Room):
    assert "harm2.myth.before" in room.shown("harm2")


def test_a_page_without_a_notebook_says_which_and_so_do_the_trainers_pages(room: Room):
    page = room.visitor.get("/m/funding")
    assert page.status_code == 503
    assert SAYS.no_notebook.format(page="funding") in read(page)
    told = room.told()
    assert "the page 'funding' has no notebook (there is 07_finance.ipynb); name it 04_" in told


@pytest.mark.parametrize("path", ["/m/finance", "/m/nowhere", "/m/Harm", "/m/harm-"])
def test_what_is_no_page_of_the_series_is_not_there(room: Room, path: str):
    page = room.visitor.get(path)
    assert (page.status_code, SAYS.not_found in read(page)) == (404, True)
