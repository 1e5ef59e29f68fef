"""The report's own charts as pictures that stand by themselves: SVG with its colours inside."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from workbook.fragments.styles import stylesheet

if TYPE_CHECKING:
    from markupsafe import Markup

FACE = "Workbook Sans"
"""The typeface of letters in pictures, the one that a PDF brings."""
_SVG = re.compile(r"<svg.*</svg>", re.DOTALL)
_OPENING = re.compile(r"<svg[^>]*>")
_RULE = re.compile(r"\.chart ([\w.-]+)\{([^}]*)\}")
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")


def picture(figure: Markup) -> str:
    """The drawing of a figure on a page, with the rules of its look inside."""
    svg = _SVG.search(figure)
    if svg is None:
        raise ValueError("there is no drawing in this figure")
    return _OPENING.sub(lambda opening: opening[0] + f"<style>{_sheet()}</style>", svg[0], count=1)


@cache
def _sheet() -> str:
    """The rules for charts, in the colours that paper has."""
    colours = dict(reversed(_TOKEN.findall(stylesheet())))  # the light theme comes first
    rules = [f'text{{font-family:"{FACE}";fill:{colours["ink"]}}}']
    for selector, look in _RULE.findall(stylesheet()):
        solid = re.sub(r"var\(--([\w-]+)\)", lambda name: colours.get(name[1], "none"), look)
        rules.append(f"{selector}{{{solid}}}")
    return "".join(rules)
