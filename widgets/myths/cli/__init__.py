"""The command `myths`: each subcommand opens what it needs and calls one function."""

from __future__ import annotations

import io
import logging
import os
import sys
from typing import Any

import click

from myths import fault_log
from myths.cli.backup import backup, merge, restore
from myths.cli.check import check
from myths.cli.export import export
from myths.cli.handout import handout
from myths.cli.init import init, update
from myths.cli.lab import lab
from myths.cli.new import new_country, new_module
from myths.cli.rehearse import rehearse
from myths.cli.report import report
from myths.cli.serve import serve
from myths.cli.staff import staff
from myths.cli.translate import new_language, translate
from myths.cli.workshop import workshop
from myths.errors import MythsError

_UNWRITTEN = (
    "A name or a title has letters that this system's language settings cannot write: set "
    "LC_ALL=C.UTF-8 or PYTHONUTF8=1 in the environment, then try again."
)


class _Commands(click.Group):
    """Writes a fault in one line on stderr, without a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program (click's hook): it prints everywhere, and writes for its owner only."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console may lack a letter, as ł or 中
                stream.reconfigure(errors="backslashreplace")
        os.umask(0o077)
        return super().main(*args, **options)

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


_ALL = (
    *(init, update, lab, check, rehearse, serve, workshop, staff),
    *(handout, backup, restore, merge, export, report),
    *(translate, new_language, new_module, new_country),
)

for command in _ALL:
    main.add_command(command)
