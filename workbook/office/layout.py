"""From a block of the report to the elements of an office document: here only."""

from __future__ import annotations

import math
from functools import singledispatch
from itertools import accumulate

from workbook.fragments.agreement import named_text
from workbook.fragments.charts import Bars, LineChart, Series, lines_figure
from workbook.fragments.heat import HeatCell, HeatMap, step_of
from workbook.fragments.ownership import LETTERS, Letter, MapTable
from workbook.fragments.statements import StatementList
from workbook.fragments.timeline import Timeline, meetings_text, timeline
from workbook.fragments.why import value_text
from workbook.i18n import Voice
from workbook.model.evaluation import GateState, Score, Status
from workbook.model.ownership import Consensus
from workbook.office.barring import dated_bars, vote_bars
from workbook.office.drawings import picture
from workbook.office.elements import (
    BulletList,
    Drawing,
    Element,
    PaperRow,
    PaperTable,
    Paragraph,
    Subheading,
    TableCell,
    TableHead,
)
from workbook.report.value import (
    Actions,
    Contributions,
    Figures,
    Findings,
    GateList,
    Heading,
    Prose,
    Terms,
    TextTable,
    Votes,
)
from workbook.wording.fields import field_names
from workbook.wording.figures import (
    between,
    bounds,
    effort_text,
    gain_text,
    point_text,
)
from workbook.wording.headings import absences, emptiness, headings
from workbook.wording.names import capitalised, labelled
from workbook.wording.schedule import ready_text
from workbook.wording.states import (
    GATE,
    SEVERITY,
    cap_text,
    consensus_word,
    gate_text,
    map_signs,
    role_names,
    severity_text,
)

Elements = tuple[Element, ...]


@singledispatch
def laid_out(block: object, v: Voice) -> Elements:  # noqa: ARG001 - the looks below need a voice
    """A block as elements; TypeError for a kind that has no look yet."""
    raise TypeError(f"no look for a {type(block).__name__}")


@laid_out.register
def _prose(block: Prose, _v: Voice) -> Elements:
    return (Paragraph(block.text, "note" if block.quiet else "lede"),)


@laid_out.register
def _heading(block: Heading, _v: Voice) -> Elements:
    return (Subheading(block.text),)


@laid_out.register
def _terms(block: Terms, v: Voice) -> Elements:
    terms = tuple(labelled(term, meaning, v) for term, meaning in block.terms)
    notes = tuple(Paragraph(note, "note") for note in block.notes)
    return (Subheading(block.title), *((BulletList(terms),) if terms else ()), *notes)


@laid_out.register
def _figures(block: Figures, v: Voice) -> Elements:
    lines = (
        " · ".join(filter(None, (labelled(f.label, f.value, v), f.note))) for f in block.figures
    )
    return (BulletList(tuple(lines)),)


@laid_out.register
def _gates(block: GateList, v: Voice) -> Elements:
    if not block.gates:
        return _empty("gates", v)
    columns = (TableHead(headings(v)["status"], 22), TableHead(headings(v)["must_have"], 78))
    rows = []
    for gate in block.gates:
        tone, sign = GATE[gate.state]
        held = cap_text(gate.cap, v) if gate.state is not GateState.PASSED else ""
        text = " · ".join(filter(None, (gate.title, held, gate.note)))
        rows.append(
            PaperRow((TableCell(f"{sign} {gate_text(gate.state, v)}", tone), TableCell(text)))
        )
    return (PaperTable(headings(v)["must_haves"], columns, tuple(rows)),)


@laid_out.register
def _actions(block: Actions, v: Voice) -> Elements:
    if not block.lines:
        return _empty("actions", v)
    words = headings(v)
    columns = (
        TableHead(words["action"], 41),
        TableHead(words["who"], 25),
        TableHead(words["due"], 13),
        TableHead(words["effort"], 11),
        TableHead(words["gain"], 10, number=True),
    )
    rows = tuple(
        PaperRow(
            (
                TableCell(f"{number}. " + " · ".join(filter(None, (line.title, line.subjects)))),
                TableCell(line.who),
                TableCell(v.date(line.due, "day")),
                TableCell(effort_text(line.effort_hours, v)),
                TableCell(gain_text(line.gain_low, v)),
            )
        )
        for number, line in enumerate(block.lines, 1)
    )
    return (PaperTable(block.caption or words["actions"], columns, rows),)


@laid_out.register
def _findings(block: Findings, v: Voice) -> Elements:
    if not block.cards:
        return _empty("findings", v)
    elements: list[Element] = []
    for card in block.cards:
        sign = SEVERITY[card.severity][1]
        words = f"{sign} {severity_text(card.severity, v)}"
        elements.append(Subheading(card.title))
        elements.append(Paragraph(" · ".join(filter(None, (words, card.where))), "note"))
        if card.explanation:
            elements.append(Paragraph(card.explanation))
        if card.evidence:
            elements.append(BulletList(card.evidence))
        if card.rows:
            columns = (
                TableHead(headings(v)["subject"], 30),
                TableHead(headings(v)["rests_on"], 70),
            )
            rows = tuple(
                PaperRow((TableCell(subject), TableCell(basis))) for subject, basis in card.rows
            )
            elements.append(PaperTable(card.title, columns, rows))
        if card.action:
            elements.append(Paragraph(f"→ {card.action}"))
    return tuple(elements)


@laid_out.register
def _votes(block: Votes, v: Voice) -> Elements:
    columns = (
        TableHead(headings(v)["subject"], 34),
        TableHead(headings(v)["votes"], 42),
        TableHead(headings(v)["agreement"], 24),
    )
    rows: list[PaperRow] = []
    for group in block.groups:
        if group.title:
            rows.append(PaperRow((TableCell(group.title),), "group"))
        for row in group.rows:
            withheld = row.outcome is Consensus.WITHHELD or not row.shares
            word = consensus_word(row.outcome, v)
            verdict = TableCell(f"{word.sign} {word.text}".strip(), word.tone)
            named = "–" if withheld else named_text(row, v)
            outcome = verdict if row.votes else TableCell(absences(v)["no_votes"])
            rows.append(PaperRow((TableCell(row.label), TableCell(named), outcome)))
    return *vote_bars(block, v), PaperTable(block.caption, columns, tuple(rows))


@laid_out.register
def _contributions(block: Contributions, v: Voice) -> Elements:
    words = headings(v)
    gains = tuple(group.contribution for group in block.groups)
    starts = (0.0, *accumulate(gains))[:-1]
    lost = tuple(group.loss for group in block.groups)
    titles = tuple(group.title for group in block.groups)
    total = math.fsum(gains)
    reading = [labelled(g.title, gain_text(g.contribution, v), v) for g in block.groups]
    reading.append(labelled(words["score"], v.number(total, 1), v))
    bars = Bars(
        key="why",
        title=block.picture,
        reading=". ".join(reading),
        categories=(*titles, words["score"]),
        series=(
            Series("", (*starts, 0.0), "clear"),
            Series(words["adds"], (*gains, total), "strong"),
            Series(words["loses"], (*lost, 0.0), "late"),
        ),
    )
    columns = (
        TableHead(words["what"], 40),
        TableHead(words["fulfilled"], 24),
        *(TableHead(words[key], 12, number=True) for key in ("weighs", "adds", "loses")),
    )
    rows: list[PaperRow] = []
    for group in block.groups:
        numbers = (group.contribution + group.loss, group.contribution, group.loss)
        cells = (
            TableCell(group.title),
            TableCell(""),
            *(TableCell(v.number(x, 1)) for x in numbers),
        )
        rows.append(PaperRow(cells, "total"))
        for item in group.rows:
            known = item.value is not None or item.possible
            numbers = (item.contribution + item.loss, item.contribution, item.loss)
            texts = (v.number(x, 1) if known else "–" for x in numbers)
            label = " · ".join(filter(None, (item.label, item.note)))
            rows.append(
                PaperRow((TableCell(label), TableCell(value_text(item, v)), *map(TableCell, texts)))
            )
    return (bars, PaperTable(block.caption, columns, tuple(rows)))


@laid_out.register
def _map(block: MapTable, v: Voice) -> Elements:
    words, roles = headings(v), role_names(v)
    involved: tuple[Letter, ...] = ("R", "C", "I")
    heads = (words["subject"], roles["A"], roles["D"], ", ".join(roles[x] for x in involved))
    shares = (25, 21, 14, 21)
    columns = tuple(
        TableHead(capitalised(head), share) for head, share in zip(heads, shares, strict=True)
    )
    names = {p.key: f"{p.name} ↗" if p.outside else p.name for p in block.parties}
    rows: list[PaperRow] = []
    for area in block.areas:
        if area.title:
            rows.append(PaperRow((TableCell(area.title),), "group"))
        for row in area.rows:
            held = {
                letter: ", ".join(names[key] for key, letters in row.marks if letter in letters)
                for letter in LETTERS
            }
            others = " · ".join(labelled(x, held[x], v) for x in involved if held[x])
            state = TableCell(row.note, None if row.state in ("owned", "out") else "risk")
            cells = (
                TableCell(row.label),
                TableCell(held["A"]),
                TableCell(held["D"]),
                TableCell(others),
                state,
            )
            rows.append(PaperRow(cells))
    grid = PaperTable(block.caption, (*columns, TableHead(words["agreement"], 19)), tuple(rows))
    outside = any(party.outside for party in block.parties)
    note = (Paragraph(f"↗ {map_signs(v)['outside']}", "note"),) if outside else ()
    return (grid, *note)


@laid_out.register
def _heat(block: HeatMap, v: Voice) -> Elements:
    share = 70 // max(len(block.columns), 1)
    columns = (
        TableHead(block.corner, 26),
        *(TableHead(head, share) for head in block.columns),
    )
    rows: list[PaperRow] = []
    for group in block.groups:
        if group.title:
            rows.append(PaperRow((TableCell(group.title),), "group"))
        for row in group.rows:
            cells = (_heat_cell(cell, block, v) for cell in row.cells)
            rows.append(PaperRow((TableCell(row.label), *cells), "total" if row.total else "row"))
    return (PaperTable(block.caption, columns, tuple(rows)),)


def _heat_cell(cell: HeatCell, heat: HeatMap, v: Voice) -> TableCell:
    if cell.withheld:
        return TableCell(absences(v)["withheld"])
    if not cell.applies:
        return TableCell("–")
    ranged = cell.low is not None and cell.high is not None
    if cell.value is None:
        only = Score(cell.low, None, cell.high, Status.INDICATIVE)
        return TableCell(point_text(only, v) if ranged else "?", "unknown")
    step = step_of(cell.value, heat.steps)
    text = f"{step.sign} {v.number(cell.value)}".strip()
    if cell.low is not None and cell.high is not None and cell.high - cell.low >= 1:
        score = Score(cell.low, cell.value, cell.high, Status.SCORED)
        text += f" ({between(*bounds(score, v), v)})"
    return TableCell(text, step.tone)


@laid_out.register
def _timeline(block: Timeline, v: Voice) -> Elements:
    columns = (TableHead(headings(v)["what"], 50), TableHead(headings(v)["when"], 50))
    rows = [PaperRow((TableCell(field_names(v)["go_live"]), TableCell(v.date(block.go_live))))]
    for system in block.systems:
        text = ready_text(system.on, system.days_late, v)
        late = system.on is None or system.days_late > 0
        rows.append(PaperRow((TableCell(system.label), TableCell(text, "risk" if late else None))))
    native = dated_bars(block, v)
    chart = Drawing(block.title, native.reading, picture(timeline(block, v)), native)
    meetings = meetings_text(block, v)
    note = (Paragraph(meetings, "note"),) if meetings else ()
    return (chart, PaperTable(block.title, columns, tuple(rows)), *note)


@laid_out.register
def _table(block: TextTable, _v: Voice) -> Elements:
    even = 100 // max(len(block.columns), 1)
    widths = block.widths or (even,) * len(block.columns)
    columns = tuple(TableHead(head, w) for head, w in zip(block.columns, widths, strict=True))
    return (
        PaperTable(
            block.caption, columns, tuple(PaperRow(tuple(map(TableCell, r))) for r in block.rows)
        ),
    )


@laid_out.register
def _bars(block: Bars, _v: Voice) -> Elements:
    return (block,)


@laid_out.register
def _lines(block: LineChart, v: Voice) -> Elements:
    return (Drawing(block.title, block.reading, picture(lines_figure(block, v)), block),)


@laid_out.register
def _statements(block: StatementList, _v: Voice) -> Elements:
    elements: list[Element] = [Subheading(block.title)] if block.title else []
    for group in block.groups:
        lines = (" – ".join(filter(None, (s.text, s.attribution))) for s in group.statements)
        elements += [Paragraph(group.subject, "lede"), BulletList(tuple(lines))]
    return tuple(elements)


def _empty(key: str, v: Voice) -> Elements:
    return (Paragraph(" ".join(emptiness(v)[key])),)
