"""A colour of one's own is taken where it can be read, and a logo where everybody gets it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myths import catalog
from myths.catalog.accent import ENOUGH, GROUNDS, accent, accent_fault, contrast
from myths.catalog.organiser import read_organiser

TOKENS = Path(catalog.__file__).parents[1] / "components" / "tokens.css"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
SVG = b'\xef\xbb\xbf<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def pairs() -> dict[str, tuple[str, str]]:
    """The palette's colours by their names, light and dark."""
    found = re.findall(r"--myths-([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS.read_text("utf-8"))
    return {name: (light, dark) for name, light, dark in found}


GROUND_NAMES = [name for name in pairs() if name in ("paper", "surface") or name.endswith("-tint")]


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#0b5a66", "#ffffff") == contrast("#ffffff", "#0b5a66")


def test_the_grounds_are_the_hardest_of_the_palette():
    known = [pairs()[name] for name in GROUND_NAMES]
    assert len(known) == 7
    for scheme, ground in enumerate(GROUNDS):
        shades = [each[scheme] for each in known]
        against = ("#000000", "#ffffff")[scheme]
        assert ground == min(shades, key=lambda each: contrast(each, against))


@given(colours)
def test_what_is_taken_can_be_read_wherever_it_stands(colour: str):
    if accent_fault(colour):
        return
    found = accent(colour)
    for name in GROUND_NAMES:
        light, dark = pairs()[name]
        assert contrast(found.light, light) >= ENOUGH
        assert contrast(found.dark, dark) >= ENOUGH
    light, dark = pairs()["on-accent"]
    assert contrast(found.light, light) >= ENOUGH
    assert contrast(found.dark, dark) >= ENOUGH


@given(colours)
def test_what_is_too_light_gets_a_darker_one_that_is_not(colour: str):
    fault = accent_fault(colour)
    if fault and "too light" in fault[0]:
        (darker,) = re.findall("#[0-9a-f]{6}", fault[1])
        assert contrast(darker, GROUNDS[0]) >= ENOUGH


@pytest.mark.parametrize("colour", ["#8a1a2c", "#a00000", "#7a0a3a"])
def test_nothing_looks_like_the_exit(colour: str):
    assert accent_fault(colour)
    assert "the exit" in accent_fault(colour)[0]


@pytest.mark.parametrize("colour", ["#0b5a66", "#17262c", "#4b3878", "#5b4c3b", "#22552d"])
def test_other_dark_colours_are_taken(colour: str):
    assert accent_fault(colour) is None


@pytest.mark.parametrize("said", ["0b5a66", "0B5A66", '"#0b5a66"'])
def test_it_is_written_with_or_without_a_sign(said: str, tmp_path: Path):
    (tmp_path / "organiser.yml").write_text(f"name: A\ncontact: B\ncolour: {said}\n")
    assert read_organiser(tmp_path).accent == accent("#0b5a66")
    assert [*catalog.check_organiser(tmp_path)] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("f3a83b", "organiser.yml:3: the colour #f3a83b is too light to be read (contrast 1.6,"),
        ("8a1a2c", "organiser.yml:3: the colour #8a1a2c is like that of the exit"),
    ],
)
def test_a_colour_that_cannot_be_taken_is_told_and_left_out(said: str, told: str, tmp_path: Path):
    (tmp_path / "organiser.yml").write_text(f"name: A\ncontact: B\ncolour: {said}\n")
    (problem,) = catalog.check_organiser(tmp_path)
    assert told in str(problem)
    assert read_organiser(tmp_path).accent is None


@pytest.mark.parametrize(("name", "picture"), [("logo.svg", SVG), ("logo.png", PNG)])
def test_a_logo_lies_beside_the_name(name: str, picture: bytes, tmp_path: Path):
    (tmp_path / "organiser.yml").write_text("name: A\ncontact: B\n")
    (tmp_path / name).write_bytes(picture)
    assert [*catalog.check_organiser(tmp_path)] == []
    assert read_organiser(tmp_path).logo.startswith("data:image/")


@pytest.mark.parametrize(
    ("files", "organisation", "told"),
    [
        ({"logo.png": PNG * 1000}, "A", "logo.png:1: it has 58 kB, and phones have to load all"),
        ({"logo.png": SVG}, "A", "logo.png:1: it is no .png file; save the picture as one"),
        ({"logo.svg": b"GIF89a"}, "A", "logo.svg:1: it is no .svg file"),
        ({"logo.svg": SVG}, "null", "who cannot see it would not hear whose it is"),
        ({"logo.svg": SVG, "logo.png": PNG}, "A", "there is logo.png too; keep one of the two"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_told_and_left_out(
    files: dict[str, bytes], organisation: str, told: str, tmp_path: Path
):
    (tmp_path / "organiser.yml").write_text(f"name: {organisation}\ncontact: B\n")
    for name, picture in files.items():
        (tmp_path / name).write_bytes(picture)
    errors = [each for each in catalog.check_organiser(tmp_path) if each.severity == "error"]
    assert told in str(errors[0])
    assert read_organiser(tmp_path).logo == ""
