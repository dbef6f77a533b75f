"""The trainer's side of a room that is led: the console, in JupyterLab and on the staff pages."""

from myths.console.console import Console, lead

__all__ = ["Console", "lead"]
