"""The package as somebody has it who installed the wheel, far from this checkout.

The wheel is built and installed once. What it depends on is linked in from the packages of this
environment, and only that: no tool of the tests is there, and the checkout cannot be imported.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Built:
    """What was built from a clean copy of the checkout: wheel, source, and the source's wheel."""

    wheel: Path
    sdist: Path
    again: Path


@dataclass(frozen=True)
class Installed:
    """An environment that has the wheel, and a home of its own."""

    python: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": f"{self.python.parent}:/usr/bin:/bin",
        }

    def run(self, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment: `python`, or what it has put beside it."""
        name, *arguments = map(str, command)
        return subprocess.run(
            [self.python.with_name(name), *arguments],
            cwd=cwd,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def files_of_git() -> list[str]:
    """The files that are kept, and those that will be with the next commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(name for name in told.stdout.split("\0") if name and (ROOT / name).is_file())


def build(source: Path, out: Path, *targets: str) -> None:
    options = [each for target in targets for each in ("-t", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", out, *options],
        cwd=source,
        capture_output=True,
        check=True,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("built")
    source = folder / "source"
    for name in files_of_git():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    for stray in (
        "notebooks/evaluators/data/workshop.sqlite",
        "notebooks/participants/.ipynb_checkpoints/01_risk.ipynb",
        "content/modules/risk/.ipynb_checkpoints/text.en.yml",
        "widgets/myths/__pycache__/errors.cpython-311.pyc",
        "data/workshop.sqlite",
    ):
        (source / stray).parent.mkdir(parents=True, exist_ok=True)
        (source / stray).write_text("of the one who builds")
    build(source, folder / "dist", "sdist", "wheel")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    build(folder / sdist.name.removesuffix(".tar.gz"), folder / "again", "wheel")
    (wheel,) = (folder / "dist").glob("*.whl")
    return Built(wheel, sdist, folder / "again" / wheel.name)


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    (packages,) = (folder / "env" / "lib").glob("python*/site-packages")
    stubs = importlib.metadata.distribution("pandas-stubs")  # as who checks types has them
    for package in (*_needed(built.wheel), stubs):
        _put(package, packages)
    uv = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--offline"]
    subprocess.run([*uv, "--no-deps", "--python", python, built.wheel], check=True)
    (folder / "home").mkdir()
    return Installed(python, folder / "home")


def _needed(wheel: Path) -> Iterator[importlib.metadata.Distribution]:
    """Yield what the wheel asks for, and what that asks for."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().split("\n\n")[0].splitlines()
    asked = [line.removeprefix("Requires-Dist: ") for line in lines if "Requires-Dist: " in line]
    todo = [(Requirement(each), "") for each in asked]
    done = set()
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        found = importlib.metadata.distribution(requirement.name)
        for wanted in ("", *requirement.extras):
            if (found.name, wanted) not in done:
                done.add((found.name, wanted))
                todo += [(Requirement(each), wanted) for each in found.requires or ()]
                yield found


def _put(package: importlib.metadata.Distribution, into: Path) -> None:
    """Put what a package has installed into another environment, but for its programs.

    Its modules are linked; files of data are copied, for JupyterLab serves no file by a link.
    """
    for file in package.files or ():
        if ".." not in file.parts:
            link = into / file.parts[0]
            if not link.is_symlink():
                link.symlink_to(Path(package.locate_file(file.parts[0])).resolve())
        elif {"share", "etc"} & set(file.parts):
            copy = Path(os.path.normpath(into / file))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(package.locate_file(file)), copy)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A working directory that knows nothing of the project."""
    return tmp_path
