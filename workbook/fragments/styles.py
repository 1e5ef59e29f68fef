"""The one stylesheet of screens and reports, and the fonts that travel with it.

Every rule is scoped under `.owb`, so that the sheet is safe inside JupyterLab. On the root element
`data-theme` is `light`, `dark` or `auto` (as if it were absent: follow Lab, else the system) and
`data-size="projector"` enlarges type and spacing. Paper is always light.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_SHEETS = ("tokens", "base", "components", "charts", "report", "print", "portfolio")
_SCREENS = ("map", "session", "stage", "importing", "workshop")
_RESPONDENTS = ("tokens", "base", "components", "session", "respond")

_LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
_LATIN_A = "U+0100-0130,U+0132-0151,U+0154-017F,U+0192,U+0218-021B,U+1E9E,U+20BA"
_LATIN_EXT = f"{_LATIN_A},U+0180-0191,U+0193-0217,U+021C-02BA,U+1E00-1E9D,U+20A0-20AB"
_SIGNS = (
    "U+2190,U+2192,U+2197,U+2260,U+2264-2265,U+25A0-25A1,U+25B2-25B3,U+25BC,U+25C6-25C7,"
    "U+25CB,U+25CF,U+2713"
)

# File, family, weights, characters. The signs are cut from Inter, so that ▲ ◆ ✓ look the same
# on every machine. A screen loads all weights once.
_VARIABLE = (
    ("inter-latin-wght-normal", "Inter Variable", "100 900", _LATIN),
    ("inter-latin-a-wght-normal", "Inter Variable", "100 900", _LATIN_A),
    ("inter-signs", "Inter Variable", "100 900", _SIGNS),
    ("source-serif-4-latin-wght-normal", "Source Serif 4 Variable", "200 900", _LATIN),
    ("source-serif-4-latin-ext-wght-normal", "Source Serif 4 Variable", "200 900", _LATIN_EXT),
)
# Every face of a family has one of two ranges: a browser would take a face of the exact weight
# for the whole text, and another family for each letter that it lacks.
_REGULAR, _BOLD = "100 549", "550 900"
# A document is printed: a browser draws variable fonts into a PDF letter by letter, ten times as
# large, and embeds these cuts as fonts whose text can be selected.
_STATIC = (
    ("inter-latin-400", "Inter", _REGULAR, _LATIN),
    ("inter-latin-600", "Inter", _BOLD, _LATIN),
    ("inter-latin-a-400", "Inter", _REGULAR, _LATIN_A),
    ("inter-latin-a-600", "Inter", _BOLD, _LATIN_A),
    ("inter-signs-500", "Inter", _REGULAR, _SIGNS),
    ("inter-signs-500", "Inter", _BOLD, _SIGNS),
    ("source-serif-4-latin-400", "Source Serif 4", _REGULAR, _LATIN),
    ("source-serif-4-latin-600", "Source Serif 4", _BOLD, _LATIN),
    ("source-serif-4-latin-ext-400", "Source Serif 4", _REGULAR, _LATIN_EXT),
    ("source-serif-4-latin-ext-600", "Source Serif 4", _BOLD, _LATIN_EXT),
)


@cache
def stylesheet(*, screen: bool = False) -> str:
    """The sheet of documents, about 30 kB; with what only a `screen` needs, 65 kB."""
    return _joined((*_SHEETS, *_SCREENS) if screen else _SHEETS)


@cache
def respondent_stylesheet() -> str:
    """The sheet of a respondent's page, about 45 kB; its fonts stand at `font_files`."""
    return _joined(_RESPONDENTS)


@cache
def printed_stylesheet() -> str:
    """The sheet of a printed questionnaire."""
    return _joined(("tokens", "base", "print", "printed"))


def _joined(names: tuple[str, ...]) -> str:
    sheets = "\n".join((_HERE / "style" / f"{name}.css").read_text("utf-8") for name in names)
    bare = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s+", r"\1", bare).strip()


@cache
def screen_fonts() -> str:
    """Inter and Source Serif 4 for a screen, all weights inside as `data:` addresses."""
    return "\n".join(_face(*font) for font in _VARIABLE)


def linked_fonts(folder: str) -> str:
    """The same families as files under an address: a page shows its text before they are there."""
    return "\n".join(_rule(f"{folder}/{font[0]}.woff2", *font[1:]) for font in _STATIC)


def font_files() -> dict[str, Path]:
    """The files that `linked_fonts` names."""
    return {f"{name}.woff2": _HERE / "fonts" / f"{name}.woff2" for name, *_ in _STATIC}


def document_fonts(text: str) -> str:
    """The cuts of them that a page with this text needs, about 100 kB."""
    letters = frozenset(map(ord, set(text)))
    return "\n".join(_face(*font) for font in _STATIC if letters & _letters(font[3]))


@cache
def _letters(characters: str) -> frozenset[int]:
    """The code points of a `unicode-range`."""
    ends = (part.removeprefix("U+").split("-") for part in characters.split(","))
    return frozenset(n for end in ends for n in range(int(end[0], 16), int(end[-1], 16) + 1))


@cache
def _face(file: str, family: str, weights: str, characters: str) -> str:
    data = base64.b64encode((_HERE / "fonts" / f"{file}.woff2").read_bytes()).decode("ascii")
    return _rule(f"data:font/woff2;base64,{data}", family, weights, characters)


def _rule(source: str, family: str, weights: str, characters: str) -> str:
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-display:swap;'
        f"font-weight:{weights};src:url({source}) format('woff2');"
        f"unicode-range:{characters}}}"
    )
