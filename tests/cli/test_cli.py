"""The command: help everywhere, one line for a fault, 0 only for success."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from myths.cli import main
from myths.store import open_store

from tests.threads import apart

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def commands(group: click.Group, *path: str) -> list[tuple[str, ...]]:
    found = [path]
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        inner = commands(command, *path, name) if isinstance(command, click.Group) else []
        found += inner or [(*path, name)]
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_has_help(path):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workshop.sqlite'}"


def test_a_workshop_is_opened_listed_shown_closed_and_erased(db):
    opened = run("workshop", "open", "--db", db, "--title", "Monday", "--code", "room-7")
    assert opened.exit_code == 0, opened.output
    assert "ROOM7" in opened.output
    assert "Monday" in run("workshop", "list", "--db", db).output
    assert "joined     0" in run("workshop", "show", "--db", db, "room7").output
    assert "audience   mixed" in run("workshop", "show", "--db", db, "room7").output
    assert run("workshop", "close", "--db", db, "ROOM7").exit_code == 0
    assert "closed" in run("workshop", "show", "--db", db, "ROOM7").output
    assert run("workshop", "erase", "--db", db, "ROOM7", "--yes").exit_code == 0
    assert "ROOM7" not in run("workshop", "list", "--db", db).output
    erased = run("workshop", "list", "--erased", "--db", db).output
    assert "ROOM7        erased     people 0      answers 0" in erased


def test_a_workshop_is_opened_for_an_audience_and_shows_it(db):
    opening = ("workshop", "open", "--db", db, "--audience")
    opened = run(*opening, "womens-services", "--title", "Monday", "--code", "ROOM7")
    assert opened.exit_code == 0, opened.output
    assert "audience   womens-services" in opened.output
    assert "audience   womens-services" in run("workshop", "show", "--db", db, "ROOM7").output
    assert "womens-services full-day      Monday" in run("workshop", "list", "--db", db).output
    wrong = run(*opening, "judge")
    assert wrong.exit_code != 0
    assert "'courts'" in wrong.stderr  # the list


def test_a_title_does_nothing_to_the_terminal_that_shows_it(db):
    store = open_store(db, create=True)
    store.open_workshop(title="\x1b[2JŁódź \u202eLV\nmi\u200cn\x9b")
    listed = run("workshop", "list", "--db", db).output
    assert listed.rstrip("\n").endswith("  [2JŁódź LVmi\u200cn")
    assert listed.count("\n") == 1


def test_a_staff_key_is_for_a_store_that_is_there(db, tmp_path):
    refused = run("staff", "key", "--db", db)
    assert refused.exit_code == 1
    assert "myths serve" in refused.stderr
    assert not (tmp_path / "workshop.sqlite").exists()
    store = open_store(db, create=True)
    key = run("staff", "key", "--db", db).output.strip()
    token = store.let_staff_in(key)
    assert store.staff_role(token)
    assert run("staff", "revoke", "--db", db).exit_code == 0
    assert not store.staff_role(token)


def test_keys_are_made_for_roles_and_roles_are_given_workshops(db):
    store = open_store(db, create=True)
    code = store.open_workshop(code="ROOM7").code
    key = run("staff", "key", "--db", db, "--role", "Trainers North").output.strip()
    assert run("staff", "key", "--db", db, "--role", "evaluation", "--scope", "read").exit_code == 0
    role = store.staff_role(store.let_staff_in(key) or "")
    assert role
    assert (role.name, role.scope) == ("trainers north", "own")
    assert run("workshop", "assign", "--db", db, code, "Trainers North").exit_code == 0
    assert [each.code for each in store.workshops_of(role)] == [code]
    listed = run("staff", "list", "--db", db).output.splitlines()
    assert [line.split("  ")[0] for line in listed] == ["evaluation", "trainers north"]
    assert "own   key until" in listed[1]
    assert listed[1].endswith(code)
    assert run("workshop", "assign", "--db", db, "--take", code, "trainers north").exit_code == 0
    assert store.workshops_of(role) == []
    told = run("staff", "revoke", "--db", db, "trainers north").output
    assert '`myths staff key --role "trainers north"`' in told
    assert store.let_staff_in(key) is None
    assert run("staff", "remove", "--db", db, "trainers north").exit_code == 0
    assert [each.role.name for each in store.roles()] == ["evaluation"]
    acts = [line.split()[2:4] for line in run("staff", "audit", "--db", db).output.splitlines()]
    assert acts[0] == ["coordinator", "opened"]
    assert [act for _, act in acts] == [
        *("opened", "key", "key", "assigned", "unassigned", "revoked", "removed"),
    ]


def test_a_role_that_looks_like_a_person_is_remarked_on_and_a_scope_needs_a_role(db):
    open_store(db, create=True)
    remarked = run("staff", "key", "--db", db, "--role", "Mrs Novak")
    assert (remarked.exit_code, "name what they do" in remarked.stderr) == (0, True)
    assert "name what they do" not in run("staff", "key", "--db", db, "--role", "police").stderr
    refused = run("staff", "key", "--db", db, "--scope", "read")
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_a_fault_is_one_sentence_on_stderr(tmp_path, db):
    result = run("workshop", "list", "--db", db)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "myths serve" in result.stderr  # the remedy
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_code_is_told(db):
    run("workshop", "open", "--db", db)
    result = run("workshop", "show", "--db", db, "NOSUCH")
    assert result.exit_code == 1
    assert "NOSUCH" in result.stderr


def test_check_passes_on_our_own_content():
    result = apart(run, "check", "--content", ROOT / "content", "--notebooks", ROOT / "notebooks")
    assert result.exit_code == 0, result.output


def test_check_names_file_line_and_remedy_and_fails(tmp_path):
    shutil.copytree(ROOT / "content", tmp_path / "content")
    words = tmp_path / "content/modules/risk/text.en.yml"
    words.write_text(words.read_text().replace("\ncore:", "\ncoer:"))
    result = run("check", "--content", tmp_path / "content", "--notebooks", ROOT / "notebooks")
    assert result.exit_code == 1
    assert "modules/risk/text.en.yml:" in result.output
    assert "core" in result.output


def test_a_taken_port_is_told(db, tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        places = ("--notebooks", ROOT / "notebooks", "--published", tmp_path / "published")
        result = run("serve", "--db", db, "--port", str(port), *places)
    assert result.exit_code == 1
    assert "--port" in result.stderr
