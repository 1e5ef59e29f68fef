"""A document for Word: real styles, headings, contents, captions, header rows, native charts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workbook.exchange.tables.writing import legal
from workbook.fragments.charts import Bars, LineChart
from workbook.fragments.shell import contents_title
from workbook.i18n import voice
from workbook.office.archive import steady
from workbook.office.charts import book_of, chart_xml
from workbook.office.elements import (
    BulletList,
    Drawing,
    Element,
    PaperTable,
    Paragraph,
    Subheading,
    placed,
)
from workbook.office.pages import LINES_TALL, PAGE, Measure, Piece, pages_of
from workbook.office.palette import ACCENT, INK, INK_2
from workbook.office.paper import Cover, PaperDocument, paper_of
from workbook.office.wordml import (
    NAMES,
    PAGE_BREAK,
    chart_frame,
    contents,
    field,
    heading,
    paragraph,
    run,
    table,
)

if TYPE_CHECKING:
    from docx.document import Document as Doc

    from workbook.fragments.leaflet import Leaflet
    from workbook.report import Report

WIDTH = Cm(17)
LOOKS = {
    # style: (size in points, colour, bold, space before, space after)
    "Normal": (10, INK, False, 0, 6),
    "Title": (24, INK, True, 0, 6),
    "Subtitle": (11, INK_2, False, 0, 10),
    "Heading 1": (15, ACCENT, True, 20, 6),
    "Heading 2": (11.5, INK, True, 12, 3),
    "Caption": (9, INK_2, False, 8, 3),
    "List Bullet": (10, INK, False, 0, 3),
    "Header": (8, INK_2, False, 0, 0),
    "Footer": (8, INK_2, False, 0, 0),
    "toc 1": (9, INK, False, 0, 1),
    "Note": (9, INK_2, False, 3, 6),
    "Table Cell": (9, INK, False, 1, 1),
    "Cover Title": (32, ACCENT, True, 180, 24),
    "Cover Line": (13, INK_2, False, 0, 6),
}
OWN = ("Note", "toc 1", "Table Cell", "Cover Title", "Cover Line")
"""Styles that Word does not bring."""
CONTENTS = "toc1"
"""The style of an entry in the table of contents, by its id."""
CONTENTS_FROM = 4
"""A document of at most so many sections needs no contents."""
FIRST_DAY = dt.date(1980, 1, 1)
"""The day of a document that tells none."""
BOOK = "rId1"
"""How a chart refers to its workbook."""


def docx(source: Report | Leaflet) -> bytes:
    """The bytes of a .docx file, the same for the same report or leaflet."""
    paper, document = paper_of(source), blank()
    _set_up(document, paper)
    body = [*_opening(document, paper)]
    for number, section in enumerate(paper.sections):
        new_page = paper.kind == "sheets" and number > 0
        body.append(heading(section.title, number, new_page=new_page))
        body += [_xml(document, *each) for each in placed(section.title, section.elements)]
    body.append(paragraph("Note", run(paper.colophon)))
    _put(document, body)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _put(document: Doc, body: list[str]) -> None:
    end = document.element.body.sectPr
    for element in parse_xml(f"<w:body {NAMES}>{''.join(body)}</w:body>"):
        end.addprevious(element)


def blank() -> Doc:
    """A document without words on A4, with our styles."""
    return Document(io.BytesIO(_blank()))


@cache
def _blank() -> bytes:
    document, out = Document(), io.BytesIO()
    section, styles = document.sections[0], document.styles
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    for name in OWN:
        styles.add_style(name, 1).base_style = styles["Normal"]
    for name, look in LOOKS.items():
        _styled(styles[name], *look)
    stops = styles["toc 1"].paragraph_format.tab_stops
    stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    document.save(out)
    return out.getvalue()


def _set_up(document: Doc, paper: PaperDocument) -> None:
    """Margins, language, properties, what heads and foots every page."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), paper.lang)
    properties = document.core_properties
    properties.title, properties.language = legal(paper.title), paper.lang
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.keywords = paper.provenance
    day = dt.datetime.combine(paper.day or FIRST_DAY, dt.time())
    properties.created = properties.modified = day
    foot = (run(f"{paper.foot}\t"), field("PAGE", "1"))
    _margin(section.header, "Header", run("\t".join(paper.running)))
    _margin(section.footer, "Footer", *foot)


def _styled(style: Any, size: float, colour: str, bold: bool, before: float, after: float) -> None:  # noqa: ANN401, FBT001
    """Give a style its look: one of LOOKS."""
    style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), bold
    style.font.color.rgb, style.font.italic = RGBColor.from_string(colour), False
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), "Calibri")
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def _margin(part: Any, style: str, *runs: str) -> None:  # noqa: ANN401
    """What stands at the head or foot of every page: left, and at the right end."""
    first = part.paragraphs[0]
    stops = first.style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(WIDTH, 2)
    first._p.addprevious(parse_xml(f"<w:h {NAMES}>{paragraph(style, *runs)}</w:h>")[0])  # noqa: SLF001
    first._p.getparent().remove(first._p)  # noqa: SLF001


def _opening(document: Doc, paper: PaperDocument) -> Iterator[str]:
    """What comes before the sections: whose it is and of when, what it says, and its contents."""
    if paper.front and not (paper.brand and paper.brand.docx):  # a base begins as the house wants
        yield paragraph("CoverTitle", run(paper.front.title))
        yield from (paragraph("CoverLine", run(line)) for line in paper.front.lines)
        yield PAGE_BREAK
    yield paragraph("Subtitle", run(paper.label))
    if paper.note:
        yield paragraph("Note", run(paper.note))
    yield paragraph("Title", run(paper.headline))
    if paper.lead:
        yield paragraph("Normal", run(paper.lead))
    if paper.cover:
        yield from _cover(paper.cover)
        yield _chart(document, paper.cover.readiness)
    if paper.kind == "report" and len(paper.sections) > CONTENTS_FROM:
        titles = [section.title for section in paper.sections]
        title = contents_title(voice(paper.lang))
        *pages, own = section_pages(paper)
        # LibreOffice leaves the title of contents that go over behind.
        new_page = own > (2 if paper.front else 1)
        yield contents(title, titles, pages, CONTENTS, new_page=new_page)


def section_pages(paper: PaperDocument) -> list[int]:
    """The page that each section begins on, as near as can be told, and that of the contents."""
    measure = Measure(LOOKS)
    opening = [measure.text(paper.label, "Subtitle"), measure.text(paper.headline, "Title")]
    if paper.front:
        opening.insert(0, Piece(PAGE))
    opening += [measure.text(paper.note, "Note")] if paper.note else []
    opening += [measure.text(paper.lead, "Normal")] if paper.lead else []
    if cover := paper.cover:
        opening += [Piece(55), measure.text(cover.range, "Note")]
        opening += [measure.text(note, "Normal") for note in cover.notes]
        opening += [*measure.table(cover.areas), *measure.element(cover.readiness)]
    opening += [measure.text(".", "Note", with_next=True, section=len(paper.sections))]
    last = len(paper.sections) - 1
    opening += [
        measure.text(section.title, "toc 1", with_next=number < last)
        for number, section in enumerate(paper.sections)
    ]
    sections = [
        [
            measure.text(section.title, "Heading 1", with_next=True, section=number),
            *chain.from_iterable(
                measure.element(*each) for each in placed(section.title, section.elements)
            ),
        ]
        for number, section in enumerate(paper.sections)
    ]
    return pages_of(opening, sections)


def _cover(cover: Cover) -> Iterator[str]:
    """Where the organisation stands, and its areas."""
    score, level = run(cover.score, bold=True, size=40), f"   {cover.level}"
    yield paragraph("Normal", score, run(level, bold=True, size=14, tone=cover.tone))
    yield paragraph("Note", run(cover.range))
    for text in cover.notes:
        yield paragraph("Normal", run(text))
    yield table(cover.areas, "Caption", "TableCell")


def _xml(document: Doc, element: Element, with_next: bool, captioned: bool) -> str:  # noqa: FBT001
    match element:
        case Paragraph(text, kind):
            style = "Note" if kind == "note" else "Normal"
            return paragraph(style, run(text), with_next=with_next)
        case Subheading(text):
            return paragraph("Heading2", run(text))
        case BulletList(items):
            return "".join(paragraph("ListBullet", run(item)) for item in items)
        case PaperTable():
            return table(element, "Caption", "TableCell", captioned=captioned)
        case Bars():
            return _chart(document, element)
        case Drawing():  # Word shows no SVG without a second picture; the table below says it all
            return _chart(document, element.native) if element.native else ""


def _chart(document: Doc, shown: Bars | LineChart) -> str:
    """A native chart in a line of its own, with its title above and its reading as its text."""
    package = document.part.package
    number = 1 + sum(part.partname.startswith("/word/charts/chart") for part in package.parts)
    address = PackURI(f"/word/charts/chart{number}.xml")
    chart = Part(address, CONTENT_TYPE.DML_CHART, chart_xml(shown, BOOK), package)
    inside = PackURI(f"/word/embeddings/chart{number}.xlsx")
    book = Part(inside, CONTENT_TYPE.SML_SHEET, book_of(shown), package)
    chart.rels.add_relationship(RELATIONSHIP_TYPE.PACKAGE, book, BOOK)
    link = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    rows = len(shown.categories) if isinstance(shown, Bars) else LINES_TALL
    frame = chart_frame(link, number, rows, shown.title, shown.reading)
    return paragraph("Caption", run(shown.title), with_next=True) + paragraph("Normal", frame)
