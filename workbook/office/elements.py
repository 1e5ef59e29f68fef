"""What office documents are made of: few kinds of elements, with every text chosen.

A block of the report becomes elements once (`layout`); each format only knows how these few look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from workbook.fragments.charts import Bars, LineChart
from workbook.wording.states import Tone


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `note` is small print below what it explains."""

    text: str
    kind: Literal["body", "lede", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading below the section's own."""

    text: str


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell; a tone tints it, and its text says the same in a sign or a number.

    `bar` is the range of a score and its point, where a format may draw them beside the text; and
    `mark` the look of the letters of a map.
    """

    text: str
    tone: Tone | None = None
    bar: tuple[float, float | None, float] | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class TableHead:
    """A column: its head, its share of the width (%), whether it holds numbers.

    The head of an `upright` column stands on end, and the column is as narrow as its cells.
    """

    head: str
    share: int
    number: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row; the first cell names it. A `group` has one cell that heads the rows below it."""

    cells: tuple[TableCell, ...]
    kind: Literal["row", "group", "total"] = "row"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table. `caption` says what it shows, also to who cannot see it."""

    caption: str
    columns: tuple[TableHead, ...]
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in SVG. What it shows stands in words in `reading`, and in what follows it.

    `native`: the same for formats that draw charts of their own rather than pictures.
    """

    title: str
    reading: str
    svg: str
    native: Bars | LineChart | None = None


Element = Paragraph | Subheading | BulletList | PaperTable | Bars | Drawing

SHORT = 4
"""A table of so many rows stands on one page."""


class PlacedElement(NamedTuple):
    """An element, whether it is kept with the next one, and whether its caption is seen."""

    element: Element
    with_next: bool
    captioned: bool


def placed(heading: str, elements: tuple[Element, ...]) -> Iterator[PlacedElement]:
    """What stands below a heading, as a document sets it.

    A line below a subheading, and what a list is about, would otherwise end a page. A caption that
    says what the heading above it says is not seen.
    """
    before, after = (None, *elements), (*elements[1:], None)
    for above, element, below in zip(before, elements, after, strict=False):
        with_next = isinstance(above, Subheading) or isinstance(below, BulletList)
        yield PlacedElement(element, with_next, getattr(element, "caption", "") != heading)
        heading = element.text if isinstance(element, Subheading) else heading
