"""What publishing would change of what participants see, and a mark of what was compared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from myths.edition import PublishedVersion, file_digest, shown
from myths.errors import PublicationError
from myths.studio.draft_changes import DraftChange, changes
from myths.studio.draft_files import DraftFiles, unread
from myths.studio.unpooled import UnpooledQuestion, unpooled


@dataclass(frozen=True)
class PublicationSummary:
    """What publishing, or a step back, would change of what participants see.

    `mark` stands for both states: who goes on with it publishes what is told here, or nothing.
    """

    changes: tuple[DraftChange, ...]
    unpooled: tuple[UnpooledQuestion, ...]
    mark: str


def summarize(current: PublishedVersion | None, files: DraftFiles) -> PublicationSummary:
    """Compare what participants see with these files. Raises PublicationError."""
    found = differences(current, files)
    served = DraftFiles.at(current.folder) if current and found else files
    apart = unpooled(served, files, {each.file for each in found}) if found else []
    state = (current.number if current else 0, state_of(files))
    mark = hashlib.sha256(repr(state).encode()).hexdigest()[:16]
    return PublicationSummary(tuple(found), tuple(apart), mark)


def differences(current: PublishedVersion | None, files: DraftFiles) -> list[DraftChange]:
    """List what is other in these files; nothing as long as nothing is published.

    Raises PublicationError.
    """
    if current is None:
        return []
    if not current.folder.is_dir():
        raise PublicationError(
            f"{shown(current.folder)} is gone. Participants see it until the program ends: put "
            "it back.",
            reason="gone",
        )
    try:
        return changes(DraftFiles.at(current.folder).named(), files.named())
    except OSError as fault:
        raise unread(fault) from fault


def state_of(files: DraftFiles) -> str:
    """Return the names of the files with the SHA-256 of each, which differ if anything does."""
    return repr([(name, file_digest(path)) for name, path in files.named().items()])
