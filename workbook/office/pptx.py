"""The report as slides: a conclusion each as its title, native tables and charts, speaker notes.

A slide holds what a room can read. What does not fit is counted on the slide, and stands in its
notes and in the report.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Cm

from workbook.errors import BadInput
from workbook.exchange.tables.writing import legal
from workbook.fragments.charts import Bars, LineChart
from workbook.i18n import Voice, voice
from workbook.office import slideml
from workbook.office.archive import steady
from workbook.office.barring import readiness
from workbook.office.basing import slide_base, slide_flaws
from workbook.office.charts import ChartData, dress, kind_of
from workbook.office.covers import EDGE, HIGH, WIDE, centimetres, put_cover, write
from workbook.office.elements import (
    PaperRow,
    PaperTable,
    TableCell,
)
from workbook.office.logos import logo_picture
from workbook.office.palette import INK, INK_2, SHADES
from workbook.office.paper import foot_of, front_page
from workbook.office.slideml import Letters
from workbook.office.slides import Shown, Slide, slides_of
from workbook.office.summaries import areas
from workbook.wording.figures import point_text, range_text
from workbook.wording.states import more_text

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand
    from workbook.report import Report

TOP, ROOM = 3.9, 13.4
"""Where the content begins, and how high it may be."""
LINE, LETTER, BOLD = 0.0425, 0.0165, 1.3
"""Centimetres of a line and of a letter, for each point of its size; how much wider a letter in
bold may be, where a machine has another font in place of ours."""


LETTERS = (
    Letters(20),
    Letters(18),
    Letters(16),
    Letters(14),
    Letters(12),
    Letters(11),
    Letters(11, 0.12),
)
"""How a table may be set: the first in which all rows find room."""
AIR = 0.8
"""The most centimetres that a row is higher where there is room, so that few rows fill a slide."""
LOGO_WIDTH = Cm(7)
LINES_TALL, TABLE_TALL = 8, 10
"""How many bars a chart of lines is as high as, and a table that is alone."""
CAPTION, GUTTER = 0.8, 1.0
"""Centimetres of a line above a picture that says what it shows; and between two side by side."""
CHART_LETTERS = 11
"""The size of a chart's letters, in points."""
TITLE_ONLY = 5
"""The layout with a title alone, in the library's own template."""


def pptx(report: Report) -> bytes:
    """The slides as the bytes of a .pptx file, the same for the same report."""
    v, presentation = voice(report.lang), _opened(report.brand)
    _tell(presentation, report)
    if front := front_page(report):
        own = (
            report.brand and report.brand.pptx and report.brand.cover and report.brand.cover.layout
        )
        put_cover(_made(presentation, report, own or ""), front, based=bool(own))
    _verdict(presentation, report, v)
    for slide in slides_of(report, v):
        _draw(presentation, slide, report, v)
    out = io.BytesIO()
    presentation.save(out)
    return steady(out.getvalue())


# The slides themselves


def set_up_master(presentation: Any) -> None:  # noqa: ANN401
    """Wide slides, with titles at the left, in bold."""
    presentation.slide_width, presentation.slide_height = Cm(WIDE), Cm(HIGH)
    title = presentation.slide_master.placeholders[0]
    title.left, title.top, title.width, title.height = centimetres(EDGE, 0.9, WIDE - 2 * EDGE, 2.6)
    style = presentation.slide_master.element.find(f".//{qn('p:titleStyle')}")
    for level in style.iter(qn("a:lvl1pPr")):
        level.set("algn", "l")
    for letters in style.iter(qn("a:defRPr")):
        letters.set("sz", "2600")
        letters.set("b", "1")


def _opened(brand: Brand | None) -> Any:  # noqa: ANN401
    """A presentation without slides: ours, or the house's own."""
    path = brand.file(brand.pptx) if brand else None
    if brand is None or path is None:
        presentation = Presentation()
        set_up_master(presentation)
        return presentation
    if flaws := list(slide_flaws(path, *brand.layouts)):
        raise BadInput(flaws)
    presentation = slide_base(path)
    slides = presentation.slides._sldIdLst  # noqa: SLF001 - the library removes no slide
    for slide in list(slides):
        presentation.part.drop_rel(slide.rId)
        slides.remove(slide)
    return presentation


def _tell(presentation: Any, report: Report) -> None:  # noqa: ANN401
    """What the file says of itself."""
    properties = presentation.core_properties
    properties.title, properties.language = legal(report.title), report.lang
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.keywords = report.provenance
    properties.created = properties.modified = dt.datetime.combine(report.as_of, dt.time())


def _made(presentation: Any, report: Report, layout: str = "") -> Any:  # noqa: ANN401
    """A slide with its title alone, and the logo; all of a `layout` that is named."""
    layouts, brand = presentation.slide_layouts, report.brand
    own = brand is not None and brand.pptx is not None
    usual = layouts.get_by_name(brand.layout) if brand and own else layouts[TITLE_ONLY]
    slide = presentation.slides.add_slide(layouts.get_by_name(layout) if layout else usual)
    title = slide.shapes.title
    for placeholder in () if layout else list(slide.placeholders):
        if placeholder.element is not title.element:
            placeholder.element.getparent().remove(placeholder.element)
    if brand and not own and (logo := logo_picture(brand)):
        picture = slide.shapes.add_picture(io.BytesIO(logo), 0, Cm(0.4), height=Cm(1))
        if picture.width > LOGO_WIDTH:
            picture.height, picture.width = picture.height * LOGO_WIDTH // picture.width, LOGO_WIDTH
        picture.left = presentation.slide_width - picture.width - Cm(EDGE)
        title.left, title.top, title.width, title.height = centimetres(EDGE, 0.9, WIDE - 11, 2.6)
        picture._element.nvPicPr.cNvPr.set("descr", legal(report.origin))  # noqa: SLF001
    return slide


def _blank(presentation: Any, title: str, notes: Sequence[str], report: Report) -> Any:  # noqa: ANN401
    slide = _made(presentation, report)
    heading = slide.shapes.title.text_frame
    heading.text, heading.vertical_anchor = legal(title), MSO_ANCHOR.MIDDLE
    foot = slide.shapes.add_textbox(*centimetres(EDGE, HIGH - 1.1, WIDE - 2 * EDGE, 0.8))
    text = foot_of(report.brand, report.lang) or f"{report.running[0]} · {report.when}"
    write(foot.text_frame, text, 10, INK_2)
    if notes:
        slide.notes_slide.notes_text_frame.text = legal("\n".join(notes))
    return slide


def _verdict(presentation: Any, report: Report, v: Voice) -> None:  # noqa: ANN401
    """The first slide: the score, its level, why, and the areas."""
    verdict = report.verdict
    texts = tuple(filter(None, (verdict.explanation, verdict.firmness)))
    slide = _blank(presentation, report.headline, (report.summary, *texts), report)
    level = report.rules.level(verdict.level.low) if verdict.level else None
    left = slide.shapes.add_textbox(*centimetres(EDGE, TOP, 8.6, 6)).text_frame
    write(left, point_text(verdict.score, v), 66, INK, bold=True)
    sign = f"{level.sign} " if level else ""
    write(left, sign + verdict.level_text, 18, SHADES[level.tone] if level else INK, bold=True)
    write(left, range_text(verdict.score, v), 12, INK_2)
    place = Frame(10.6, TOP, WIDE - 10.6 - EDGE, 4.4)
    box = centimetres(place.left, TOP, place.width, place.height)
    summary = PaperRow((TableCell(report.summary),))
    letters, _ = _fitting((summary,), (place.width,), place.height - 0.2, LETTERS[2:])
    write(slide.shapes.add_textbox(*box).text_frame, report.summary, letters.size, INK)
    _table(slide, areas(report, v), replace(place, top=TOP + 4.4, height=ROOM - 4.4), v)
    _chart(slide, readiness(report, v), Frame(EDGE, TOP + 6.4, 8.8, ROOM - 6.4))


def _draw(presentation: Any, slide: Slide, report: Report, v: Voice) -> None:  # noqa: ANN401
    drawn = _blank(presentation, slide.title, slide.notes, report)
    for shown, place in zip(slide.shows, _places(slide), strict=True):
        inside, alone = place, len(slide.shows) == 1
        heading = shown.caption if isinstance(shown, PaperTable) else shown.title
        if not alone or not (isinstance(shown, PaperTable) or heading == slide.title):
            above = CAPTION * (2 if slide.side_by_side else 1)
            inside = replace(place, top=place.top + above, height=place.height - above)
            box = centimetres(place.left, place.top, place.width, above)
            write(drawn.shapes.add_textbox(*box).text_frame, heading, 12, INK, bold=True)
        if isinstance(shown, PaperTable):
            for row in _table(drawn, shown, inside, v):
                line = drawn.notes_slide.notes_text_frame.add_paragraph()
                line.text = legal(" · ".join(cell.text for cell in row.cells if cell.text))
        else:
            _chart(drawn, shown, inside)


def _places(slide: Slide) -> Iterator[Frame]:
    """Where on a slide each of what it shows stands: side by side, or one below the other."""
    rows, wide = [_rows(shown) for shown in slide.shows], WIDE - 2 * EDGE
    if slide.side_by_side:
        width = (wide - GUTTER * (len(rows) - 1)) / len(rows)
        for position, count in enumerate(rows):
            height = min(ROOM, 3.5 + 1.6 * count)
            yield Frame(EDGE + position * (width + GUTTER), TOP, width, height)
        return
    at = TOP
    for count in rows:
        height = min(ROOM * (count + 3) / (sum(rows) + 3 * len(rows)), 2.5 + 1.6 * count)
        yield Frame(EDGE, at, wide, height)
        at += height


def _rows(shown: Shown) -> int:
    """How many bars a picture is as high as."""
    match shown:
        case Bars(categories=categories):
            return len(categories)
        case PaperTable():
            return TABLE_TALL
    return LINES_TALL


def _chart(slide: Any, shown: Bars | LineChart, at: Frame) -> None:  # noqa: ANN401
    place = centimetres(at.left, at.top, at.width, at.height)
    frame = slide.shapes.add_chart(kind_of(shown), *place, ChartData(shown))
    frame.chart.has_legend = False
    dress(frame.chart._chartSpace, shown, CHART_LETTERS)  # noqa: SLF001 - the library's looks do not reach so far
    _describe(frame, shown.title, shown.reading)


def _describe(frame: Any, title: str, reading: str) -> None:  # noqa: ANN401
    """What a screen reader says of a table or a chart."""
    properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001
    properties.set("title", legal(title))
    properties.set("descr", legal(reading))


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on a slide for a table, in centimetres."""

    left: float
    top: float
    width: float
    height: float


def _table(slide: Any, table: PaperTable, place: Frame, v: Voice) -> Sequence[PaperRow]:  # noqa: ANN401
    """A native table of as many rows as there is room for; the rows that are left out."""
    total = sum(column.share for column in table.columns)
    widths = [place.width * column.share / total for column in table.columns]
    heads = PaperRow(tuple(TableCell(column.head) for column in table.columns), "group")
    letters, count = _fitting((heads, *table.rows), widths, place.height)
    rows, left_out = (heads, *table.rows)[:count], table.rows[count - 1 :]
    heights = [_height(row, widths, letters) for row in rows]
    air = min(AIR, max(0.0, (place.height - math.fsum(heights)) / len(rows)))
    letters, heights = letters._replace(around=letters.around + air), [h + air for h in heights]
    frame = slide.shapes.add_table(1, 1, *centimetres(place.left, place.top, place.width, 1))
    xml = slideml.table(table, list(zip(rows, heights, strict=True)), widths, letters, v.language)
    drawn = parse_xml(xml)
    frame._element.graphic.graphicData.replace(frame.table._tbl, drawn)  # noqa: SLF001
    frame.width = sum(column.w for column in drawn.tblGrid.gridCol_lst)
    frame.height = sum(row.h for row in drawn.tr_lst)
    _describe(frame, table.caption, table.caption)
    if left_out:
        at = place.top + math.fsum(heights)
        more = slide.shapes.add_textbox(*centimetres(place.left, at + 0.1, place.width, 0.8))
        write(more.text_frame, more_text(len(left_out), v), 12, INK_2)
    return left_out


def _fitting(
    rows: Sequence[PaperRow],
    widths: Sequence[float],
    room: float,
    among: Sequence[Letters] = LETTERS,
) -> tuple[Letters, int]:
    """The letters, and how many of the rows fit, with a line that counts the rest."""
    for letters in among:
        if math.fsum(_height(row, widths, letters) for row in rows) <= room:
            return letters, len(rows)
    heights, room = accumulate(_height(row, widths, letters) for row in rows), room - 0.9
    return letters, max(2, sum(1 for used in heights if used <= room))


def _height(row: PaperRow, widths: Sequence[float], letters: Letters) -> float:
    """How high a row is: without end where a word would be cut, but for the smallest letters."""
    widths = [math.fsum(widths)] if len(row.cells) == 1 else widths
    wide = LETTER * letters.size * BOLD
    if letters.size > LETTERS[-1].size and any(
        len(word) * wide > width - 0.4
        for cell, width in zip(row.cells, widths, strict=True)
        for word in cell.text.split()
    ):
        return math.inf
    lines = (
        math.ceil(max(1, len(cell.text)) * LETTER * letters.size / (width - 0.4))
        for cell, width in zip(row.cells, widths, strict=True)
    )
    return max(lines) * LINE * letters.size + letters.around
