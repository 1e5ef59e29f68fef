"""The look of a house in one file: colours, logo, font, sections, base documents.

`brand.yaml` stands beside an engagement, or is named. Every colour must be readable where it is
used: a colour that is too light for white paper is refused with a darker one that would do.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from workbook.content.flaws import Flaw, unknown
from workbook.content.reading import read
from workbook.content.shape import judged, shape
from workbook.errors import BadInput
from workbook.model.base import Value

TEXT = 4.5
"""The contrast that letters need (WCAG 2.2 AA)."""
LOGO_BYTES = 1_000_000
_LOGOS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")

Colour = Annotated[str, Field(pattern=f"^{_COLOUR.pattern}$")]
Font = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9 '-]{0,60}$")]


class Colours(Value):
    """The colour of headings and bars, of letters, and of small print, on white."""

    accent: Colour = "#0B5D66"
    ink: Colour = "#1A2230"
    quiet: Colour = "#4A5568"


class Brand(Value):
    """A brand as its file words it; names of files are seen from its folder.

    `docx` and `pptx` are the house's own documents to begin from; `layout` is the layout of `pptx`
    that slides are made with.
    """

    colours: Colours = Colours()
    font: Font | None = None
    logo: str | None = None
    head: Annotated[str, Field(max_length=200)] | None = None
    sections: tuple[str, ...] = ()
    docx: str | None = None
    pptx: str | None = None
    layout: str = "Title Only"
    folder: str = ""

    def file(self, name: str | None) -> Path | None:
        """A file that the brand names."""
        return Path(self.folder) / name if name else None

    @property
    def digest(self) -> str:
        """The digest of everything that shapes a document by this brand."""
        whole = hashlib.sha256(self.model_dump_json(exclude={"folder"}).encode())
        for name in (self.logo, self.docx, self.pptx):
            path = self.file(name)
            whole.update(path.read_bytes() if path else b"-")
        return whole.hexdigest()


def load_brand(path: Path | str, sections: tuple[str, ...]) -> Brand:
    """The brand in a file; BadInput with every problem in it. `sections`: those that there are."""
    path = Path(path)
    document = read(path)
    shaped = shape(document, Brand)
    flaws = [*_flaws(shaped.value, path.parent, sections)] if shaped.value else []
    problems = judged(document, shaped, flaws)
    if problems or shaped.value is None:
        raise BadInput(problems)
    return shaped.value.model_copy(update={"folder": str(path.absolute().parent)})


def _flaws(brand: Brand, folder: Path, sections: tuple[str, ...]) -> Iterator[Flaw]:
    for name, colour in brand.colours.model_dump().items():
        ratio = contrast(colour, "#FFFFFF")
        if ratio < TEXT:
            fix = f"choose a darker colour, such as {darkened(colour)}"
            message = f"contrast {ratio:.1f} with white paper, at least {TEXT} needed"
            yield Flaw(("colours", name), message, fix)
    for number, key in enumerate(brand.sections):
        yield from unknown("section", key, sections, "sections", number)
    for field in ("logo", "docx", "pptx"):
        name = getattr(brand, field)
        path = folder / name if name else None
        if path and not path.is_file():
            yield Flaw((field,), f"there is no file “{name}”", "name a file in the brand’s folder")
        elif path and field == "logo":
            yield from _logo(path)


def _logo(path: Path) -> Iterator[Flaw]:
    if path.stat().st_size > LOGO_BYTES or not path.read_bytes().startswith(_LOGOS):
        yield Flaw(("logo",), "is no PNG or JPEG of at most 1 MB", "save the logo as PNG")


def contrast(first: str, second: str) -> float:
    """The ratio of two colours' luminance (WCAG 2.2), from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str) -> str:
    """The colour of this hue that letters on white may have."""
    parts = _parts(colour)
    while contrast(_joined(parts), "#FFFFFF") < TEXT:
        parts = [part * 0.97 for part in parts]
    return _joined(parts)


def lightened(colour: str, share: float) -> str:
    """The colour mixed with so much white."""
    return _joined([part + (1 - part) * share for part in _parts(colour)])


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
