"""Jupyter kernels by fork: all is imported once, and each visit gets a copy of that process.

`provisioner` is what Jupyter calls; `client` starts a fork server with `launcher` and asks it by
`protocol` for kernels, which look like a `process` of ours, or for a `template` of them; `zygote`
is the fork server itself, and its copies go on in `child`. Two kinds of sockets connect them. On
the first the client asks; when it closes, the fork server ends. The other is a kernel's lifeline to
the Jupyter server: whoever goes, the other knows. A function may serve a third one, its wire, in
place of a kernel that Jupyter knows.

It needs Linux 5.4 and starts ordinary kernels elsewhere. The only setting is the list of modules to
import beforehand, `ForkProvisioner.modules`.
"""

from .client import ForkServer
from .forks import ForkServerError, FunctionError, OverdueError, UnforkableError
from .process import ForkedProcess
from .protocol import Prepared
from .provisioner import ForkProvisioner
from .template import Template

__all__ = [
    "ForkProvisioner",
    "ForkServer",
    "ForkServerError",
    "ForkedProcess",
    "FunctionError",
    "OverdueError",
    "Prepared",
    "Template",
    "UnforkableError",
]
