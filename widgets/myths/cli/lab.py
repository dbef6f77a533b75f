"""The command that opens JupyterLab where a trainer looks at the pages and changes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from myths.cli.options import PORT, content_option, db_option, notebooks_option
from myths.edition import CONTENT_VARIABLE, content_folder, is_installed, notebooks_folder
from myths.errors import MythsError
from myths.store import open_store


@click.command()
@db_option
@content_option
@notebooks_option
@click.option(
    "--port", type=PORT, default=8888, show_default=True, help="Where JupyterLab listens."
)
@click.option("--browser/--no-browser", default=True, help="Open a browser. [default: browser]")
def lab(
    *, db: str | None, content: Path | None, notebooks: Path | None, port: int, browser: bool
) -> None:
    """Open JupyterLab on your notebooks, with the content and the guides beside them."""
    content, notebooks = content_folder(content), notebooks_folder(notebooks)
    if is_installed(notebooks):
        raise MythsError(
            "There are no notebooks of your own here: make a copy with `myths init FOLDER`, "
            "and call `myths lab` in that folder."
        )
    folder = notebooks.parent
    first = "/lab/tree/README.md" if (folder / "README.md").exists() else "/lab"
    options = {
        "ServerApp.port": port,
        "ServerApp.open_browser": browser,
        "ServerApp.root_dir": folder,
        "LabApp.default_url": first,  # beside it all that is in the folder
    }
    environment = os.environ | {
        "MYTHS_DB": open_store(db, create=True).address,
        CONTENT_VARIABLE: str(content),
    }
    command = [sys.executable, "-m", "jupyterlab"]
    command += [f"--{name}={value}" for name, value in options.items()]
    if os.name == "posix":  # this process becomes JupyterLab, so that whoever ends it ends all
        os.execve(command[0], command, environment)  # noqa: S606  our own Python, and no shell
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603
