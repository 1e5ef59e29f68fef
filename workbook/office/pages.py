"""On which page of a Word document each section begins, as near as can be told in advance.

Only the program that shows a document knows its pages: it works them out anew. Until then, and
where nobody does, these stand in the contents. Words are measured by their letters, on average.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from workbook.fragments.charts import Bars
from workbook.office.elements import (
    SHORT,
    BulletList,
    Drawing,
    Element,
    PaperRow,
    PaperTable,
    Paragraph,
    Subheading,
)

PAGE, WIDTH = 722.0, 481.9
"""The room for text on a page, and the width of a line, in points."""
LINE, LETTER = 1.22, 0.5
"""The height of a line and the mean width of a letter, for each point of their size."""
CELL = 7.0
"""The room beside the words of a cell."""
LINES_TALL = 6
"""How many bars a chart of lines is as high as."""
CHART, BAR = 40.2, 21.3
"""The height of a chart without bars, and of each of its bars."""


class Piece(NamedTuple):
    """Something that stands on one page.

    `with_next`: on the page of the next; `head` is the height of what repeats where a page begins;
    `section` is the number of the section that begins with it.
    """

    height: float
    with_next: bool = False
    head: float = 0
    section: int = -1


Looks = Mapping[str, tuple[float, str, bool, float, float]]
"""The styles of a document: size, colour, boldness, room above and below."""


def pages_of(opening: Iterable[Piece], sections: Sequence[Iterable[Piece]]) -> list[int]:
    """The page that each section begins on."""
    begun: dict[int, int] = {}
    page, used = 1, 0.0
    flow = list(chain(opening, *sections))
    for at, piece in enumerate(flow):
        needed = piece.height
        for above, following in zip(flow[at:], flow[at + 1 :], strict=False):
            if not above.with_next or needed > PAGE / 2:
                break
            needed += following.height
        if used and used + needed > PAGE:
            page, used = page + 1, piece.head
        used += piece.height
        while used > PAGE:
            page, used = page + 1, used - PAGE
        if piece.section >= 0:
            begun.setdefault(piece.section, page)
    return [begun[number] for number in sorted(begun)]


class Measure:
    """Measures what a document says, in its styles."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks

    def text(
        self,
        text: str,
        style: str,
        *,
        with_next: bool = False,
        width: float = WIDTH,
        section: int = -1,
    ) -> Piece:
        """A paragraph."""
        size, _, bold, before, after = self._looks[style]
        letter = LETTER * size * (1.06 if bold else 1)
        height = lines(text, width / letter) * LINE * size + before + after
        return Piece(height, with_next, section=section)

    def element(
        self,
        element: Element,
        with_next: bool = False,  # noqa: FBT001, FBT002 - as `PlacedElement` holds them
        captioned: bool = True,  # noqa: FBT001, FBT002
    ) -> Iterator[Piece]:
        """An element of a section, `PlacedElement`."""
        match element:
            case Paragraph(text, kind):
                yield self.text(text, "Note" if kind == "note" else "Normal", with_next=with_next)
            case Subheading(text):
                yield self.text(text, "Heading 2", with_next=True)
            case BulletList(items):
                yield from (self.text(item, "List Bullet", width=WIDTH - 18) for item in items)
            case PaperTable():
                yield from self.table(element, captioned=captioned)
            case Bars():
                yield self.text(element.title, "Caption", with_next=True)
                yield Piece(CHART + BAR * len(element.categories) + LINE * 10)
            case Drawing(native=None):
                pass
            case Drawing(native=native):
                yield self.text(element.title, "Caption", with_next=True)
                rows = len(native.categories) if isinstance(native, Bars) else LINES_TALL
                yield Piece(CHART + BAR * rows + LINE * 10)

    def table(self, table: PaperTable, *, captioned: bool = True) -> Iterator[Piece]:
        """A table, row by row."""
        total = sum(column.share for column in table.columns)
        widths = [WIDTH * column.share / total for column in table.columns]
        if captioned:
            yield self.text(table.caption, "Caption", with_next=True)
        head = self._row([column.head for column in table.columns], widths, bold=True)
        yield Piece(head, with_next=True)
        last = len(table.rows) - 1
        for at, row in enumerate(table.rows):
            with_next = row.kind == "group" or (last < SHORT and at < last)
            yield Piece(self._height(row, widths), with_next, head)

    def _height(self, row: PaperRow, widths: Sequence[float]) -> float:
        wide = [sum(widths)] if len(row.cells) == 1 else widths
        return self._row([cell.text for cell in row.cells], wide, bold=row.kind != "row")

    def _row(self, texts: Sequence[str], widths: Sequence[float], *, bold: bool) -> float:
        size, _, _, before, after = self._looks["Table Cell"]
        letter = LETTER * size * (1.06 if bold else 1)
        most = max(
            lines(text, (width - CELL) / letter) for text, width in zip(texts, widths, strict=True)
        )
        return most * LINE * size + before + after + 0.5


def lines(text: str, letters: float) -> int:
    """How many lines of so many letters a text takes, broken between words."""
    count, used = 1, 0.0
    for word in text.split(" "):
        length = len(word)
        if used and used + 1 + length > letters:
            count, used = count + 1, 0.0
        used += length + (1 if used else 0)
        while used > letters:
            count, used = count + 1, used - letters
    return count
