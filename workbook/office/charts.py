"""Native charts: the part of an office document that draws them, with a workbook to edit them.

Word and PowerPoint share this part (DrawingML). python-pptx knows how it is written.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE
from xlsxwriter import Workbook

from workbook.exchange.tables.writing import legal
from workbook.fragments.charts import HUNDRED, Bars, LineChart
from workbook.office.archive import EPOCH
from workbook.office.palette import BARS, INK_2, LINE, TINTS

if TYPE_CHECKING:
    from workbook.fragments.charts import Series

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"c": CHART, "a": DRAWING}
ACTIVE = re.compile(r"\s*([={]|\w+:)")
"""How a formula begins, or an address."""
PAPER_LETTERS = 9
"""The size of a chart's letters on paper, in points."""
SIGNS = ("circle", "square", "diamond", "triangle")
STROKES = ("solid", "dash", "sysDot", "dashDot")
"""How lines differ without colour, as in `fragments.charts`."""


class ChartData(CategoryChartData):
    """The categories and series of a chart, and the workbook that it is edited in."""

    def __init__(self, shown: Bars | LineChart) -> None:
        dates = isinstance(shown, Bars) and shown.dates
        super().__init__(number_format="d mmm yy" if dates else "0.0")
        self.categories = list(map(_inert, shown.categories))
        for series in shown.series:
            values = [round(value, 6) for value in series.values]
            self.add_series(_inert(series.name) or " ", values)
        self._shown = shown

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook, written once for all documents."""
        return book_of(self._shown)


@lru_cache(maxsize=32)
def book_of(shown: Bars | LineChart) -> bytes:
    """The workbook behind a chart, which does not tell when it was made."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(*EPOCH)})  # noqa: DTZ001 - in no zone
        CategoryWorkbookWriter(ChartData(shown))._populate_worksheet(book, book.add_worksheet())  # noqa: SLF001 - the only way to it
    return file.getvalue()


def kind_of(shown: Bars | LineChart) -> XL_CHART_TYPE:
    """The native kind of a chart."""
    return XL_CHART_TYPE.BAR_STACKED if isinstance(shown, Bars) else XL_CHART_TYPE.LINE_MARKERS


def chart_xml(shown: Bars | LineChart, link: str) -> bytes:
    """The part for this chart; `link` names its relationship to the workbook."""
    tree = etree.fromstring(ChartData(shown).xml_bytes(kind_of(shown)))
    dress(tree, shown, PAPER_LETTERS)
    outside = etree.SubElement(tree, f"{{{CHART}}}externalData", {f"{{{OFFICE}}}id": link})
    etree.SubElement(outside, f"{{{CHART}}}autoUpdate", {"val": "0"})
    content: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    return content


def _inert(text: str) -> str:
    """A text that the workbook takes for nothing else, such as a formula or an address."""
    return f"\N{NO-BREAK SPACE}{legal(text)}" if ACTIVE.match(legal(text)) else legal(text)


def dress(tree: etree._Element, shown: Bars | LineChart, size: int) -> None:
    """Our colours, quiet axes, and a legend where it takes one; letters of so many points.

    Of bars the first category stands on top, as a table's first row does.
    """
    for number, element in enumerate(tree.findall(".//c:ser", NAMES)):
        look = _bar(shown.series[number], shown) if isinstance(shown, Bars) else _line(number)
        for part in reversed(look):
            _insert_after(element, "tx", part)
    _axes(tree, shown, size)
    _legend(tree, shown, size)


def _axes(tree: etree._Element, shown: Bars | LineChart, size: int) -> None:
    """Quiet axes; values from the first tick to the last."""
    category, value = tree.find(".//c:catAx", NAMES), tree.find(".//c:valAx", NAMES)
    ticks = shown.ticks if isinstance(shown, Bars) else HUNDRED
    scale = f'<c:max val="{ticks[-1]}"/><c:min val="{ticks[0]}"/>'
    order = '<c:orientation val="maxMin"/>' if isinstance(shown, Bars) else ""
    for axis, scaling in ((category, order), (value, scale)):
        for old in axis.findall("c:scaling", NAMES):
            axis.remove(old)
        _insert_after(axis, "axId", f"<c:scaling>{scaling}</c:scaling>")
    step = ticks[1] - ticks[0]
    after = "crossBetween" if value.find("c:crossBetween", NAMES) is not None else "crosses"
    _insert_after(value, after, f'<c:majorUnit val="{step}"/>')
    code = "mmm yy" if isinstance(shown, Bars) and shown.dates else "0"
    form = f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
    value.find("c:majorTickMark", NAMES).addprevious(_xml(form))
    for line in value.findall("c:majorGridlines", NAMES):
        line.append(
            _xml(
                f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{LINE}"/>'
                "</a:solidFill></a:ln></c:spPr>"
            )
        )
    for axis in (category, value):
        after = "spPr" if axis.find("c:spPr", NAMES) is not None else "tickLblPos"
        _insert_after(axis, after, _letters(size))


def _bar(series: Series, bars: Bars) -> tuple[str, ...]:
    if series.look == "clear":
        return ("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>",)
    if (
        series.look == "late" and not bars.dates
    ):  # black and white paper has no red: lines tell it apart
        colours = f'<a:fgClr><a:srgbClr val="{BARS["late"]}"/></a:fgClr>'
        colours += f'<a:bgClr><a:srgbClr val="{TINTS["not"]}"/></a:bgClr>'
        return (f'<c:spPr><a:pattFill prst="wdUpDiag">{colours}</a:pattFill></c:spPr>',)
    fill = f'<a:solidFill><a:srgbClr val="{BARS[series.look]}"/></a:solidFill>'
    edge = _stroke(6350) if series.look == "pale" else "<a:ln><a:noFill/></a:ln>"
    return (f"<c:spPr>{fill}{edge}</c:spPr>",)


def _line(number: int) -> tuple[str, ...]:
    kind = number % len(SIGNS)
    fill = f'<a:solidFill><a:srgbClr val="{BARS["strong"]}"/></a:solidFill>'
    sign = f'<c:symbol val="{SIGNS[kind]}"/><c:size val="8"/><c:spPr>{fill}</c:spPr>'
    return (
        f"<c:spPr>{_stroke(25400, STROKES[kind])}</c:spPr>",
        f"<c:marker>{sign}</c:marker>",
    )


def _stroke(width: int, dash: str = "solid") -> str:
    colour = f'<a:solidFill><a:srgbClr val="{BARS["strong"]}"/></a:solidFill>'
    return f'<a:ln w="{width}">{colour}<a:prstDash val="{dash}"/></a:ln>'


def _legend(tree: etree._Element, shown: Bars | LineChart, size: int) -> None:
    """A legend below the chart, where series are named."""
    for old in tree.findall(".//c:legend", NAMES):
        old.getparent().remove(old)
    named = shown.named if isinstance(shown, Bars) else shown.series
    if not named:
        return
    # Series that only hold a place stay in it unseen: programs count the entries to leave out
    # of stacked bars from different ends.
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_letters(size)}</c:legend>'
    _insert_after(tree.find("c:chart", NAMES), "plotArea", legend)


def _letters(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{100 * size}">'
        f'<a:solidFill><a:srgbClr val="{INK_2}"/></a:solidFill>'
        '<a:latin typeface="Calibri"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _insert_after(parent: etree._Element, name: str, text: str) -> None:
    parent.find(f"c:{name}", NAMES).addnext(_xml(text))


def _xml(text: str) -> etree._Element:
    wrapped = f'<w xmlns:c="{CHART}" xmlns:a="{DRAWING}">{text}</w>'
    return etree.fromstring(wrapped)[0]
