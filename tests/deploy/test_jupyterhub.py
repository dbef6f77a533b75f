"""JupyterHub's settings, and what evaluators do with an account of PostgreSQL that only reads."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from myths.edition import CONTENT_VARIABLE
from myths.errors import StoreError
from myths.store import open_store
from traitlets.config import Config

from tests.store.samples import fill

FILE = Path(__file__).parents[2] / "deploy/jupyterhub/jupyterhub_config.py"


def settings() -> tuple[Config, dict[str, Any]]:
    """What JupyterHub reads of the file, and the file's names."""
    config = Config()
    names: dict[str, Any] = {"get_config": lambda: config}
    exec(compile(FILE.read_text(), FILE, "exec"), names)  # noqa: S102  our own file
    return config, names


def test_labs_are_told_what_the_program_reads():
    config, names = settings()
    told = config.Spawner.environment
    assert told[CONTENT_VARIABLE] == str(names["WORKSHOP"] / "content")
    assert "MYTHS_DB" not in told


def test_only_evaluators_are_told_where_the_answers_are(monkeypatch: pytest.MonkeyPatch):
    config, names = settings()
    monkeypatch.setenv("MYTHS_DB", "postgresql://evaluators@localhost/myths")
    names["members"] = {"evaluators": ["eva"]}.get
    told = {}
    for name in ("eva", "tom"):
        spawner = SimpleNamespace(user=SimpleNamespace(name=name), environment={"PATH": "/bin"})
        config.Spawner.pre_spawn_hook(spawner)
        told[name] = spawner.environment
    assert told["eva"]["MYTHS_DB"].endswith("/myths")
    assert told["tom"] == {"PATH": "/bin"}


@pytest.mark.skipif(not importlib.util.find_spec("jupyterhub"), reason="without JupyterHub")
def test_jupyterhub_knows_every_setting():
    from jupyterhub.app import JupyterHub
    from jupyterhub.auth import PAMAuthenticator
    from jupyterhub.spawner import LocalProcessSpawner

    known = {"JupyterHub": JupyterHub, "PAMAuthenticator": PAMAuthenticator}
    known["Spawner"] = LocalProcessSpawner
    config, _ = settings()
    for part, values in config.items():
        traits = known[part].class_traits(config=True)
        assert set(values) <= set(traits), part
        for name, value in values.items():
            traits[name]._validate(known[part](config=Config()), value)


def test_an_account_that_only_reads_is_enough_for_tables(database: str):
    store = open_store(database, create=True)
    store.open_workshop()
    fill(store, people=5, answers=50)
    with store.writing() as conn:
        conn.exec_driver_sql("CREATE ROLE evaluators LOGIN")
        conn.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO evaluators")
    theirs = open_store(database.replace("tests@", "evaluators@"))
    assert len(theirs.answers()) == len(store.answers()) > 0
    with pytest.raises(StoreError, match="can be read but not written"):
        theirs.open_workshop()
