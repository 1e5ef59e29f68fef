"""The cover of slides that a brand asks for, and what every slide is measured and written with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Cm, Length, Pt

from workbook.exchange.tables.writing import legal
from workbook.office.palette import ACCENT, INK_2

if TYPE_CHECKING:
    from workbook.office.paper import FrontPage

WIDE, HIGH, EDGE = 33.867, 19.05, 1.4
"""A slide of 16 to 9 and its margin, in centimetres."""
TEXTED = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)
"""What of a cover's layout takes texts."""
Untyped = Any
"""A value of python-pptx, which ships no types."""


def put_cover(slide: Untyped, front: FrontPage, *, based: bool) -> None:
    """Fill a cover's slide; `based`: its layout is the house's own."""
    title = slide.shapes.title
    title.text_frame.text = legal(front.title)
    texts = [each for each in slide.placeholders if each.placeholder_format.type in TEXTED]
    if based and texts:
        texts[0].text_frame.text = legal("\n".join(front.lines))
        for spare in texts[1:]:
            spare.element.getparent().remove(spare.element)
        return
    frame = slide.shapes.add_textbox(*centimetres(EDGE, 9.6, WIDE - 2 * EDGE, 5)).text_frame
    for line in front.lines:
        write(frame, line, 16, INK_2)
    if based:
        return
    title.left, title.top, title.width, title.height = centimetres(EDGE, 5, WIDE - 2 * EDGE, 4)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
    band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *centimetres(0, HIGH - 0.8, WIDE, 0.8))
    band.fill.solid()
    band.fill.fore_color.rgb = RGBColor.from_string(ACCENT)
    band.line.fill.background()


def centimetres(left: float, top: float, width: float, height: float) -> tuple[Length, ...]:
    """A place on a slide, as the library measures it."""
    return Cm(left), Cm(top), Cm(width), Cm(height)


def write(frame: Untyped, text: str, size: int, colour: str, *, bold: bool = False) -> Untyped:
    """A paragraph at the end of a text frame, or in place of its empty first one."""
    frame.word_wrap = True
    first = frame.paragraphs[0]
    paragraph = first if not first.runs and len(frame.paragraphs) == 1 else frame.add_paragraph()
    if not text:  # an empty paragraph is as high as its end's letters, 18 points unless it says so
        paragraph._p.get_or_add_endParaRPr().set("sz", str(100 * size))  # noqa: SLF001
        return paragraph
    run = paragraph.add_run()
    run.text = legal(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour)
    return paragraph
