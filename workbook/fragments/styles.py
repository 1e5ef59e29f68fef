"""The one stylesheet of screens and reports, with or without its fonts.

Every rule is scoped under `.owb`, so that the sheet is safe inside JupyterLab. On the root element
`data-theme` is `light`, `dark` or `auto` (as if it were absent: follow Lab, else the system) and
`data-size="projector"` enlarges type and spacing. Paper is always light.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_SHEETS = (
    "tokens",
    "base",
    "components",
    "charts",
    "report",
    "print",
    "session",
    "map",
    "portfolio",
)

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
# on every machine.
_FONTS = (
    ("inter-latin-wght-normal", "Inter Variable", "100 900", _LATIN),
    ("inter-latin-a-wght-normal", "Inter Variable", "100 900", _LATIN_A),
    ("inter-signs", "Inter Variable", "100 900", _SIGNS),
    ("source-serif-4-latin-wght-normal", "Source Serif 4 Variable", "200 900", _LATIN),
    ("source-serif-4-latin-ext-wght-normal", "Source Serif 4 Variable", "200 900", _LATIN_EXT),
)


@cache
def stylesheet(*, fonts: bool) -> str:
    """Return the whole sheet; with `fonts`, Inter and Source Serif 4 inside as `data:` addresses.

    About 35 kB without and 250 kB with fonts. Without them the system's fonts stand in.
    """
    sheets = [(_HERE / "style" / f"{name}.css").read_text(encoding="utf-8") for name in _SHEETS]
    return "\n".join([_faces(), *sheets] if fonts else sheets)


def _faces() -> str:
    return "\n".join(_face(*font) for font in _FONTS)


def _face(file: str, family: str, weights: str, characters: str) -> str:
    data = base64.b64encode((_HERE / "fonts" / f"{file}.woff2").read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-display:swap;'
        f"font-weight:{weights};src:url(data:font/woff2;base64,{data}) format('woff2');"
        f"unicode-range:{characters}}}"
    )
