"""From a grid to tables: rows with their letters, sections, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from workbook.exchange.raci.cells import marks_reader, names_reader
from workbook.exchange.raci.heading import SHORT, is_aside
from workbook.exchange.raci.layout import TableLayout, recognise
from workbook.exchange.raci.legend import beside, is_legend
from workbook.exchange.raci.letters import is_mark, parse_mark
from workbook.exchange.raci.sections import is_foot, is_total, styled
from workbook.exchange.raci.vocabulary import NOBODY, TASK, Dialect, settle
from workbook.exchange.tables.grid import BLANK, Grid, Line
from workbook.exchange.tables.words import fold, unmarked, words


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """One row of a table: `letters` by party, in the order of the parties."""

    number: int
    label: str
    section: str
    letters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """A text in the place of letters that means nothing to us: `X`; or letters of no column."""

    number: int
    label: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table as read. `heading` is the number of its heading line, `corner` heads its labels.

    `ignored` are the headings of columns that were not used, `lines` the numbers of all lines that
    were. `unjudged` are the roles, A or R, that an ignored column may hold.
    """

    heading: int
    corner: str
    parties: tuple[str, ...]
    entries: tuple[MatrixEntry, ...]
    unread: tuple[Unread, ...] = ()
    ignored: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()
    unjudged: str = ""
    transposable: bool = False


def tables(grid: Grid, dialect: Dialect) -> Iterator[ReadTable]:
    """Every table of a grid that is recognised, top to bottom."""
    lines = beside(grid.lines)
    start = 0
    while layout := recognise(lines, start, dialect):
        yield _read(lines, layout, dialect)
        start = layout.end


def beside_one_another(grid: Grid) -> tuple[Grid, ...]:
    """The grids of a sheet with two tables side by side: the tasks' heading stands there twice."""
    for line in grid.lines:
        heads = [column for column, cell in line.own() if set(words(cell.text)) & TASK]
        again = [c for c in heads[1:] if fold(line[c].text) == fold(line[heads[0]].text)]
        if again:
            cut = again[0]
            left = tuple(replace(each, cells=each.cells[:cut]) for each in grid.lines)
            right = tuple(
                replace(each, cells=(BLANK,) * cut + each.cells[cut:]) for each in grid.lines
            )
            return replace(grid, lines=left), *beside_one_another(replace(grid, lines=right))
    return (grid,)


def dialect_of(grid: Grid) -> Dialect:
    """What the letters and words of a grid mean, by all its texts."""
    texts = [cell.text for line in grid.lines for cell in line.cells]
    # A legend in two columns: `V | Verantwortlich`.
    pairs = (f"{a} = {b}" for a, b in pairwise(texts) if len(a) == 1 < len(b))
    return settle([*grid.remarks, *texts, *pairs])


def _read(lines: Sequence[Line], layout: TableLayout, dialect: Dialect) -> ReadTable:
    body = [line for line in lines[layout.heading + 1 : layout.end] if not is_legend(line)]
    if layout.end < len(lines):
        body = _without_title(body)
    if layout.kind == "names":
        columns = [column for column, _ in layout.columns]
        body = [line for line in body if line.blank or not is_total(line, columns)]
    reader = (
        marks_reader(layout, dialect) if layout.kind == "letters" else names_reader(body, layout)
    )
    entries, used = _entries(body, layout, {line.number: reader(line) for line in body})
    used |= {lines[layout.heading].number, *_groups_above(lines, layout)}
    ignored = _ignored(lines, body, layout)
    labels = {entry.number: entry.label for entry in entries}
    unread = (
        stray
        for line in body
        if line.number in labels
        for stray in _unread(line, labels[line.number], layout, lines[layout.heading], dialect)
    )
    return ReadTable(
        heading=lines[layout.heading].number,
        corner=lines[layout.heading][layout.labels[0]].text if layout.labels else "",
        parties=_parties(layout, entries),
        entries=tuple(entries),
        unread=tuple(unread),
        ignored=tuple(ignored),
        lines=frozenset(used),
        unjudged=_unjudged(layout, entries, ignored),
        transposable=layout.kind == "letters",
    )


def _without_title(lines: Sequence[Line]) -> list[Line]:
    """The lines without what stands apart and alone above the next table."""
    body = list(lines)
    while body and (body[-1].blank or (body[-2:-1] and body[-2].blank and _is_alone(body[-1]))):
        body.pop()
    return body


def _is_alone(line: Line) -> bool:
    return len(list(line.own())) == 1


def _groups_above(lines: Sequence[Line], layout: TableLayout) -> Iterator[int]:
    """The number of the line above the heading if its teams are in the parties' names.

    What else stands there is not used, and listed.
    """
    names = [party for _, party in layout.columns]
    for line in lines[max(0, layout.heading - 1) : layout.heading]:
        texts = [" ".join(cell.text.split()) for _, cell in line.own()]
        heads = {" ".join(lines[layout.heading][c].text.split()) for c in layout.labels}
        if len(texts) > 1 and all(t in heads or any(t in name for name in names) for t in texts):
            yield line.number


def _ignored(
    lines: Sequence[Line], body: Sequence[Line], layout: TableLayout
) -> dict[str, list[str]]:
    """The columns that are not used, by heading, with their texts."""
    used = {column for column, _ in layout.columns} | {*layout.labels[:1], layout.group}
    ignored: dict[str, list[str]] = {}
    for column in range(max((len(line.cells) for line in body), default=0)):
        texts = [line[column].text for line in body if line[column].own]
        if column not in used and texts:
            heading = " ".join(lines[layout.heading][column].text.split())
            ignored.setdefault(heading or f"({column + 1})", []).extend(texts)
    return ignored


def _unjudged(
    layout: TableLayout, entries: Sequence[MatrixEntry], ignored: Mapping[str, Sequence[str]]
) -> str:
    """The roles that nobody has and that a column which was not read may hold.

    Nobody can be said to be missing where they may stand under a heading that we do not know.
    """
    roles = set("".join(letters for entry in entries for letters in entry.letters.values()))
    if layout.kind == "names":
        roles |= set("".join(letters for _, letters in layout.columns))
    unknown = [
        heading
        for heading, texts in ignored.items()
        if not is_aside(heading)
        and (layout.kind == "names" or max(map(len, texts)) <= SHORT)
        and not all(text.replace(".", "").isdigit() for text in texts)
    ]
    return "".join(letter for letter in "AR" if unknown and letter not in roles)


def _entries(
    body: Sequence[Line], layout: TableLayout, read: dict[int, dict[str, str]]
) -> tuple[list[MatrixEntry], set[int]]:
    """The rows in order, and the numbers of the lines that they and their sections stand on.

    Blank lines, sections, totals and what stands below are no rows.
    """
    lettered = [number for number, letters in read.items() if letters]
    sections = styled(body, lettered, layout.labels[0] if layout.labels else 0)
    last = max(lettered or read, default=0)
    entries: list[MatrixEntry] = []
    section, apart = "", False
    used = {line.number for line in body}
    for line in body:
        letters, label = read[line.number], _label(line, layout)
        if line.blank and not letters:
            apart = apart or line.number > last
        elif _continues(line, layout):
            entries[-1:] = [_joined(entry, line, layout) for entry in entries[-1:]]
        elif letters:
            section = _group(line, layout) or section
            entries.append(MatrixEntry(line.number, label, section, letters))
        elif not label:
            used.discard(line.number)
        elif line.number > last and is_foot(line, label, apart=apart):
            used -= {below.number for below in body if below.number >= line.number}
            break
        elif line.number in sections or label.endswith((":", "：")):
            section = label.rstrip(" :：")
        elif not is_total(line, {column for column, _ in layout.columns}):
            section = _group(line, layout) or section
            entries.append(MatrixEntry(line.number, label, section))
        else:
            used.discard(line.number)
    return entries, used


def _group(line: Line, layout: TableLayout) -> str:
    """The phase or area beside a row, if there is such a column and it is filled."""
    return "" if layout.group is None else " ".join(line[layout.group].text.split())


def _parties(layout: TableLayout, entries: Iterable[MatrixEntry]) -> tuple[str, ...]:
    if layout.kind == "letters":
        return tuple(dict.fromkeys(party for _, party in layout.columns))
    return tuple(dict.fromkeys(party for entry in entries for party in entry.letters))


def _label(line: Line, layout: TableLayout) -> str:
    """The text of the likeliest label column that is filled, or of whatever else leads the line.

    A text beyond the matrix, a remark or a list of its own, is no label.
    """
    edge = min(column for column, _ in layout.columns)
    leading = [column for column in layout.labels[1:] if column < edge]
    texts = [
        line[column].text for column in (*layout.labels[:1], *leading) if not line[column].left
    ]
    texts += [cell.text for column, cell in line.own() if column < edge or cell.across > 1]
    return unmarked(" ".join(next((text for text in texts if text), "").split()))


def _continues(line: Line, layout: TableLayout) -> bool:
    """Whether every filled cell of the matrix hangs over from the line above it."""
    filled = [line[column] for column, _ in layout.columns if line[column].text]
    return bool(filled) and all(cell.up for cell in filled)


def _joined(entry: MatrixEntry, line: Line, layout: TableLayout) -> MatrixEntry:
    more = " ".join(line[column].text for column in layout.labels[:1] if line[column].own)
    label = " ".join(f"{entry.label} {more}".split())
    return MatrixEntry(entry.number, label, entry.section, entry.letters)


def _unread(
    line: Line, label: str, layout: TableLayout, heading: Line, dialect: Dialect
) -> Iterator[Unread]:
    """Texts in the columns of parties that are no letters, and letters beyond the last heading."""
    if layout.kind != "letters":
        return
    headed = dict(layout.columns)
    edge = max(headed)
    for column, cell in line.own():
        unknown = parse_mark(cell.text, dialect) is None and fold(cell.text) not in NOBODY
        # A letter with a word behind it is a legend at the side.
        beyond = column > edge and not heading[column].text and not line[column + 1].own
        if (column in headed and unknown) or (beyond and is_mark(cell.text, dialect)):
            yield Unread(line.number, label, headed.get(column, ""), cell.text)
