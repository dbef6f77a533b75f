"""The command that opens JupyterLab where a trainer looks at the pages and changes them."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from myths.cli.options import PORT, content_option, db_option, notebooks_option
from myths.edition import CONTENT_VARIABLE, content_folder, is_installed, notebooks_folder
from myths.errors import MythsError
from myths.store import open_store

_SETTINGS = Path(__file__).with_name("jupyter")


@click.command()
@db_option
@content_option
@notebooks_option
@click.option("--ip", default="127.0.0.1", show_default=True, help="0.0.0.0 opens it to others.")
@click.option(
    "--port", type=PORT, default=8888, show_default=True, help="Where JupyterLab listens."
)
@click.option("--browser/--no-browser", default=True, help="Open a browser. [default: browser]")
def lab(
    *,
    db: str | None,
    content: Path | None,
    notebooks: Path | None,
    ip: str,
    port: int,
    browser: bool,
) -> None:
    """Open JupyterLab on your notebooks, with the content and the guides beside them.

    Your own settings of Jupyter hold, except for what is shown first.
    """
    content, notebooks = content_folder(content), notebooks_folder(notebooks)
    if is_installed(notebooks):
        raise MythsError(
            "There are no notebooks of your own here: make a copy with `myths init FOLDER`, "
            "and call `myths lab` in that folder."
        )
    folder = notebooks.parent
    options: dict[str, Any] = {
        "ServerApp.ip": ip,
        "ServerApp.port": port,
        "ServerApp.open_browser": browser,
        "ServerApp.root_dir": folder,
        "ServerApp.preferred_dir": folder,
        "LabApp.default_url": _first_page(folder),
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    environment = os.environ | {
        "MYTHS_DB": open_store(db, create=True).address,
        CONTENT_VARIABLE: str(content),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(
            filter(None, [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")])
        ),
    }
    if _is_root():
        click.echo("You are root, so whoever opens JupyterLab with its link may change every file.")
        options["ServerApp.allow_root"] = True
    sys.stdout.flush()
    command = [sys.executable, "-m", "jupyterlab"]
    command += [f"--{name}={value}" for name, value in options.items()]
    if os.name == "posix":  # this process becomes JupyterLab, so that whoever ends it ends all
        os.execve(command[0], command, environment)  # noqa: S606  our own Python, and no shell
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603


def _first_page(folder: Path) -> str:
    """Return the address that opens first, in a workspace with no other folder's tabs in it."""
    workspace = f"/lab/workspaces/myths-{sha256(str(folder).encode()).hexdigest()[:8]}"
    there = [name for name in ("START_HERE.md", "README.md") if (folder / name).exists()]
    return f"{workspace}/tree/{there[0]}" if there else workspace


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0
