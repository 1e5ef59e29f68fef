"""The XML of a Word document's body: paragraphs, tables, and the frame of a chart.

Written in one piece: python-docx looks for styles and cells anew each time, which takes seconds.
Whatever a document says is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from workbook.exchange.tables.writing import legal
from workbook.office.elements import SHORT, PaperRow, PaperTable, TableCell
from workbook.office.palette import GROUND, LINE, SHADES, TINTS
from workbook.wording.states import Tone

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{WORD}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
TOC = r' TOC \o "1-1" \h \z \u '
"""The field of a table of contents: of headings of the first level, with links and pages."""
TWIPS = 9638
"""The width of the text, A4 without margins of 2 cm, in twentieths of a point."""
EMU = 635
"""English metric units in such a twentieth."""


def words(text: str) -> str:
    """A text as XML; characters that XML has no place for are left out."""
    return escape(legal(text))


def run(text: str, *, bold: bool = False, size: int = 0, tone: Tone | None = None) -> str:
    """Letters; `size` in points, 0 for that of the style."""
    looks = "<w:b/>" if bold else ""
    looks += f'<w:color w:val="{SHADES[tone]}"/>' if tone else ""
    looks += f'<w:sz w:val="{2 * size}"/>' if size else ""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{words(text)}</w:t></w:r>'


def paragraph(
    style: str,
    *runs: str,
    with_next: bool = False,
    new_page: bool = False,
    right: bool = False,
) -> str:
    """A paragraph in a style, by the style's id."""
    looks = f'<w:pStyle w:val="{style}"/>'
    looks += "<w:keepNext/>" if with_next else ""
    looks += "<w:pageBreakBefore/>" if new_page else ""
    looks += '<w:jc w:val="right"/>' if right else ""
    return f"<w:p><w:pPr>{looks}</w:pPr>{''.join(runs)}</w:p>"


def heading(text: str, number: int, *, new_page: bool = False) -> str:
    """The heading of a section with the mark that the table of contents leads to."""
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{_mark(number)}"/>'
    looks = '<w:pStyle w:val="Heading1"/>' + ("<w:pageBreakBefore/>" if new_page else "")
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    return f"<w:p><w:pPr>{looks}</w:pPr>{mark}{run(text)}{end}</w:p>"


def contents(
    title: str, titles: Sequence[str], pages: Sequence[int], style: str, *, new_page: bool
) -> str:
    """A table of contents under its title, as Word inserts one: a field with its entries filled in.

    Each entry refers to the page of its heading. The field is marked as outdated, so that Word
    works all of it out when the document is opened.
    """
    first = f"{_mark_of('begin', dirty=True)}{_code(TOC)}{_mark_of('separate')}"
    last = len(titles) - 1
    entries = [
        paragraph(
            style,
            "" if number else first,
            f'<w:hyperlink w:anchor="{_mark(number)}">{run(title)}<w:r><w:tab/></w:r>'
            f"{_page(number, page)}</w:hyperlink>",
            _mark_of("end") if number == last else "",
            with_next=number < last,  # contents on two pages are hard to read
        )
        for number, (title, page) in enumerate(zip(titles, pages, strict=True))
    ]
    head = paragraph("Note", run(title, bold=True), with_next=True, new_page=new_page)
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{head}{''.join(entries)}</w:sdtContent></w:sdt>"
    )


def _page(number: int, page: int) -> str:
    """The page of a heading: a field, and what it says until it is worked out."""
    code = _code(f" PAGEREF {_mark(number)} \\h ")
    begin, shown, end = _mark_of("begin", dirty=True), _mark_of("separate"), _mark_of("end")
    return f"{begin}{code}{shown}{run(str(page))}{end}"


def _code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def _mark_of(end: str, *, dirty: bool = False) -> str:
    """Where a field begins, where what it shows begins, or where it ends."""
    outdated = ' w:dirty="true"' if dirty else ""
    return f'<w:r><w:fldChar w:fldCharType="{end}"{outdated}/></w:r>'


def _mark(number: int) -> str:
    """What Word names a heading that its table of contents leads to."""
    return f"_Toc{number + 1:08}"


def field(code: str, shown: str) -> str:
    """A field that Word fills in, and what stands there until then."""
    return f"<w:fldSimple w:instr={quoteattr(code)}>{run(shown)}</w:fldSimple>"


def table(grid: PaperTable, caption_style: str, cell_style: str, *, captioned: bool = True) -> str:
    """A table with its caption above, a header row that repeats, and rows that do not break.

    `captioned`: whether its caption is seen; not so below a heading that says the same.
    """
    caption = paragraph(caption_style, run(grid.caption), with_next=True) if captioned else ""
    total = sum(column.share for column in grid.columns)
    widths = [TWIPS * column.share // total for column in grid.columns]
    heads = PaperRow(tuple(TableCell(column.head) for column in grid.columns), "group")
    rows = [_row(heads, grid, widths, cell_style, "<w:cantSplit/><w:tblHeader/>", with_next=True)]
    # No group's name ends a page, no row begins or ends one alone, and a short table stands on one.
    ends = {0, len(grid.rows) - 2} if len(grid.rows) > SHORT else range(len(grid.rows))
    rows += [
        _row(
            row,
            grid,
            widths,
            cell_style,
            "<w:cantSplit/>",
            with_next=row.kind == "group" or at in ends,
        )
        for at, row in enumerate(grid.rows[:-1])
    ]
    rows += [_row(row, grid, widths, cell_style, "<w:cantSplit/>") for row in grid.rows[-1:]]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"{caption}<w:tbl><w:tblPr>{_look(grid.caption)}</w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _look(caption: str) -> str:
    """Hairlines, room in the cells, the header row, and what a screen reader says of the table."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblW w:w="{TWIPS}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(legal(caption))}/>"
    )


def _row(
    row: PaperRow,
    grid: PaperTable,
    widths: Sequence[int],
    style: str,
    looks: str,
    *,
    with_next: bool = False,
) -> str:
    """A row; `with_next`: on the page of the row below it."""
    if len(row.cells) == 1 and len(widths) > 1:
        wide = f'<w:gridSpan w:val="{len(widths)}"/>'
        cells = _cell(
            row.cells[0], row.kind, f"{_width(sum(widths))}{wide}", style, with_next=with_next
        )
    else:
        cells = "".join(
            _cell(cell, row.kind, _width(width), style, right=column.number, with_next=with_next)
            for cell, column, width in zip(row.cells, grid.columns, widths, strict=True)
        )
    return f"<w:tr><w:trPr>{looks}</w:trPr>{cells}</w:tr>"


def _width(twips: int) -> str:
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


def _cell(
    cell: TableCell,
    kind: str,
    looks: str,
    style: str,
    *,
    right: bool = False,
    with_next: bool = False,
) -> str:
    fill = TINTS[cell.tone] if cell.tone else GROUND if kind == "group" else None
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    text = run(cell.text, bold=kind != "row", tone=cell.tone)
    content = paragraph(style, text, right=right, with_next=with_next)
    return f"<w:tc><w:tcPr>{looks}{shade}</w:tcPr>{content}</w:tc>"


def chart_frame(link: str, number: int, rows: int, title: str, reading: str) -> str:
    """Where a chart stands: as wide as the text; `reading` is told to who cannot see it."""
    height = 510_000 + 270_000 * rows
    title, reading = (quoteattr(legal(text)) for text in (title, reading))
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{TWIPS * EMU}" cy="{height}"/>'
        f'<wp:docPr id="{100 + number}" name="chart{number}" descr={reading} title={title}/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart r:id="{link}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
