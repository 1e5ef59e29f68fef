"""A document as PDF, set by typst: accessible (PDF/UA-1), with bookmarks and fonts of its own.

The template is ours; what a document says comes to it as data, and is never markup. The world of
the typesetter is a folder with the template, and a brand's logo: it finds no other file, and no
package to load.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.errors import BadInput, Problem
from workbook.fragments.shell import contents_title
from workbook.i18n import voice
from workbook.office import palette
from workbook.office.drawings import FACE
from workbook.office.logos import LOGO
from workbook.office.paper import PaperDocument, paper_of

if TYPE_CHECKING:
    import typst

    from workbook.fragments.brand import Brand
    from workbook.fragments.leaflet import Leaflet
    from workbook.report.value import Report

_HERE = Path(__file__).parent
_FONTS = _HERE / "fonts"
TEMPLATE = _HERE / "paper.typ"
DENSITIES = (1.0, 0.97, 0.94, 0.91, 0.88)
"""Sizes of everything, tried in turn until the pages are well filled."""
LEAST = 0.22
"""Where on its last page a document ends at least, as a share of its height."""
EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""When a document without a day says that it was made, for the same bytes at any time."""
CHINESE, LAST_OF_PLANE = (0x2E80, 0x9FFF), 0xFFFF
"""The signs of Chinese and Japanese; beyond the first plane stand emoji and rare signs."""
_UNKNOWN = re.compile(r'the text `"(.).*"` could not be displayed', re.DOTALL)
_WORD = re.compile(r"[^\s/]{24}(?=[^\s/]{6})")
"""So much of a word without a place where a line may break."""


class Sheet(NamedTuple):
    """A size of paper, upright or `wide`."""

    paper: str
    wide: bool = False


SHEETS: Mapping[str, tuple[Sheet, ...]] = {
    "report": (Sheet("a4"),),
    "leaflet": (Sheet("a4"),),
    "sheets": (Sheet("a5", wide=True), Sheet("a4")),
    "poster": (Sheet("a3", wide=True), Sheet("a3")),
}
"""The paper that each kind of document is tried on, in turn."""


class End(NamedTuple):
    """Where a document ends: the number of its pages, and how far down the last one, as a share."""

    pages: int
    share: float


def pdf(document: Report | Leaflet) -> bytes:
    """The bytes of a .pdf file, the same for the same document."""
    return typeset(paper_of(document), TEMPLATE.read_bytes())


def typeset(paper: PaperDocument, template: bytes) -> bytes:
    """The document on its pages.

    Letters that no font of ours has come from the machine's fonts; where these lack them too, a box
    stands in their place, since an accessible document may not show what it cannot say.
    """
    import typst

    texts, system = json.dumps(_data(paper), ensure_ascii=False), False
    while True:
        try:
            return _filled(paper, texts, template, system=system)
        except typst.TypstError as error:
            unknown = _UNKNOWN.search(str(error))
            if unknown is None:
                raise
            if system:
                texts = _alphabet(unknown[1]).sub("□", texts)
            system = True


def _alphabet(letter: str) -> re.Pattern[str]:
    """The characters that are missing together with this one."""
    code = ord(letter)
    if code > LAST_OF_PLANE:
        return re.compile("[\U00010000-\U0010ffff]")
    first, last = CHINESE if CHINESE[0] <= code <= CHINESE[1] else (code & ~0xFF, code | 0xFF)
    return re.compile(f"[{chr(first)}-{chr(last)}]")


def _filled(paper: PaperDocument, texts: str, template: bytes, *, system: bool) -> bytes:
    """The pages in the first look that fills them well, else in the usual one."""
    import typst

    every = [(density, sheet) for sheet in SHEETS[paper.kind] for density in DENSITIES]
    with tempfile.TemporaryDirectory(prefix="workbook-pdf-") as folder:
        main = Path(folder) / TEMPLATE.name
        main.write_bytes(template)
        look, fonts = _brand_look(paper.brand), _fonts(system=system)
        if paper.brand:
            fonts = _put(paper.brand, look, Path(folder), system=system) or fonts
        compiler = typst.Compiler(
            main, root=folder, font_paths=fonts, package_path=folder, package_cache_path=folder
        )
        for density, sheet in (*every, (1, SHEETS[paper.kind][-1])):
            inputs = {"paper": texts, "look": json.dumps(look | _size(density, sheet))}
            content = compiler.compile(
                format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=EPOCH
            )
            if _well_filled(paper, End(*json.loads(compiler.query("<end>", "value", one=True)))):
                break
    if not isinstance(content, bytes):
        raise TypeError("a PDF is one file")
    return content


def _well_filled(paper: PaperDocument, end: End) -> bool:
    match paper.kind:
        case "poster":
            return end.pages == 1
        case "sheets":
            return end.pages == max(1, len(paper.sections))
    return end.pages == 1 + bool(paper.front) or end.share >= LEAST


def _data(paper: PaperDocument) -> dict[str, Any]:
    v = voice(paper.lang)
    page = v.t("Page {number} of {total}", number="{n}", total="{total}")
    plain = _plain(replace(paper, brand=None))
    # For machines: no break may be put into it.
    plain["provenance"] = paper.provenance
    return {**_in_colours(plain, paper.brand), "page": page, "contents": contents_title(v)}


def _in_colours(paper: dict[str, Any], brand: Brand | None) -> dict[str, Any]:
    """The document, with its drawings in the colours and the font of a brand."""
    if brand:
        new = {old.lower(): colour for old, colour in palette.in_brand(brand).items()}
        ours, font = re.compile("#({})".format("|".join(new))), brand.font if brand.fonts else None
        for section in paper["sections"]:
            for element in section["elements"]:
                if "svg" in element:
                    svg = ours.sub(lambda m: f"#{new[m[1]]}", element["svg"])
                    element["svg"] = svg.replace(FACE, font or FACE)
    return paper


def _plain(value: object) -> Any:  # noqa: ANN401
    """Values as JSON has them; of an element its kind, too."""
    if is_dataclass(value):
        own = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__, **own}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str):
        return _settable(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _settable(text: str) -> str:
    """A text without control characters, whose long words may break."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable() or c in "\n\u00a0\u202f\u2009\u200b")
    return text if "://" in text else _WORD.sub("\\g<0>\u200b", text)


def _size(density: float, sheet: Sheet) -> dict[str, Any]:
    return {"density": density, "paper": sheet.paper, "flipped": sheet.wide}


def _brand_look(brand: Brand | None) -> dict[str, Any]:
    """The usual colours, or those of a brand in their place, and its font."""
    new = palette.in_brand(brand)
    return {
        "ink": new[palette.INK],
        "quiet": new[palette.INK_2],
        "line": palette.LINE,
        "ground": palette.GROUND,
        "accent": new[palette.ACCENT],
        **{name: new.get(colour, colour) for name, colour in palette.BARS.items()},
        "tints": palette.TINTS,
        "shades": palette.SHADES,
        "font": brand.font if brand and brand.fonts else None,
        "logo": None,
    }


def _put(brand: Brand, look: dict[str, Any], folder: Path, *, system: bool) -> typst.Fonts | None:
    """Put a brand's logo where the document is set; all fonts, if the brand has some."""
    if logo := brand.file(brand.logo):
        look["logo"] = LOGO + logo.suffix.lower()
        shutil.copyfile(logo, folder / look["logo"])
    return brand_fonts(brand, folder, system=system) if brand.fonts else None


def brand_fonts(brand: Brand, folder: Path, *, system: bool = False) -> typst.Fonts:
    """A brand's fonts, copied into a folder, and ours; BadInput if they are not those it names."""
    import typst

    own = folder / "fonts"
    own.mkdir()
    for number, font in enumerate(filter(None, map(brand.file, brand.fonts))):
        shutil.copyfile(font, own / f"{number}{font.suffix}")
    fonts = typst.Fonts(include_system_fonts=system, font_paths=[_FONTS, own])
    if brand.font not in (families := fonts.families()):
        others = set(families) - set(_fonts(system=system).families())
        fix = f"name the font that they hold: {', '.join(sorted(others)) or '–'}"
        text = f"no file holds the font “{brand.font}”"
        raise BadInput(Problem(text, fix, brand.folder, path="fonts"))
    return fonts


def font_flaws(brand: Brand) -> tuple[Problem, ...]:
    """What is wrong with a brand's fonts, if all of their files are there."""
    files = [path for name in brand.fonts if (path := brand.file(name))]
    try:
        with tempfile.TemporaryDirectory(prefix="workbook-fonts-") as folder:
            if files and all(path.is_file() for path in files):
                brand_fonts(brand, Path(folder))
    except BadInput as error:
        return tuple(error.problems)
    return ()


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Our own fonts and those inside the typesetter; with the machine's if need be."""
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=[_FONTS])
