"""How widgets that are made before their page comes to talk to it then.

By a kernel of ipykernel's it is that kernel's comms; by a page's kernel of ours, `PageComm`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import comm
from comm.base_comm import BaseComm, CommManager

Publish = Callable[[str, Mapping[str, Any], Mapping[str, Any]], object]


class PageComm(BaseComm):
    """A widget's line to its page; what it says before there is one is heard by nobody.

    `publish` takes the type of a message, its content and its metadata. Buffers stay behind: our
    front end reads none.
    """

    publish: ClassVar[Publish | None] = None

    def publish_msg(
        self,
        msg_type: str,
        data: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
        buffers: list[bytes] | None = None,  # noqa: ARG002  the hook's argument
        **keys: Any,
    ) -> None:
        """Publish a message to the page (the comm's hook)."""
        if publish := PageComm.publish:
            publish(msg_type, {"data": data or {}, "comm_id": self.comm_id, **keys}, metadata or {})


def use_page_comms() -> None:
    """Make every widget that is made from now on talk by a PageComm."""
    manager = CommManager()
    comm.create_comm = PageComm
    comm.get_comm_manager = lambda: manager


def connect(kernel: Any) -> None:
    """Make every widget of this process send its messages through `kernel`, an ipykernel one."""
    comms: dict[str, Any] = comm.get_comm_manager().comms
    for each in comms.values():
        each.kernel = kernel
