"""Engagements into coded arrays. Counts and codes only: no score is computed here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np

from workbook.model.engagement import Decision, Engagement, Nomination
from workbook.model.evaluation import Agreement, Assumed
from workbook.model.ownership import Ownership
from workbook.model.rules import Rules
from workbook.scoring.cell import Cell
from workbook.scoring.identity_cache import IdentityCache, IdentityCaches
from workbook.scoring.inquiry import Inquiry, InquiryCache, counts_of, inquiries
from workbook.scoring.layout import CRITERIA, Layout, layout_of
from workbook.scoring.panel import Panel, PanelCache, panels, standing
from workbook.scoring.portfolio import Bools, Cells, Ints, Portfolio
from workbook.scoring.scope import profile_of

Supposed = dict[tuple[Assumed, ...], tuple[Inquiry, ...]]
"""Inquiries by what is assumed."""


@dataclass(frozen=True, slots=True)
class ReadingCache:
    """What of an engagement's reading, and of what follows from it, is the same the next time.

    `roles`: what nominations give each party, by focal point. `supposed`: inquiries under what an
    action assumes.
    """

    panels: PanelCache = field(default_factory=PanelCache)
    inquiries: InquiryCache = field(default_factory=InquiryCache)
    readings: IdentityCache[EngagementReading] = field(default_factory=IdentityCache)
    cells: IdentityCache[Cells] = field(default_factory=IdentityCache)
    agreement: IdentityCache[Agreement] = field(default_factory=IdentityCache)
    ownership: IdentityCaches[Ownership] = field(default_factory=IdentityCaches)
    roles: IdentityCache[dict[str, dict[str, int]]] = field(default_factory=IdentityCache)
    supposed: IdentityCache[Supposed] = field(default_factory=IdentityCache)


@dataclass(frozen=True)
class EngagementReading:
    """One engagement read: its panels and inquiries under its own framework."""

    rules: Rules
    engagement: Engagement
    panels: dict[str, Panel]
    inquiries: tuple[Inquiry, ...]
    cache: ReadingCache = field(default_factory=ReadingCache, repr=False)

    @cached_property
    def nominations(self) -> tuple[Nomination, ...]:
        """What stands of the nominations: each respondent's latest answer."""
        return standing(self.engagement, self.cache.panels)

    @cached_property
    def spoken(self) -> dict[str, list[Nomination]]:
        """Standing nominations by focal point, in their order; [] where nobody spoke."""
        spoken: dict[str, list[Nomination]] = defaultdict(list)
        for nomination in self.nominations:
            spoken[nomination.focal_point].append(nomination)
        return spoken

    @cached_property
    def supposed_panels(self) -> dict[Assumed, Panel]:
        """Panels under what actions assume, as far as they have been read."""
        return {}

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The standing decision of each focal point."""
        return self.engagement.standing_decisions()

    @cached_property
    def holders(self) -> dict[str, Cell]:
        """The cell of whoever holds a focal point, decided or agreed by the respondents."""
        holders = ((key, panel.holder) for key, panel in self.panels.items())
        return {key: cell for key, cell in holders if cell is not None}


def read_engagement(
    rules: Rules, engagement: Engagement, cache: ReadingCache | None = None
) -> EngagementReading:
    """Read an engagement; with a cache only what has changed since it was read with it before."""
    cache = cache or ReadingCache()
    return cache.readings.get(
        (rules, engagement),
        lambda: EngagementReading(
            rules=rules,
            engagement=engagement,
            panels=panels(rules, engagement, cache.panels),
            inquiries=inquiries(rules, engagement, cache=cache.inquiries),
            cache=cache,
        ),
    )


def encode(rules: Rules, readings: Sequence[EngagementReading]) -> Portfolio:
    """Code engagements that share one framework (overlay applied) as a portfolio."""
    layout = layout_of(rules)
    size, focal, asked = len(readings), len(layout.focal_points), len(layout.questions)
    cells: list[tuple[int, ...]] = []
    open_units: list[tuple[int, int]] = []
    open_questions: list[tuple[int, ...]] = []
    for e, reading in enumerate(readings):
        codes: dict[str, int] = {}
        for key in sorted(reading.panels):
            panel, unit = reading.panels[key], e * focal + layout.focal_index[key]
            open_units.append((unit, panel.free))
            cells += _rows(panel.cells, unit, codes)
        for inquiry in reading.inquiries:
            if inquiry.scored and not inquiry.ruled_out:
                q = layout.question_index[inquiry.question.key, inquiry.instance]
                open_questions.append((e * asked + q, *counts_of(inquiry)))
    (free,), applicable = _spread(open_units, 1, (size, focal))
    tallied, q_applicable = _spread(open_questions, 4, (size, asked))
    q_answered, q_free, q_low, q_high = tallied
    return Portfolio(
        layout=layout,
        keys=tuple(reading.engagement.key for reading in readings),
        cells=_cells(cells),
        votes=_cached_votes(layout, readings),
        free=free.astype(np.int32),
        applicable=applicable,
        scored=np.array([_scored(reading, layout) for reading in readings], dtype=bool).reshape(
            size, len(CRITERIA)
        ),
        q_applicable=q_applicable,
        q_answered=q_answered.astype(np.int32),
        q_free=q_free.astype(np.int32),
        q_low=q_low,
        q_high=q_high,
        r_min=np.array(
            [profile_of(rules, reading.engagement).r_min for reading in readings],
            dtype=np.int32,
        ),
    )


def _cached_votes(layout: Layout, readings: Sequence[EngagementReading]) -> Cells:
    """The votes; of one engagement those of the last time, if nobody voted since."""
    if len(readings) != 1:
        return _votes(layout, readings)
    votes = {key: panel.votes for key, panel in readings[0].panels.items()}
    return readings[0].cache.cells.get(
        (layout, *votes.values()), lambda: _votes(layout, readings), tuple(votes)
    )


def _votes(layout: Layout, readings: Sequence[EngagementReading]) -> Cells:
    rows: list[tuple[int, ...]] = []
    for e, reading in enumerate(readings):
        codes: dict[str, int] = {}
        for key in sorted(reading.panels):
            unit = e * len(layout.focal_points) + layout.focal_index[key]
            rows += _rows(reading.panels[key].votes, unit, codes)
    return _cells(rows)


def _spread(
    rows: Sequence[tuple[int, ...]], width: int, shape: tuple[int, int]
) -> tuple[Ints, Bools]:
    """Rows of a place and `width` numbers, over all places.

    The numbers (width, *shape), 0 where there is no row; and where there is one (shape).
    """
    position, *numbers = _table(rows, 1 + width).T
    spread = np.zeros((width, shape[0] * shape[1]), dtype=np.int64)
    there = np.zeros(shape[0] * shape[1], dtype=bool)
    spread[:, position], there[position] = numbers, True
    return spread.reshape(width, *shape), there.reshape(shape)


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * width)
    return flat.reshape(-1, width)


def _rows(cells: Iterable[Cell], unit: int, codes: dict[str, int]) -> list[tuple[int, ...]]:
    return [
        (
            unit,
            cell.kind,
            codes.setdefault(cell.party, len(codes)),
            cell.fit,
            cell.deputy,
            cell.inside,
        )
        for cell in cells
    ]


def _cells(rows: list[tuple[int, ...]]) -> Cells:
    unit, kind, party, fit, deputy, inside = _table(rows, 6).T
    small = [column.astype(np.int8) for column in (kind, fit, deputy, inside)]
    return Cells(unit.copy(), small[0], party.astype(np.int32), *small[1:])


def _scored(reading: EngagementReading, layout: Layout) -> list[bool]:
    without = profile_of(layout.rules, reading.engagement).without
    return [criterion not in without for criterion in CRITERIA]
