"""The colours of office documents: those that `fragments/style/tokens.css` gives to paper.

A test compares them. Each is six hexadecimal digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.wording.states import Tone

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand

INK, INK_2, LINE, GROUND, ACCENT, ACCENT_2, ACCENT_3 = (
    "1A2230", "4A5568", "DFE3E8", "F6F7F9", "0B5D66", "E3F1F2", "A3C7CA",
)  # fmt: skip
TINTS: dict[Tone, str] = {
    "ready": "E2F3EC",
    "nearly": "E4EEF8",
    "risk": "FDF0D3",
    "not": "FBE6E3",
    "unknown": "ECEFF3",
}
SHADES: dict[Tone, str] = {
    "ready": "0B6E4F",
    "nearly": "28639F",
    "risk": "8A5A00",
    "not": "A3271C",
    "unknown": "5B6472",
}
BARS = {"strong": ACCENT, "light": ACCENT_3, "pale": ACCENT_2, "late": SHADES["not"]}
"""What fills a series of a chart, by its look; a clear one is not filled."""


def in_brand(brand: Brand | None) -> dict[str, str]:
    """What stands for each of the colours that a brand may choose."""
    own = (ACCENT, ACCENT_2, ACCENT_3, INK, INK_2)
    if brand is None:
        return {colour: colour for colour in own}
    chosen = (*brand.tints, brand.colours.ink, brand.colours.quiet)
    return {old: new[1:].upper() for old, new in zip(own, chosen, strict=True)}
