"""The heat map: values printed on tints, in a table. Hue, lightness and the number say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import join, scrolling, tag
from workbook.i18n import Voice
from workbook.model.evaluation import Score, Status
from workbook.model.rules import Rules
from workbook.wording.figures import between, bounds, point_text, spoken
from workbook.wording.headings import absences
from workbook.wording.names import labelled
from workbook.wording.states import Tone

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scale: values from `start` on (0–100) have this tone and name."""

    start: float
    label: str
    tone: Tone
    sign: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A value from 0 to 100 with its bounds; None where nothing is known.

    `low` and `high` are printed where they differ by at least one point; without a value, only
    they are. What does not apply has no value either and says so by `applies`; `withheld` keeps
    few answers anonymous.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    applies: bool = True
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row with one cell per column; `total` sets its label in bold."""

    label: str
    cells: tuple[HeatCell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """Rows under a heading (no title, no heading)."""

    title: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A whole heat map. `corner` names the rows."""

    caption: str
    corner: str
    columns: tuple[str, ...]
    groups: tuple[HeatGroup, ...]
    steps: tuple[Step, ...]


def level_steps(rules: Rules, voice: Voice) -> tuple[Step, ...]:
    """The framework's levels as the steps of a scale."""
    return tuple(
        Step(level.start, level.title[voice.language], level.tone, level.sign)
        for level in rules.levels
    )


def heat_map(heat: HeatMap, voice: Voice) -> Markup:
    """The table with its scale as a legend."""
    columns = [tag("th", name, scope="col") for name in heat.columns]
    head = tag("tr", tag("th", heat.corner, scope="col", class_="point"), columns)
    widths = (tag("col", class_="col-label"), [tag("col") for _ in heat.columns])
    table = tag(
        "table",
        tag("caption", heat.caption),
        tag("colgroup", widths),
        tag("thead", head),
        [_body(group, heat, voice) for group in heat.groups],
        class_="heat",
    )
    return tag("div", scrolling(heat.caption, table), _legend(heat.steps, voice), class_="heat-map")


def _body(group: HeatGroup, heat: HeatMap, voice: Voice) -> Markup:
    head = tag("th", group.title, scope="rowgroup", colspan=len(heat.columns) + 1)
    rows = [tag("tr", head, class_="group")] if group.title else []
    for row in group.rows:
        cells = [_cell(cell, heat, voice) for cell in row.cells]
        label = tag("th", row.label, scope="row")
        rows.append(tag("tr", label, cells, class_="total" if row.total else None))
    return tag("tbody", join(rows, "\n"))


def _cell(cell: HeatCell, heat: HeatMap, voice: Voice) -> Markup:
    if cell.withheld:
        return tag("td", _sign("·", absences(voice)["withheld"]), class_="none")
    if not cell.applies:
        return tag("td", _sign("–", absences(voice)["not_applicable"]), class_="none")
    if cell.value is None and cell.low is not None and cell.high is not None:
        only = Score(cell.low, None, cell.high, Status.INDICATIVE)
        cells = _sign(point_text(only, voice), spoken(only, voice))
        return tag("td", cells, class_="unknown open")
    if cell.value is None:
        return tag("td", _sign("?", absences(voice)["unanswered"]), class_="unknown open")
    step = step_of(cell.value, heat.steps)
    # Paper may have no colour, and some readers see none: each tint has a sign of its own.
    sign, number = tag("span", step.sign, class_="sign"), voice.number(cell.value)
    between_, words = None, labelled(step.label, number, voice)
    if cell.low is not None and cell.high is not None and cell.high - cell.low >= 1:
        score = Score(cell.low, cell.value, cell.high, Status.SCORED)
        between_ = tag("span", between(*bounds(score, voice), voice), class_="between")
        words = labelled(step.label, spoken(score, voice), voice)
    return tag("td", _sign(join((sign, number, between_)), words), class_=step.tone)


def step_of(value: float, steps: Sequence[Step]) -> Step:
    """The step that a value lies in; unrounded, lower edge included."""
    return max((s for s in steps if s.start <= value), key=lambda s: s.start, default=steps[0])


def _sign(sign: str, reading: str) -> Markup:
    """What is seen, and what is read aloud instead; in a PDF the cell alone holds what is seen."""
    hidden = tag("span", reading, class_="hidden")
    return join((tag("span", sign, aria_hidden="true"), hidden))


def _legend(steps: Sequence[Step], voice: Voice) -> Markup:
    ends = [step.start for step in steps[1:]]
    items = []
    for step, end in zip(steps, [*ends, None], strict=True):
        top = voice.number(100 if end is None else end)
        span = between(voice.number(step.start), top, voice)
        name = join((tag("span", step.sign, aria_hidden="true"), " ", step.label, " ", span))
        items.append(tag("li", tag("span", name, class_=f"chip {step.tone}")))
    items.append(tag("li", "? ", absences(voice)["unanswered"]))
    items.append(tag("li", "– ", absences(voice)["not_applicable"]))
    return tag("ul", items, class_="legend", aria_label=voice.t("Legend"))
