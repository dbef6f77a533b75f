"""What the server has called in the process of a page, each function named here only."""

from __future__ import annotations

from myths import module
from myths.pages import executor, kernel
from myths.pages.shell import OVERDUE

RUN = executor.run  # a notebook, before its visitor comes
BEGIN = executor.begin  # in a fork, when they have come
SERVE = kernel.serve  # a kernel in place of ipykernel

__all__ = ["BEGIN", "IPYKERNEL_OPTIONS", "OVERDUE", "PRELOADED", "RUN", "SERVE"]

PRELOADED = ("ipywidgets", "anywidget", *(each.__name__ for each in (module, executor, kernel)))

IPYKERNEL_OPTIONS = (
    # both were imported before there was a kernel, and are told of it by this
    f"--IPKernelApp.extensions=['ipywidgets','{executor.__name__}']",
    # what is written to the standard streams of the process goes to the server's log
    "--IPKernelApp.capture_fd_output=False",
)
