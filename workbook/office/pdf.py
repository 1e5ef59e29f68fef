"""A document as PDF, set by typst: accessible (PDF/UA-1), with bookmarks and fonts of its own.

The template is ours; what a document says comes to it as data, and is never markup. The world of
the typesetter is a folder with the template alone: it finds no other file, and no package to load.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.fragments.shell import contents_title
from workbook.i18n import voice
from workbook.office import palette
from workbook.office.paper import PaperDocument, paper_of

if TYPE_CHECKING:
    import typst

    from workbook.fragments.leaflet import Leaflet
    from workbook.report.value import Report

_HERE = Path(__file__).parent
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
            return _filled(paper, texts, template, _fonts(system=system))
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


def _filled(paper: PaperDocument, texts: str, template: bytes, fonts: typst.Fonts) -> bytes:
    """The pages in the first look that fills them well, else in the usual one."""
    import typst

    looks = [_look(density, sheet) for sheet in SHEETS[paper.kind] for density in DENSITIES]
    with tempfile.TemporaryDirectory(prefix="workbook-pdf-") as folder:
        main = Path(folder) / TEMPLATE.name
        main.write_bytes(template)
        compiler = typst.Compiler(
            main, root=folder, font_paths=fonts, package_path=folder, package_cache_path=folder
        )
        for look in (*looks, _look(1, SHEETS[paper.kind][-1])):
            inputs = {"paper": texts, "look": json.dumps(look)}
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
    return end.pages == 1 or end.share >= LEAST


def _data(paper: PaperDocument) -> dict[str, Any]:
    v = voice(paper.lang)
    page = v.t("Page {number} of {total}", number="{n}", total="{total}")
    return {**_plain(paper), "page": page, "contents": contents_title(v)}


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
    shown = "".join(c for c in text if c.isprintable() or c in "\n\u00a0\u202f\u2009\u200b")
    return shown if "://" in text else _WORD.sub("\\g<0>\u200b", shown)


def _look(density: float, sheet: Sheet) -> dict[str, Any]:
    return {
        "density": density,
        "paper": sheet.paper,
        "flipped": sheet.wide,
        "ink": palette.INK,
        "quiet": palette.INK_2,
        "line": palette.LINE,
        "ground": palette.GROUND,
        "accent": palette.ACCENT,
        "pale": palette.ACCENT_2,
        **palette.BARS,
        "tints": palette.TINTS,
        "shades": palette.SHADES,
    }


@cache
def _fonts(*, system: bool) -> typst.Fonts:
    """Our own fonts and those inside the typesetter; with the machine's if need be."""
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=[_HERE / "fonts"])
