"""What a page costs, in what every machine counts alike: a change that makes it dear fails.

The bounds leave room for other machines and versions; the bench measures how far below they are.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from myths.forkserver import ForkServer
from myths.pages import PRELOADED, RUN

from tests.forkserver.kernels import Kernel, children, cpu, memory, wait_until
from tests.server.conftest import ROOT, Running, Visitor, serving
from tests.server.wire import Wire, key
from tests.threads import finish

PAGES = 6

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("budget") / "workshop.sqlite") as running:
        yield running


@pytest.fixture(scope="module")
def inside(own: Running) -> Visitor:
    """Somebody who has seen the page once, so that it is prepared."""
    visitor = Visitor(own)
    visitor.join()
    Wire(visitor, "risk").shut_down()
    return visitor


def tree(pid: int) -> set[int]:
    return {pid}.union(*(tree(child) for child in children(pid)))


def test_a_page_asks_for_few_files_and_they_are_small(inside: Visitor):
    wire = Wire(inside, "risk")
    wire.shut_down()
    page = wire.page
    files = sorted(set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)))
    assert len(files) == 3  # a style, the page's script, the exit's script
    sizes = [len(gzip.compress(page.content))]
    for file in files:
        answer = inside.get(file)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        sizes.append(int(answer.headers["Content-Length"]))
    sizes.append(len(gzip.compress(json.dumps(wire.states).encode())))
    assert sum(sizes) < 37_700, sizes  # 37,600, of which 2,500 follow a room that is led


def test_a_page_has_the_words_that_its_scripts_say_and_no_others(inside: Visitor):
    wire = Wire(inside, "risk")
    wire.shut_down()
    scripts = {
        "page-words": "server/static/connection.js",
        "step-words": "server/static/steps.js",
        "exit": "components/quickexit.js",
    }
    for block, file in scripts.items():
        source = (ROOT / "widgets/myths" / file).read_text(encoding="utf-8")
        said = set(re.findall(r'(?:\bwords\.|\bw\("|\bw\.count\(")(\w+)', source))
        found = re.search(f'id="{block}">(.*?)</script>', wire.page.text)
        assert found
        told = json.loads(found[1])
        assert {re.sub("_(one|other)$", "", key) for key in told.get("words", told)} == said


def test_of_its_widgets_a_page_is_told_what_its_script_reads(inside: Visitor):
    wire = Wire(inside, "risk")
    assert len(wire.questions) > 10
    states = json.dumps(wire.states)
    assert len(states) < 15_000  # 13,200
    assert len(gzip.compress(states.encode())) < 1_700  # 1,490
    for unread in ("layout", "_esm", "_css", "Why it misleads", '"html": "<'):
        assert unread not in states
    wire.shut_down()


def test_a_page_is_one_process_and_little_time_and_memory(own: Running, inside: Visitor):
    root = own.process.pid
    wait_until(lambda: len(tree(root)) <= 4, "only the server, its forks and two pages' templates")
    before = {pid: cpu(pid) for pid in tree(root)}
    wires = [Wire(inside, "risk") for _ in range(PAGES - 1)]
    time.sleep(0.3)
    after = {pid: cpu(pid) for pid in tree(root)}
    assert len(after) - len(before) == len(wires)
    used = sum(seconds - before.get(pid, 0) for pid, seconds in after.items()) / len(wires)
    assert used < 0.3, f"{used:.3f} s of CPU for a page"
    for wire in wires:
        answer = {"key": key(), "sent": 0, "value": 3}
        assert wire.answer("risk.myth.before", answer)["state"] == "saved"
    own_memory = [memory(pid, "Private_Dirty") for pid in after.keys() - before.keys()]
    assert sum(own_memory) / len(own_memory) < 10, f"{own_memory} MB"  # 7.6 when it was written
    for wire in wires:
        wire.shut_down()
    wait_until(lambda: len(tree(root)) <= len(before), "every kernel ends with its page")


def test_a_kernel_has_nothing_loaded_that_only_others_need(tmp_path: Path):
    notebook = shutil.copy(ROOT / "notebooks/participants/01_risk.ipynb", tmp_path)
    server = ForkServer(PRELOADED)
    template = finish(
        server.prepare(
            RUN,
            notebook=str(notebook),
            stock=True,  # the same modules, and a kernel that can be asked
            seconds=60,
            env=dict(os.environ),
            cwd=str(ROOT),
            stdout=1,
            stderr=2,
        )
    )
    kernel = Kernel(tmp_path, None, template=template)
    loaded = set(kernel.run("import sys; print(*sys.modules)").split())
    assert "myths.module" in loaded
    for module in ("pandas", "numpy", "scipy", "altair", "matplotlib", "voila", "jupyterlab"):
        assert module not in loaded
    kernel.stop(now=True)
    template.close()
    server.close()
