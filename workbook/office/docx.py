"""The report as a Word document: real styles, headings, captions, header rows, native charts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workbook.i18n import Voice, voice
from workbook.office.archive import steady
from workbook.office.charts import chart_part
from workbook.office.elements import Bars, BulletList, Element, PaperTable, Paragraph, Subheading
from workbook.office.layout import areas, laid_out
from workbook.office.palette import ACCENT, INK, INK_2
from workbook.office.wordml import NAMES, chart_frame, field, paragraph, run, table
from workbook.wording.figures import point_text, range_text

if TYPE_CHECKING:
    from docx.document import Document as Doc

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
    "Note": (9, INK_2, False, 3, 6),
    "Table TableCell": (9, INK, False, 1, 1),
}
OWN = ("Note", "Table TableCell")
"""Styles that Word does not bring."""
BOOK = "rId1"
"""How a chart refers to its workbook."""


def docx(report: Report) -> bytes:
    """The whole report as the bytes of a .docx file, the same for the same report."""
    v, document = voice(report.lang), Document()
    _set_up(document, report)
    body = [*_cover(report, v)]
    for section in report.sections:
        body.append(paragraph("Heading1", run(section.title)))
        for block in section.blocks:
            body += [_xml(document, element) for element in laid_out(block, v)]
    body.append(paragraph("Note", run(f"{report.origin} · {report.versions}")))
    _put(document, body)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _put(document: Doc, body: list[str]) -> None:
    end = document.element.body.sectPr
    for element in parse_xml(f"<w:body {NAMES}>{''.join(body)}</w:body>"):
        end.addprevious(element)


def _set_up(document: Doc, report: Report) -> None:
    """Paper, styles, language, properties, what heads and foots every page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    styles = document.styles
    for name in OWN:
        styles.add_style(name, 1).base_style = styles["Normal"]
    for name, look in LOOKS.items():
        _style(styles[name], *look)
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), report.lang)
    properties = document.core_properties
    properties.title, properties.language = report.title, report.lang
    properties.author = properties.last_modified_by = properties.comments = ""
    day = dt.datetime.combine(report.as_of, dt.time())
    properties.created = properties.modified = day
    foot = (run(f"{report.whose}\t"), field("PAGE", "1"))
    _margin(section.header, "Header", run("\t".join(report.running)))
    _margin(section.footer, "Footer", *foot)


def _style(style: Any, size: float, colour: str, bold: bool, before: float, after: float) -> None:  # noqa: ANN401, FBT001
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


def _cover(report: Report, v: Voice) -> Iterator[str]:
    """The first page: where the organisation stands, and its areas."""
    verdict = report.verdict
    yield paragraph("Subtitle", run(f"{report.whose} · {report.when}"))
    if report.language_note:
        yield paragraph("Note", run(report.language_note))
    yield paragraph("Title", run(report.headline))
    yield paragraph("Normal", run(report.summary))
    level = report.rules.level(verdict.level.low) if verdict.level else None
    named = f"   {level.sign if level else ''} {verdict.level_text}"
    yield paragraph(
        "Normal",
        run(point_text(verdict.score, v), bold=True, size=40),
        run(named, bold=True, size=14, tone=level.tone if level else None),
    )
    yield paragraph("Note", run(range_text(verdict.score, v)))
    for text in filter(None, (verdict.explanation, verdict.firmness)):
        yield paragraph("Normal", run(text))
    yield table(areas(report, v), "Caption", "TableCell")


def _xml(document: Doc, element: Element) -> str:
    match element:
        case Paragraph(text, kind):
            return paragraph("Note" if kind == "note" else "Normal", run(text))
        case Subheading(text):
            return paragraph("Heading2", run(text))
        case BulletList(items):
            return "".join(paragraph("ListBullet", run(item)) for item in items)
        case PaperTable():
            return table(element, "Caption", "TableCell")
        case Bars():
            return _bars(document, element)


def _bars(document: Doc, bars: Bars) -> str:
    """A native chart in a line of its own, with its title above and its reading as its text."""
    package = document.part.package
    number = 1 + sum(part.partname.startswith("/word/charts/chart") for part in package.parts)
    content = chart_part(bars, BOOK)
    address = PackURI(f"/word/charts/chart{number}.xml")
    chart = Part(address, CONTENT_TYPE.DML_CHART, content.xml, package)
    inside = PackURI(f"/word/embeddings/chart{number}.xlsx")
    book = Part(inside, CONTENT_TYPE.SML_SHEET, content.workbook, package)
    chart.rels.add_relationship(RELATIONSHIP_TYPE.PACKAGE, book, BOOK)
    link = document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    frame = chart_frame(link, number, len(bars.categories), bars.title, bars.reading)
    return paragraph("Caption", run(bars.title), with_next=True) + paragraph("Normal", frame)
