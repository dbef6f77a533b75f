"""How widgets that were made before there was a kernel come to talk through one."""

from __future__ import annotations

from typing import Any

import comm


def connect(kernel: Any) -> None:
    """Make every widget of this process send its messages through `kernel`, an ipykernel one."""
    comms: dict[str, Any] = comm.get_comm_manager().comms
    for each in comms.values():
        each.kernel = kernel
