"""`myths serve` with kernels that sleep as soon as they can: arguments of the command."""

from __future__ import annotations

import os

from myths.cli import main
from myths.server import app, open_pages

open_pages.IDLE = float(os.environ.get("IDLE", "0.2"))
app._SECOND = int(os.environ.get("SECOND", "100"))

if __name__ == "__main__":
    main()
