"""Reads the file of a brand, and says everything that is wrong with it.

`brand.yaml` stands beside an engagement, or is named. Every colour must be readable where it is
used: a colour that is too light for paper is refused with a darker one that would do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbook.content.flaws import Flaw, unknown
from workbook.content.reading import read
from workbook.content.shape import judged, shape
from workbook.errors import BadInput, Problem
from workbook.fragments.brand import Brand
from workbook.fragments.colours import TEXT, contrast, darkened
from workbook.report.logo import logo_flaws

GROUNDS = {"accent": "#F6F7F9", "ink": "#F8E5E2", "quiet": "#F8E5E2"}
"""The darkest ground that letters of each colour stand on."""
FONT_BYTES = 500_000
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
"""How files of fonts begin: TrueType and OpenType."""


def load_brand(path: Path | str, sections: tuple[str, ...]) -> Brand:
    """The brand in a file; BadInput with every problem in it. `sections`: those that there are."""
    brand, problems = read_brand(Path(path), sections)
    if problems or brand is None:
        raise BadInput(problems)
    return brand


def read_brand(path: Path, sections: tuple[str, ...]) -> tuple[Brand | None, list[Problem]]:
    """What of a brand can be read, and every problem in its file."""
    document = read(path)
    shaped = shape(document, Brand)
    flaws = [*_flaws(shaped.value, path.parent, sections)] if shaped.value else []
    problems = judged(document, shaped, flaws)
    if shaped.value is None:
        return None, problems
    return shaped.value.model_copy(update={"folder": str(path.absolute().parent)}), problems


def _flaws(brand: Brand, folder: Path, sections: tuple[str, ...]) -> Iterator[Flaw]:
    for name, colour in brand.colours.model_dump().items():
        ratio = contrast(colour, GROUNDS[name])
        if ratio < TEXT:
            fix = f"choose a darker colour, such as {darkened(colour, GROUNDS[name])}"
            message = f"contrast {ratio:.1f} with light paper, at least {TEXT} needed"
            yield Flaw(("colours", name), message, fix)
    for number, key in enumerate(brand.sections):
        yield from unknown("section", key, sections, "sections", number)
    yield from _files(brand, folder)
    if brand.fonts and not brand.font:
        yield Flaw(("fonts",), "are files of no font", "name the font that they hold: font: …")


def _files(brand: Brand, folder: Path) -> Iterator[Flaw]:
    """What is wrong with the files that a brand names; base documents are opened by others."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        ((key,), name) for key in ("logo", "docx", "pptx") if (name := getattr(brand, key))
    ]
    named += [(("fonts", number), name) for number, name in enumerate(brand.fonts)]
    for place, name in named:
        path = folder / name
        if not path.is_file():
            yield Flaw(place, f"there is no file “{name}”", "name a file in the brand’s folder")
        elif place == ("logo",):
            yield from logo_flaws(path)
        elif place[0] == "fonts" and not (
            path.stat().st_size <= FONT_BYTES and path.read_bytes().startswith(_FONTS)
        ):
            text = "is no TrueType or OpenType font of at most 500 kB"
            yield Flaw(place, text, "name a .ttf or .otf file")
