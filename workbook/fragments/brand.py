"""The look of a house as a value, and what of it stands on a page: colours, fonts, logo, cover.

Whatever the accent is, letters in it and on it stay readable: its tints are as light as they must
be, and on dark screens it is mixed with white.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Annotated, NamedTuple

from markupsafe import Markup
from pydantic import Field

from workbook.fragments.colours import SHAPE, TEXT, WHITE, apart, contrast, mixed
from workbook.fragments.markup import tag
from workbook.model.base import Text, Value

Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$")]
Font = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9 '-]{0,60}$")]
Line = Annotated[str, Field(max_length=200)]
Said = Line | Text
"""A text as a house words it: one for every language, or one in each."""
DARK_PAPER = "#1B212B"
"""What pages stand on where the screen is dark."""
MEDIA = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
"""The kinds of pictures that a logo may be, by the ending of its file."""


class Colours(Value):
    """The colour of headings and bars, of letters, and of small print, on white."""

    accent: Colour = "#0B5D66"
    ink: Colour = "#1A2230"
    quiet: Colour = "#4A5568"


class Tints(NamedTuple):
    """An accent with its pale ground, on which it can be read, and the light fill beside it."""

    accent: str
    pale: str
    light: str


class BrandCover(Value):
    """What stands on the cover; `layout` is the layout of the house's own presentation for it."""

    title: Said | None = None
    lines: Annotated[tuple[Said, ...], Field(max_length=8)] = ()
    layout: str | None = None


class Brand(Value):
    """A brand as its file words it; names of files are seen from its folder.

    `fonts` are files of `font`, for pages and PDF. `docx` and `pptx` are the house's own documents
    to begin from; `layout` is the layout of `pptx` that slides are made with.
    """

    colours: Colours = Colours()
    font: Font | None = None
    fonts: Annotated[tuple[str, ...], Field(max_length=4)] = ()
    logo: str | None = None
    cover: BrandCover | None = None
    head: Said | None = None
    foot: Said | None = None
    sections: tuple[str, ...] = ()
    docx: str | None = None
    pptx: str | None = None
    layout: str = "Title Only"
    folder: str = ""

    def file(self, name: str | None) -> Path | None:
        """A file that the brand names."""
        return Path(self.folder) / name if name else None

    @property
    def layouts(self) -> tuple[str, ...]:
        """The layouts of the presentation that slides and a cover are made with."""
        own = self.cover and self.cover.layout
        return (self.layout, own) if own else (self.layout,)

    @property
    def digest(self) -> str:
        """The digest of everything that shapes a document by this brand."""
        whole = hashlib.sha256(self.model_dump_json(exclude={"folder"}).encode())
        for name in (self.logo, self.docx, self.pptx, *self.fonts):
            path = self.file(name)
            whole.update(path.read_bytes() if path else b"-")
        return whole.hexdigest()

    @property
    def tints(self) -> Tints:
        """The accent on white paper, with its tints."""
        accent = self.colours.accent
        return Tints(accent, apart(accent, WHITE, 0.89, TEXT), apart(accent, WHITE, 0.62, SHAPE))

    @property
    def dark_tints(self) -> Tints:
        """The accent on a dark screen, with its tints."""
        share = 0.0
        while contrast(accent := mixed(self.colours.accent, WHITE, share), DARK_PAPER) < DARK_TEXT:
            share += 0.02
        return Tints(
            accent, apart(accent, DARK_PAPER, 0.85, TEXT), apart(accent, DARK_PAPER, 0.6, SHAPE)
        )


DARK_TEXT = TEXT + 1
"""So much contrast leaves room for a tint between a dark paper and the letters on it."""
USUAL = Colours()
_LOOK = """
.owb .brand{color:var(--ink)}
.owb .house{display:flex;flex-wrap:wrap;gap:12px 32px;align-items:flex-end;
justify-content:space-between;border-top:6px solid var(--accent);padding:16px 0 20px}
.owb .house img{display:block;max-height:56px;max-width:260px;background:#fff;padding:2px}
.owb .house p{margin:0;font-size:var(--t-2);color:var(--ink-2)}
.owb .house .whose{font:600 var(--t-4)/1.3 var(--serif);color:var(--accent)}
@media print{.owb .house{padding:6pt 0 8pt;border-top-width:4pt}.owb .house img{max-height:30pt}}
"""


def said(text: str | Text | None, language: str) -> str:
    """A text of a brand in a language; empty where there is none."""
    return text or "" if isinstance(text, str | None) else text[language]


def brand_style(brand: Brand, language: str) -> Markup:
    """The rules that give a document inside `.brand` its look, in light and in dark."""
    colours, usual, dark = brand.colours, USUAL, brand.dark_tints
    tokens = {}
    if colours.accent != usual.accent:
        names = ("accent", "accent-2", "accent-3")
        tokens = dict(zip(names, zip(brand.tints, dark, strict=True), strict=True))
    if colours.ink != usual.ink:
        tokens["ink"] = (colours.ink, "#EEF1F5")
    if colours.quiet != usual.quiet:
        tokens |= {"ink-2": (colours.quiet, "#C2CAD6"), "ink-3": (colours.quiet, "#98A2B3")}
    rules = "".join(f"--{name}:light-dark({a},{b});" for name, (a, b) in tokens.items())
    sheet = f"@supports (color:light-dark(#000,#fff)){{.owb .brand{{{rules}}}}}" if rules else ""
    if brand.font:
        family = f'"{brand.font}"'
        sheet += "".join(_face(family, path) for path in map(brand.file, brand.fonts) if path)
        sheet += f'.owb .brand{{--sans:{family},"Inter",system-ui,sans-serif;--serif:var(--sans)}}'
        sheet += ".owb .brand{font-family:var(--sans)}"
    if foot := said(brand.foot, language):
        look = "font:8pt Inter,sans-serif;color:#5d687b"
        sheet += f'@page owb{{@bottom-left{{content:"{escaped(foot)}";{look}}}}}'
    return tag("style", Markup(sheet + _LOOK.replace("\n", "")))  # noqa: S704 - checked or by number


def brand_head(brand: Brand, whose: str, language: str) -> Markup | None:
    """What stands at the head of a page: the logo, and what the cover says."""
    logo, cover = brand.file(brand.logo), brand.cover
    picture = tag("img", src=picture_address(logo), alt=whose) if logo else None
    texts = None
    if cover:
        title = tag("p", said(cover.title, language), class_="whose") if cover.title else None
        lines = [tag("p", said(line, language)) for line in cover.lines]
        texts = tag("div", title, lines)
    if picture is None and texts is None:
        return None
    return tag("header", picture, texts, class_="house")


def picture_address(path: Path) -> str:
    """A picture as an address that holds it; a picture that is shown so runs nothing."""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f"data:image/{MEDIA[path.suffix.lower()]};base64,{data}"


def escaped(text: str) -> str:
    """A text for a stylesheet: letters, and every other sign by its number."""
    return re.sub(r"[^\w ·.,-]", lambda sign: f"\\{ord(sign[0]):x} ", text)


def _face(family: str, path: Path) -> str:
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    weight = "550 900" if "bold" in path.stem.lower() else "100 549"
    return (
        f"@font-face{{font-family:{family};font-weight:{weight};font-display:swap;"
        f"src:url(data:font/ttf;base64,{data})}}"
    )
