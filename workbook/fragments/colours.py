"""Colours as six hexadecimal digits after a “#”: how well two are told apart, and mixtures."""

from __future__ import annotations

TEXT, SHAPE = 4.5, 3.0
"""The contrast that letters need, and what a shape needs (WCAG 2.2 AA)."""
WHITE = "#FFFFFF"


def contrast(first: str, second: str) -> float:
    """The ratio of two colours' luminance (WCAG 2.2), from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str, ground: str) -> str:
    """The colour of this hue that letters on a light ground may have."""
    parts = _parts(colour)
    while contrast(_joined(parts), ground) < TEXT:
        parts = [part * 0.97 for part in parts]
    return _joined(parts)


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with so much of the other in it."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return _joined([part + (mate - part) * share for part, mate in pairs])


def apart(colour: str, other: str, share: float, least: float) -> str:
    """The colour with so much of the other in it, or more, until it has this contrast with itself.

    The other alone must have that contrast with the colour.
    """
    while contrast(colour, mixture := mixed(colour, other, share)) < least and share < 1:
        share = min(1, share + 0.01)
    return mixture


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _joined(parts: list[float]) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def _luminance(colour: str) -> float:
    low, step, power = 0.04045, 12.92, 2.4
    red, green, blue = (
        part / step if part <= low else ((part + 0.055) / 1.055) ** power for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
