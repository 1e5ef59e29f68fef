"""Native charts: the part of an office document that draws bars, with its workbook to edit them.

Word and PowerPoint share this part (DrawingML). python-pptx knows how it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from workbook.office.palette import BARS, INK_2, LINE

if TYPE_CHECKING:
    from workbook.office.elements import Bars

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"c": CHART, "a": DRAWING}
KIND = XL_CHART_TYPE.BAR_STACKED


@dataclass(frozen=True, slots=True)
class ChartPart:
    """The XML of a chart without its link to the workbook, and that workbook."""

    xml: bytes
    workbook: bytes


def chart_part(bars: Bars, link: str) -> ChartPart:
    """The part for these bars; `link` names its relationship to the workbook."""
    data = chart_data(bars)
    tree = etree.fromstring(ChartXmlWriter(KIND, data).xml.encode())
    dress(tree, bars)
    outside = etree.SubElement(tree, f"{{{CHART}}}externalData", {f"{{{OFFICE}}}id": link})
    etree.SubElement(outside, f"{{{CHART}}}autoUpdate", {"val": "0"})
    workbook = data._workbook_writer.xlsx_blob  # noqa: SLF001 - the only way to it
    return ChartPart(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"), workbook)


def chart_data(bars: Bars) -> CategoryChartData:
    """The categories and series of the workbook behind a chart."""
    data = CategoryChartData(number_format="0.0")
    data.categories = list(bars.categories)
    for series in bars.series:
        data.add_series(series.name or " ", [round(value, 6) for value in series.values])
    return data


def dress(tree: etree._Element, bars: Bars) -> None:
    """Our colours, quiet axes, values from 0 to 100.

    The first category stands on top, as a table's first row does.
    """
    for element, series in zip(tree.findall(".//c:ser", NAMES), bars.series, strict=True):
        for old in element.findall("c:spPr", NAMES):
            element.remove(old)
        fill = (
            "<a:noFill/>"
            if series.look == "clear"
            else f'<a:solidFill><a:srgbClr val="{BARS[series.look]}"/></a:solidFill>'
        )
        _insert_after(element, "tx", f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>")
    for gap in tree.findall(".//c:gapWidth", NAMES):
        gap.set("val", "60")
    category, value = tree.find(".//c:catAx", NAMES), tree.find(".//c:valAx", NAMES)
    for old in category.findall("c:scaling", NAMES):
        category.remove(old)
    _insert_after(category, "axId", '<c:scaling><c:orientation val="maxMin"/></c:scaling>')
    for old in value.findall("c:scaling", NAMES):
        value.remove(old)
    _insert_after(value, "axId", '<c:scaling><c:max val="100"/><c:min val="0"/></c:scaling>')
    for line in value.findall("c:majorGridlines", NAMES):
        line.append(
            _xml(
                f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{LINE}"/>'
                "</a:solidFill></a:ln></c:spPr>"
            )
        )
    for axis in (category, value):
        for old in axis.findall("c:txPr", NAMES):
            axis.remove(old)
        after = "spPr" if axis.find("c:spPr", NAMES) is not None else "tickLblPos"
        _insert_after(axis, after, _letters())


def _letters() -> str:
    return (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill>'
        f'<a:srgbClr val="{INK_2}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _insert_after(parent: etree._Element, name: str, text: str) -> None:
    parent.find(f"c:{name}", NAMES).addnext(_xml(text))


def _xml(text: str) -> etree._Element:
    wrapped = f'<w xmlns:c="{CHART}" xmlns:a="{DRAWING}">{text}</w>'
    return etree.fromstring(wrapped)[0]
