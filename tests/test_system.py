"""`make test` waits for a program that installs packages, and says so."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("system.sh")


@pytest.mark.skipif(not shutil.which("apt-get") or os.geteuid() != 0, reason="apt-get and root")
def test_another_program_that_has_the_package_managers_lock_is_waited_for(tmp_path: Path):
    """With a package manager of our own: its folders are empty, so it finds no package."""
    for name in ("lists/partial", "cache/archives/partial", "dpkg", "bin"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "dpkg/status").touch()
    (tmp_path / "apt.conf").write_text(
        f'Dir::State::lists "{tmp_path}/lists"; Dir::Cache "{tmp_path}/cache";'
        f'Dir::State::status "{tmp_path}/dpkg/status"; Dir::Etc::sourcelist "/dev/null";'
        'Dir::Etc::sourceparts "/dev/null";'
    )
    for name in ("apt-get", "id", "ls", "sleep"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    more = {"APT_CONFIG": str(tmp_path / "apt.conf"), "PATH": str(tmp_path / "bin")}
    with (tmp_path / "lists/lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        script = subprocess.Popen(
            ["/bin/sh", SCRIPT],
            env={**more, "MYTHS_APT_PAUSE": "0.1"},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert script.stderr
        assert "waiting until it has ended" in script.stderr.readline()
        assert script.poll() is None
    assert "Unable to locate package" in script.stderr.read()  # it went on
    assert script.wait() == 1
    script.stderr.close()


def test_other_engines_and_an_office_are_needed_for_the_soak_run_alone(tmp_path: Path):
    for name in ("id", "ls"):
        (tmp_path / name).write_text("#!/bin/sh\necho 1000; exit 1\n")
        (tmp_path / name).chmod(0o755)

    def said(*options: str) -> str:
        script = subprocess.run(
            ["/bin/sh", SCRIPT, *options],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert script.returncode == 1
        return script.stderr

    more = " firefox-esr webkit2gtk-driver xvfb libreoffice-calc-nogui"
    assert (
        "The tests need: chromium postgresql r-base-core poppler-utils haproxy pgbouncer" in said()
    )
    assert said("soak") == said().replace(". Install", f"{more}. Install")
