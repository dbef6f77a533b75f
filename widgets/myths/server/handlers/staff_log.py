"""The coordinator's page: which roles there are, what each sees, and what staff did."""

from __future__ import annotations

import asyncio

from myths.server.handlers.staff import COORDINATING, StaffHandler

PATH = "/staff/log"
_SHOWN = 500  # acts, the newest


class StaffLogHandler(StaffHandler):
    """`/staff/log`: roles and acts, without what anybody said."""

    seen_by = COORDINATING

    async def get(self) -> None:
        """Show both, the newest act first."""
        store = self.context.store
        acts = await asyncio.to_thread(store.audit)
        self.show(
            "staff-log.html",
            roles=await asyncio.to_thread(store.roles),
            acts=acts[: -_SHOWN - 1 : -1],
            more=max(0, len(acts) - _SHOWN),
        )
