"""Makes pictures of every page, slide and sheet of the office documents, to be looked at.

`make contactsheets` writes one contact sheet for each example, language and format to
docs/pictures/contact; `python -m docs.contact_sheets DIR WIDTH NAME ...` writes those of some
examples to DIR, with pages of that many pixels.
"""  # noqa: INP001 - a program of the documentation, not a package

from __future__ import annotations

import math
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageDraw

from tests.office.libreoffice import converted
from tests.report.examples import EXAMPLES, report_of
from workbook.i18n import languages
from workbook.office import RENDERERS

PICTURES = Path(__file__).parent / "pictures" / "contact"
LANGUAGES = languages()
OPENED = ("docx", "pptx", "xlsx")
"""Formats that LibreOffice turns into pages."""
ACROSS, WIDTH, GAP = 6, 240, 6
"""Pages in a row, and the pixels of a page's width and of what parts two pages."""


def main(arguments: list[str]) -> None:
    """Make the contact sheets that are asked for."""
    folder = Path(arguments[0]) if arguments else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    width = int(arguments[1]) if arguments[1:] else WIDTH
    with TemporaryDirectory() as scratch:
        paths = []
        for name in arguments[2:] or sorted(EXAMPLES):
            for lang in LANGUAGES:
                for form in sorted(RENDERERS):
                    if form in (*OPENED, "pdf"):
                        path = Path(scratch) / f"{name}.{lang}.{form}"
                        path.write_bytes(RENDERERS[form](report_of(name, lang)))
                        paths.append(path)
        for form in OPENED:
            own = [path for path in paths if path.suffix == f".{form}"]
            for path, pages in zip(own, _as_pdf(own, Path(scratch) / form), strict=True):
                _sheet(pages, folder / f"{path.name}.png", width)
        for path in paths:
            if path.suffix == ".pdf":
                _sheet(path, folder / f"{path.name}.png", width)


def _as_pdf(paths: list[Path], folder: Path) -> list[Path]:
    """The documents as PDF; those of one format at a time, which differ by no ending."""
    folder.mkdir()
    moved = [path.rename(folder / path.name) for path in paths]
    return converted(moved, "pdf")


def _sheet(pdf: Path, picture: Path, width: int) -> None:
    """All pages of a document on one picture, in rows."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.render(scale=width / page.get_width()).to_pil() for page in document]
    document.close()
    cell = max(page.height for page in pages) + GAP
    rows = math.ceil(len(pages) / ACROSS)
    sheet = Image.new("RGB", (ACROSS * (width + GAP) + GAP, rows * cell + GAP), "#8a93a0")
    for number, page in enumerate(pages):
        row, column = divmod(number, ACROSS)
        place = (GAP + column * (width + GAP), GAP + row * cell)
        sheet.paste(page, place)
        ImageDraw.Draw(sheet).text((place[0] + 4, place[1] + 2), str(number + 1), fill="#0b5d66")
    sheet.quantize(24).save(picture, optimize=True)
    print(picture)  # noqa: T201 - a program tells what it has made


if __name__ == "__main__":
    main(sys.argv[1:])
