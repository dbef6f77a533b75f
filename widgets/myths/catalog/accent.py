"""An organisation's own colour for what can be pressed, if it can be read wherever it stands.

Contrast is that of WCAG 2.2, from 1 to 21: text needs 4.5 (success criterion 1.4.3).
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass

ENOUGH = 4.5
GROUNDS = ("#ebe6f3", "#15333a")  # of components/tokens.css, the hardest of each scheme
_EXIT = 350 / 360  # the hue of the exit's button, which is to be found at once
_NEAR, _COLOURED = 25 / 360, 0.25
_STEPS = 100


@dataclass(frozen=True)
class Accent:
    """A colour, and what stands for it where a device shows dark pages; both as "#0b5a66"."""

    light: str
    dark: str


def accent(colour: str) -> Accent:
    """Return a colour with its counterpart, the same mixed with white until it can be read."""
    return Accent(colour, _readable(colour, "#ffffff", GROUNDS[1]))


def accent_fault(colour: str) -> tuple[str, str] | None:
    """Return what is wrong with a colour, and what to do; None if it can be taken."""
    found = contrast(colour, GROUNDS[0])
    if found < ENOUGH:
        darker = _readable(colour, "#000000", GROUNDS[0])
        return (
            f"the colour {colour} is too light to be read (contrast {found:.1f}, needed: {ENOUGH})",
            f"take {darker}, which is the same colour and darker, or a darker one still",
        )
    hue, _, saturation = colorsys.rgb_to_hls(*_parts(colour))
    away = abs(hue - _EXIT)
    if saturation > _COLOURED and min(away, 1 - away) < _NEAR:
        return (
            f"the colour {colour} is like that of the exit, which must look like nothing else",
            "take one that is no red",
        )
    return None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours."""
    brighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _readable(colour: str, with_: str, ground: str) -> str:
    """Mix a colour with black or white until it can be read on a ground."""
    return next(each for each in _mixed(colour, with_) if contrast(each, ground) >= ENOUGH)


def _mixed(colour: str, other: str) -> Iterator[str]:
    pairs = [*zip(_parts(colour), _parts(other), strict=True)]
    for step in range(_STEPS + 1):
        share = step / _STEPS
        yield "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


def _parts(colour: str) -> list[float]:
    """Return red, green and blue, from 0 to 1."""
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4  # sRGB
        for each in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
