"""Every pair of colours that words are read in has the contrast that WCAG 2.2 asks for at level AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.platforms.web

_SHEET = (Path(bot.platforms.web.__file__).parent / "static" / "page.css").read_text(encoding="utf-8")
_PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in _PAIR.findall(_SHEET)}

WORDS = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "surface", "sunken", "aside", "side")),
    ("accent", "tint"), ("accent", "surface"), ("on-accent", "accent"), ("good", "good-tint"), ("warn", "warn-tint"),
    ("ink", "tint"), ("soft", "tint"),
]  # fmt: skip
SHAPES = [("edge", "surface"), ("edge", "paper"), ("accent", "paper"), ("good", "paper"), ("warn", "paper")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), WORDS)
def test_words_can_be_read(front: str, ground: str, scheme: int) -> None:
    """Words stand out by 4.5 to 1."""
    assert contrast(COLOURS[front][scheme], COLOURS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), SHAPES)
def test_shapes_can_be_seen(front: str, ground: str, scheme: int) -> None:
    """Borders of fields and signs stand out by 3 to 1."""
    assert contrast(COLOURS[front][scheme], COLOURS[ground][scheme]) >= 3
