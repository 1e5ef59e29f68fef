"""What of a report becomes slides: at most twelve with the verdict, each with a conclusion.

Every chart of a report has its place on one of them. Tables give way where there are too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workbook.fragments.charts import Bars, LineChart
from workbook.fragments.ownership import MapArea, MapTable
from workbook.i18n import Voice
from workbook.office.elements import (
    Drawing,
    Element,
    PaperRow,
    PaperTable,
    Paragraph,
    TableCell,
)
from workbook.office.layout import laid_out
from workbook.office.summaries import findings_table
from workbook.report.value import Findings, Report, Section
from workbook.wording.charts import people_conclusion
from workbook.wording.conclusions import owned_text
from workbook.wording.names import labelled

MOST = 12
"""Slides with the verdict, and without a cover."""
BESIDE = ("map", "since", "score")
"""Sections whose two pictures stand side by side; of others one stands below the other."""
MAP_COLUMNS = ((0, 30), (1, 30), (2, 18), (4, 22))
"""The columns of a map that a room can read, and their shares: without who else is involved."""

MUCH = 2
"""So many roles are worth a title."""

Shown = Bars | LineChart | PaperTable


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: what it concludes, what it shows, what the speaker may say."""

    title: str
    shows: tuple[Shown, ...]
    notes: tuple[str, ...]
    spare: int = 0
    """How soon it may be left to the document: 0 never, the greatest first."""
    side_by_side: bool = False


def slides_of(report: Report, v: Voice) -> list[Slide]:
    """The slides after the verdict: as many as a room sits through.

    What may be spared the soonest goes, the last first.
    """
    slides = [slide for section in report.sections for slide in _slides(section, v)]
    while len(slides) >= MOST and (most := max(slide.spare for slide in slides)):
        slides.remove(next(slide for slide in reversed(slides) if slide.spare == most))
    return slides


def _slides(section: Section, v: Voice) -> Iterator[Slide]:
    """What of a section belongs on slides; the method and the appendix are for readers."""
    if section.key in ("method", "appendix"):
        return
    for block in section.blocks:
        if isinstance(block, Findings) and block.cards:
            cards = block.cards
            notes = tuple(f"{card.title}: {card.explanation}" for card in cards if card.explanation)
            yield Slide(section.title, (findings_table(cards, v),), notes)
            return
        if isinstance(block, MapTable):
            yield from _maps(block, section.title, v)
    elements = [
        element
        for block in section.blocks
        if not isinstance(block, MapTable)
        for element in laid_out(block, v)
    ]
    texts = tuple(element.text for element in elements if isinstance(element, Paragraph))
    charts = tuple(chart for element in elements if (chart := _chart_of(element)))[:2]
    tables = [element for element in elements if isinstance(element, PaperTable)]
    if charts:
        shows = (tables[0], *charts) if section.key == "since" and tables else charts
        title = _people(charts[0], v) if section.key == "map" else section.title
        readings = tuple(labelled(chart.title, chart.reading, v) for chart in charts)
        side_by_side = section.key in BESIDE and len(shows) > 1
        yield Slide(title, shows, (*texts, *readings), side_by_side=side_by_side)
    if charts and section.key != "map":
        return
    for position, shown in enumerate(tables[:2]):
        own = position or section.key == "map"
        part = _disputed(shown) if section.key == "agreement" else _totals(shown)
        # Decisions stand behind actions, and are what the room is here for.
        spare = _spare(section.key, part)
        yield Slide(shown.caption if own else section.title, (part,), texts, spare=spare)


def _people(load: Bars | LineChart, v: Voice) -> str:
    """Who carries most of what a chart of people shows; its own title if nobody carries much."""
    sums = [sum(values) for values in zip(*(each.values for each in load.series), strict=True)]
    most = [name for name, total in zip(load.categories, sums, strict=True) if total == max(sums)]
    if load.key != "load" or max(sums) < MUCH:
        return load.title
    return people_conclusion(most, round(max(sums)), v)


def _spare(section: str, shown: PaperTable) -> int:
    """How soon the table of a section may be left to the document."""
    match section:
        case "gates" if all(row.cells[0].tone == "ready" for row in shown.rows):
            return 3
        case "map":
            return 2
        case "heat":
            return 1
    return 0


def _maps(whole: MapTable, title: str, v: Voice) -> Iterator[Slide]:
    """The map on one slide or two, of about as many subjects: what stands where."""
    for areas in _halves(whole.areas):
        shown = next(
            element
            for element in laid_out(replace(whole, areas=areas), v)
            if isinstance(element, PaperTable)
        )
        named = tuple(area.title for area in areas if area.title)
        if len(areas) < len(whole.areas) and named:
            states = [row.state for area in areas for row in area.rows if row.state != "out"]
            title = labelled(v.listing(named), owned_text(states.count("owned"), len(states), v), v)
        columns = tuple(replace(shown.columns[at], share=share) for at, share in MAP_COLUMNS)
        rows = tuple(
            replace(row, cells=tuple(row.cells[at] for at, _ in MAP_COLUMNS))
            if row.kind == "row"
            else row
            for row in shown.rows
        )
        others = (
            labelled(row.cells[0].text, row.cells[3].text, v)
            for row in shown.rows
            if row.kind == "row" and row.cells[3].text
        )
        yield Slide(title, (replace(shown, columns=columns, rows=rows),), tuple(others))


def _halves(areas: tuple[MapArea, ...]) -> Iterator[tuple[MapArea, ...]]:
    """The areas in order, cut where both parts have about as many subjects."""
    if not areas:
        return
    counts = [len(area.rows) for area in areas]
    cut = min(range(len(areas)), key=lambda at: abs(sum(counts[:at]) - sum(counts[at:])))
    yield from filter(None, (areas[:cut], areas[cut:]))


def _chart_of(element: Element) -> Bars | LineChart | None:
    """What an element draws as a native chart."""
    if isinstance(element, Drawing):
        return element.native
    return element if isinstance(element, Bars) else None


def _totals(shown: PaperTable) -> PaperTable:
    """Of a table with groups and their totals only these, named by their group."""
    rows, group = [], ""
    for row in shown.rows:
        if row.kind == "group":
            group = row.cells[0].text
        elif row.kind == "total":
            rows.append(PaperRow((TableCell(group), *row.cells[1:])))
    return replace(shown, rows=tuple(rows)) if rows else shown


def _disputed(shown: PaperTable) -> PaperTable:
    """The rows that the room has to talk about: their last cell says so."""
    rows = tuple(row for row in shown.rows if row.cells[-1].tone in ("risk", "not"))
    return replace(shown, rows=rows) if rows else shown
