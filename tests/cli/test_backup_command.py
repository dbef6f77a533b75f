"""The commands backup, restore and merge, as they are typed."""

from __future__ import annotations

from tests.cli.test_cli import run
from tests.store.samples import expire
from tests.store.stores import fill, new, said


def test_a_workshop_is_backed_up_restored_and_merged_by_command(tmp_path):
    room = new(tmp_path, "room.sqlite")
    fill(room)
    made = run("backup", "--db", room.address, tmp_path / "monday")
    assert made.exit_code == 0, made.output
    assert "1 workshops, 3 people, 15 answers" in made.output
    assert f"Delete this backup by {room.workshops()[0].erasing_date}" in made.output
    target = new(tmp_path, "restored.sqlite")
    restored = run("restore", "--db", target.address, tmp_path / "monday")
    assert restored.exit_code == 0, restored.output
    assert "3 people" in restored.output
    central = new(tmp_path, "central.sqlite")
    merged = run("merge", "--db", central.address, tmp_path / "room.sqlite", target.address)
    assert merged.exit_code == 0, merged.output
    assert "3 people and 15 answers came in" in merged.output
    assert "0 people and 0 answers came in" in merged.output
    assert said(central) == said(room) == said(target)


def test_a_restore_tells_what_is_there_afterwards_and_what_it_left_out(tmp_path):
    room = new(tmp_path, "room.sqlite")
    fill(room, code="LATE")
    fill(room, code="ROOM7", people=2)
    expire(room, room.workshop("LATE", joinable=False))
    room.backup(tmp_path / "monday")
    told = run("restore", "--db", f"sqlite:///{tmp_path}/new.sqlite", tmp_path / "monday").output
    assert "now here: 1 workshops, 2 people, 10 answers" in told
    assert "The backup held 2 workshops, 5 people, 25 answers." in told
    assert "The workshop LATE was left out" in told


def test_faults_are_one_sentence_with_a_remedy(tmp_path):
    room = new(tmp_path, "room.sqlite")
    fill(room)
    run("backup", "--db", room.address, tmp_path / "monday")
    for arguments, remedy in (
        (("backup", "--db", room.address, tmp_path / "monday"), "another name"),
        (("restore", "--db", room.address, tmp_path / "monday"), "--replace"),
        (("restore", "--db", room.address, tmp_path / "room.sqlite"), "myths backup"),
        (("merge", "--db", room.address, tmp_path / "nowhere.sqlite"), "check the name"),
        (("merge", "--db", room.address, tmp_path / "room.sqlite"), "another database"),
        (("merge", "--db", room.address, "--rename", "A", tmp_path / "x"), "OLD=NEW"),
        (("workshop", "open", "--db", f"sqlite:///{tmp_path}/monday"), "myths restore"),
    ):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) == 1
        assert remedy in result.stderr
