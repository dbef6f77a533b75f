from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module
from types import FunctionType

import myths
import pytest
from myths import evaluation

TABLES = [each for each in myths.__all__ if isinstance(getattr(myths, each), FunctionType)]


@pytest.mark.parametrize("name", TABLES)
def test_a_public_name_is_the_function_that_its_module_defines(name):
    found = getattr(myths, name)
    assert found is getattr(import_module(found.__module__), name)
    assert found.__name__ == name
    assert f"def {name}(" in inspect.getsource(found)  # what a notebook shows for `??`


def test_whoever_asks_for_a_name_that_is_not_there_is_told():
    with pytest.raises(AttributeError, match="nothing"):
        _ = myths.nothing
    assert set(evaluation.__all__) >= set(TABLES) - {"edit", "lead", "rehearsal_data", "workshops"}
    assert dir(myths) == sorted(myths.__all__)


def test_a_participants_page_loads_neither_statistics_nor_tables():
    program = (
        "import sys, myths; myths.Module; print({'scipy', 'pandas', 'numpy'} & {*sys.modules})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    assert ran.stdout.strip() == "set()"
