"""JupyterLab for trainers and evaluators, on the content and the database of the pages.

Each person has an account of this machine, so the system keeps them apart. Which groups there are:
docs/operators/jupyterhub.md. Start it as: jupyterhub -f jupyterhub_config.py
"""

import os
from pathlib import Path

c = get_config()  # noqa: F821  JupyterHub brings it

WORKSHOP = Path("/srv/myths/workshop")  # made by `myths init`
PROGRAM = Path("/srv/myths/.venv")  # with this program, and jupyterhub
GROUPS = {"trainers", "evaluators"}

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # a proxy with https stands in front
c.PAMAuthenticator.allowed_groups = GROUPS  # the accounts' own passwords
c.PAMAuthenticator.open_sessions = False

c.Spawner.cmd = [str(PROGRAM / "bin/jupyterhub-singleuser")]
c.Spawner.notebook_dir = str(WORKSHOP)
c.Spawner.default_url = "/lab/tree/START_HERE.md"
c.Spawner.environment = {
    "MYTHS_CONTENT": str(WORKSHOP / "content"),
    "PATH": f"{PROGRAM / 'bin'}:/usr/local/bin:/usr/bin:/bin",
}


def bring_database(spawner):
    """Let evaluators, and nobody else, know where the answers are."""
    if spawner.user.name in members("evaluators"):
        address = {"MYTHS_DB": os.environ["MYTHS_DB"]}
        spawner.environment = {**spawner.environment, **address}


def members(group):
    """Name the accounts of a group."""
    import grp

    return grp.getgrnam(group).gr_mem


c.Spawner.pre_spawn_hook = bring_database
