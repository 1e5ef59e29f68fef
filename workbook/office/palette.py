"""The colours of office documents: those that `fragments/style/tokens.css` gives to paper.

A test compares them. Each is six hexadecimal digits.
"""

from __future__ import annotations

from workbook.wording.states import Tone

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
BARS = {"strong": ACCENT, "light": ACCENT_3}
"""What fills a series of a chart, by its look; a clear one is not filled."""
