"""The command `myths`: each subcommand opens what it needs and calls one function.

Only the module of the subcommand that is called is loaded, for some need a second for theirs.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from importlib import import_module
from typing import Any

import click

from myths import fault_log
from myths.errors import MythsError

_UNWRITTEN = (
    "A name or a title has letters that this system's language settings cannot write: set "
    "LC_ALL=C.UTF-8 or PYTHONUTF8=1 in the environment, then try again."
)

_HOMES = {  # of each subcommand the module that has it
    "backup": "backup",
    "check": "check",
    "export": "export",
    "handout": "handout",
    "init": "init",
    "lab": "lab",
    "merge": "backup",
    "new-country": "new",
    "new-language": "translate",
    "new-module": "new",
    "publish": "publish",
    "rehearse": "rehearse",
    "report": "report",
    "restore": "backup",
    "serve": "serve",
    "staff": "staff",
    "study-kit": "study",
    "translate": "translate",
    "update": "init",
    "workshop": "workshop",
}


class _Commands(click.Group):
    """Writes a fault in one line on stderr, without a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program (click's hook): it prints everywhere, and writes for its owner only."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console may lack a letter, as ł or 中
                stream.reconfigure(errors="backslashreplace")
        os.umask(0o077)
        return super().main(*args, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's hook
        """Name all subcommands (click's hook)."""
        return sorted(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's hook
        """Load a subcommand (click's hook)."""
        if cmd_name not in _HOMES:
            return None
        home = import_module(f"myths.cli.{_HOMES[cmd_name]}")
        command: click.Command = getattr(home, cmd_name.replace("-", "_"))
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand (click's hook)."""
        try:
            return super().invoke(ctx)
        except MythsError as fault:
            logging.getLogger(__name__).debug("the details", exc_info=True)
            raise click.ClickException(str(fault)) from fault
        except UnicodeEncodeError as fault:
            raise click.ClickException(_UNWRITTEN) from fault


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="myths")
@click.option("--verbose", is_flag=True, help="Show the details behind every message.")
def main(*, verbose: bool) -> None:
    """Training notebooks about seven common beliefs on perpetrator programmes."""
    fault_log.begin(sys.stderr, level=logging.DEBUG if verbose else logging.CRITICAL)
