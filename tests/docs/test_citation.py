"""How to cite the program: a file after the Citation File Format 1.2, with no invented person."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "CITATION.cff"
CHECK = [sys.executable, "-m", "check_jsonschema"]
CHECK += ["--builtin-schema", "vendor.citation-file-format"]


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CHECK, str(file)], capture_output=True, text=True, check=False)


def test_it_fits_the_schema():
    done = checked(FILE)
    assert done.returncode == 0, done.stdout


def test_a_file_without_authors_would_be_found(tmp_path: Path):
    words = yaml.safe_load(FILE.read_text("utf-8"))
    del words["authors"]
    (tmp_path / "CITATION.cff").write_text(yaml.safe_dump(words))
    assert checked(tmp_path / "CITATION.cff").returncode == 1


def test_it_names_this_version_its_licences_and_who_the_licence_names():
    found = yaml.safe_load(FILE.read_text("utf-8"))
    assert found["version"] == version("myths")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (licence,) = re.findall(r'^license = "(.+)"$', project, re.MULTILINE)
    program, content = licence.split(" AND ")  # a list would mean: whichever one likes
    assert found["license"] == program
    assert content.replace("-", " ", 2) in found["abstract"]
    (holder,) = re.findall(r"Copyright \(c\) \d+, (.+)", (ROOT / "LICENSE").read_text("utf-8"))
    assert [each["name"].lower() for each in found["authors"]] == [holder]
