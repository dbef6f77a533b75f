from __future__ import annotations

import subprocess
import sys

import myths
import pytest
from myths import evaluation

NAMES = [
    *("answers", "attrition", "change", "codebook", "distribution", "pairs", "paradata"),
    *("participants", "reliability", "wide"),
]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_its_public_name(name):
    assert name in myths.__all__
    assert getattr(myths, name) is getattr(evaluation, name)


def test_a_participants_page_loads_neither_statistics_nor_tables():
    program = (
        "import sys, myths; myths.Module; print({'scipy', 'pandas', 'numpy'} & {*sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert ran.stdout.strip() == "set()"
