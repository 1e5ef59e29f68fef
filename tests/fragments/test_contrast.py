"""WCAG 2.2 AA: every pair of colours in use, computed from the tokens, in both themes."""

from __future__ import annotations

import re

import pytest

from workbook.fragments.styles import stylesheet

TEXT, SHAPE = 4.5, 3.0

GROUNDS = ("paper", "ground", "line-2")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((tone, f"{tone}-bg", TEXT) for tone in ("ready", "nearly", "risk", "not", "unknown")),
    *((tone, "paper", TEXT) for tone in ("ready", "nearly", "risk", "not", "unknown", "accent")),
    *((tone, "stripe", TEXT) for tone in ("ink", "ink-2", "ink-3", "not")),
    ("accent", "accent-2", TEXT),
    ("accent", "ground", TEXT),
    ("paper", "accent", TEXT),
    ("ready", "ground", TEXT),
    ("field", "paper", SHAPE),
    ("focus", "paper", SHAPE),
    ("focus", "ground", SHAPE),
    ("accent", "line-2", SHAPE),
    ("accent", "accent-3", SHAPE),
]


def themes():
    """Tokens by theme, as the sheet gives them: light first, then the two blocks of dark."""
    blocks = re.findall(r"color-scheme: (light|dark);([^}]*)", stylesheet(screen=True))
    return [(name, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))) for name, body in blocks]


LIGHT, DARK, AUTOMATIC = (tokens for _, tokens in themes())


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_pair_is_readable(tokens, front, back, least):
    assert contrast(tokens[front], tokens[back]) >= least


def test_dark_is_the_same_whether_chosen_or_followed():
    assert DARK == AUTOMATIC


def test_dark_gives_every_colour_of_light_anew():
    assert DARK.keys() == LIGHT.keys()


def test_states_differ_in_lightness_so_that_grey_print_tells_them_apart():
    owned, nobody = luminance(LIGHT["accent"]), luminance(LIGHT["stripe"])
    assert contrast(LIGHT["accent"], LIGHT["stripe"]) > 4.5
    assert owned < nobody
    ranks = [luminance(LIGHT[f"{tone}-bg"]) for tone in ("risk", "ready", "nearly", "not")]
    assert ranks == sorted(ranks, reverse=True)
