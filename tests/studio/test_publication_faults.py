"""A full disk, missing rights, a file that goes, a crash, two at once: nothing is half-done."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from myths.errors import PublicationError
from myths.studio.draft_files import DraftFiles

from tests.studio.conftest import Draft, served, state

PUBLISH = (
    "import sys; from pathlib import Path; from myths.studio import Publication; "
    "Publication(*map(Path, sys.argv[1:])).publish(run=False)"
)


def program(draft: Draft, code: str = PUBLISH) -> list[str]:
    places = (draft.content, draft.notebooks, draft.published)
    return [sys.executable, "-c", code, *map(str, places)]


def second(draft: Draft) -> None:
    draft.publication().open()
    draft.title("Second")


def test_a_full_disk_changes_nothing_and_is_told(draft: Draft):
    """The limit on a file's size stands for the disk: it stops a write in its middle."""
    second(draft)
    before = state(draft.published)
    said = subprocess.run(
        ["sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *program(draft)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PublicationError" in said.stderr
    assert "cannot be written (File too large), and nothing was changed: make room" in said.stderr
    assert state(draft.published) == before


@pytest.mark.parametrize("step", ["fsync", "replace", "rename"])
def test_a_disk_that_is_full_at_any_step_changes_nothing(
    draft: Draft, monkeypatch: pytest.MonkeyPatch, step: str
):
    second(draft)
    before, original, left = (
        state(draft.published),
        getattr(os, step),
        [0 if step == "rename" else 40],
    )

    def full(*arguments: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return original(*arguments)

    monkeypatch.setattr(os, step, full)
    with pytest.raises(PublicationError, match="No space left on device") as refused:
        draft.publication().publish(run=False)
    assert refused.value.reason == "unwritten"
    monkeypatch.undo()
    assert state(draft.published) == before
    draft.publication().publish(run=False)
    assert served(draft) == "title: Second"


def test_a_folder_that_cannot_be_made_says_which_other_can_be_named(draft: Draft):
    draft.published.write_text("a file")
    with pytest.raises(PublicationError, match="name a folder where this account may write"):
        draft.publication().open()
    assert draft.published.read_text() == "a file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_told(draft: Draft):
    second(draft)
    draft.published.chmod(0o500)
    try:
        with pytest.raises(PublicationError, match="Permission denied"):
            draft.publication().publish(run=False)
    finally:
        draft.published.chmod(0o700)
    assert served(draft) != "title: Second"


def test_a_file_that_goes_while_it_is_copied_is_named(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
):
    second(draft)
    before, publication = state(draft.published), draft.publication()
    files = publication.draft.named()
    (draft.content / "organiser.yml").unlink()
    monkeypatch.setattr(DraftFiles, "named", lambda _: files)
    with pytest.raises(PublicationError, match=r"organiser\.yml cannot be read") as refused:
        publication.publish(run=False)
    assert refused.value.reason == "unread"
    assert state(draft.published) == before


def test_of_two_who_publish_at_once_one_is_told_and_nothing_is_mixed(draft: Draft):
    """A server and a command: each has looked, and each copies and checks before it is done."""
    second(draft)
    first = draft.publication()

    def meanwhile(*_: object) -> None:
        draft.title("Third")
        draft.put()
        draft.title("Fourth")

    with pytest.raises(PublicationError, match="Somebody else has published meanwhile") as refused:
        first._put(first.draft, "publish", judge=meanwhile)
    assert refused.value.reason == "meanwhile"
    assert served(draft) == "title: Third"
    assert draft.publication().current.number == 2  # type: ignore[union-attr]
    first.publish(run=False)
    assert served(draft) == "title: Fourth"


def test_two_programs_that_publish_again_and_again_leave_every_state_whole(draft: Draft):
    draft.publication().open()
    code = (
        "import sys; from pathlib import Path; from myths.studio import Publication\n"
        "from myths.errors import PublicationError\n"
        "publication = Publication(*map(Path, sys.argv[1:4]))\n"
        "for _ in range(15):\n"
        "    try: publication._put(publication.draft, 'publish')\n"
        "    except PublicationError as fault: assert fault.reason == 'meanwhile', fault\n"
    )
    both = [subprocess.Popen(program(draft, code)) for _ in range(2)]
    reader = draft.publication()
    seen = set()
    while any(each.poll() is None for each in both):
        seen.add(reader.served_content)
    assert len(seen) > 1
    assert [each.returncode for each in both] == [0, 0]
    history = [*draft.publication().published.history()]
    assert len(history) == 10
    assert not list(draft.published.glob(".unfinished*"))


KILLS = {
    "while it copies": (
        "left = [20]\n"
        "def fsync(_):\n"
        "    left[0] -= 1\n"
        "    left[0] or os.kill(os.getpid(), 9)\n"
        "os.fsync = fsync\n"
    ),
    "before the switch": "os.rename = lambda *_: os.kill(os.getpid(), 9)\n",
    "after the switch": (
        "rename = os.rename\nos.rename = lambda *names: (rename(*names), os.kill(os.getpid(), 9))\n"
    ),
}


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
@pytest.mark.parametrize("when", KILLS)
def test_whoever_is_killed_while_publishing_leaves_the_old_or_the_new(draft: Draft, when: str):
    second(draft)
    before = served(draft)
    died = subprocess.run(program(draft, f"import os\n{KILLS[when]}{PUBLISH}"), check=False)
    assert died.returncode == -9
    assert served(draft) == ("title: Second" if when == "after the switch" else before)
    current = draft.publication().current
    assert current
    assert current.damaged() == []
    left = list(draft.published.glob(".unfinished*"))
    assert len(left) == (0 if when == "after the switch" else 1)
    draft.publication().open()
    assert list(draft.published.glob(".unfinished*")) == left  # somebody may still be at work
    for each in left:
        os.utime(each, (time.time() - 7200,) * 2)
    draft.publication().open()
    assert not list(draft.published.glob(".unfinished*"))
    if left:
        draft.publication().publish(run=False)
    assert served(draft) == "title: Second"


def test_what_somebody_changed_among_the_published_files_is_put_back_and_told(draft: Draft):
    draft.publication().open()
    title = served(draft)
    file = draft.published / "1/content/modules/harm/text.en.yml"
    kept = file.read_bytes()
    file.write_text("title: by hand\n")
    (draft.published / "1/content/organiser.yml").unlink()
    (told,) = draft.publication().open()
    assert "content/modules/harm/text.en.yml" in told
    assert "content/organiser.yml" in told
    assert "change your own files and publish them" in told
    assert file.read_bytes() == kept
    assert served(draft) == title


def test_a_publication_that_is_damaged_for_good_gives_way_to_the_one_before(draft: Draft):
    second(draft)
    draft.put()
    draft.title("Third")
    (draft.published / "2/content/modules/harm/text.en.yml").write_text("")
    told = draft.publication().open()
    assert "published/2" in told[0]
    assert "participants see what was published before it" in told[0]
    assert told[1].startswith("1 change")
    assert draft.publication().current.number == 1  # type: ignore[union-attr]
    draft.put()
    assert (served(draft), draft.publication().current.number) == ("title: Third", 3)  # type: ignore[union-attr]
    assert draft.publication().open() == []


@pytest.mark.parametrize("note", ["", "{", "[]", '{"files": 1}', None])
def test_a_note_that_cannot_be_read_makes_a_publication_count_for_nothing(
    draft: Draft, note: str | None
):
    second(draft)
    draft.put()
    path = draft.published / "2/publication.json"
    path.unlink() if note is None else path.write_text(note)
    publication = draft.publication()
    assert publication.open()
    assert publication.current
    assert publication.current.number == 1
    assert publication.published.damaged() == [2]


def test_a_running_server_goes_on_with_what_it_has_while_the_folder_is_away(draft: Draft):
    publication = draft.publication()
    publication.open()
    content = publication.served_content
    away = draft.published.rename(draft.folder / "away")
    assert publication.served_content == content
    away.rename(draft.published)
    assert publication.served_content == content
