"""Findings about people across focal points. One team that owns everything is normal when small."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from workbook.model.engagement import Person
from workbook.model.evaluation import Evidence, Finding
from workbook.scoring.cell import Cell, Truth
from workbook.scoring.encode import EngagementReading
from workbook.scoring.findings.registry import conclude, conclude_on, finding
from workbook.scoring.fit import Fitting
from workbook.scoring.scope import profile_of

C_SUITE = 5
"""The seniority of titles that sit in the C-suite."""
DEPENDENCY = 3
"""Focal points held without a deputy from which on the programme depends on one person."""


def _by_party(cells: dict[str, Cell]) -> dict[str, list[str]]:
    owned: dict[str, list[str]] = defaultdict(list)
    for key, cell in cells.items():
        owned[cell.party].append(key)
    return dict(sorted(owned.items()))


@finding("overloaded")
def overloaded(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """A person owns more focal points than the framework's limit."""
    if profile_of(reading.rules, reading.engagement).one_team:
        return
    limit = reading.rules.thresholds.overloaded_focal_points
    for party, keys in _by_party(reading.holders).items():
        if len(keys) > limit:
            yield _about(reading, "overloaded", party, keys, _basis(reading, keys))


@finding("single_person_dependency")
def dependency(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """A person owns several focal points, and for none of them does anybody stand in."""
    if profile_of(reading.rules, reading.engagement).one_team:
        return
    cells = reading.holders
    for party, keys in _by_party(cells).items():
        if len(keys) >= DEPENDENCY and all(cells[key].deputy != Truth.YES for key in keys):
            yield _about(
                reading, "single_person_dependency", party, keys, _basis(reading, keys, party)
            )


@finding("same_lead_in_areas")
def same_lead(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """One person leads more than one area of a large organisation."""
    if profile_of(reading.rules, reading.engagement).one_team:
        return
    leads: dict[str, list[str]] = defaultdict(list)
    for area, lead in area_leads(reading).items():
        leads[lead].append(area)
    for party, areas in sorted(leads.items()):
        if len(areas) > 1:
            evidence = tuple(Evidence("count", party=party, value=area) for area in areas)
            held = [key for key in reading.holders if reading.panels[key].area.key in areas]
            yield conclude(
                reading,
                "same_lead_in_areas",
                None,
                parties=(party,),
                count=len(areas),
                total=len(reading.rules.areas),
                evidence=evidence,
                cells=_basis(reading, held),
            )


def area_leads(reading: EngagementReading) -> dict[str, str]:
    """Whoever holds most focal points of an area, at least two; ties by id."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, cell in reading.holders.items():
        counts[reading.panels[key].area.key][cell.party] += 1
    best = {area: min(held.items(), key=lambda p: (-p[1], p[0])) for area, held in counts.items()}
    return {area: party for area, (party, count) in best.items() if count > 1}


@finding("sponsor_outside_c_suite")
def sponsor_seat(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """The sponsor is known to hold no seat of the C-suite."""
    people = {person.id: person for person in reading.engagement.people}
    titles = Fitting.of(reading.rules, reading.engagement)
    for panel in reading.panels.values():
        cell = reading.holders.get(panel.focal_point.key) if panel.focal_point.sponsor else None
        if cell and _has_seat(people.get(cell.party), titles) is False:
            yield conclude_on(
                reading, "sponsor_outside_c_suite", panel, [cell], parties=(cell.party,)
            )


def _has_seat(person: Person | None, titles: Fitting) -> bool | None:
    """Whether somebody sits in the C-suite; None if the title leaves it open.

    Titles of the highest seniority are seats, those of an executive committee included.
    """
    if person is None:
        return False
    if person.seat:
        return True
    readings = [titles.titles[key] for key in titles.readings(person)]
    seated = {title.seat is not None or title.seniority == C_SUITE for title in readings}
    return seated.pop() if len(seated) == 1 else None


def _basis(
    reading: EngagementReading, keys: Iterable[str], backed: str | None = None
) -> int | None:
    """The fewest voices that one of these focal points rests on; `backed`: on the deputy."""
    panels = [reading.panels[key] for key in keys]
    counts = [panel.backing_basis(backed) if backed else panel.basis for panel in panels]
    return min((count for count in counts if count is not None), default=None)


def _about(
    reading: EngagementReading, kind: str, party: str, keys: list[str], cells: int | None
) -> Finding:
    return conclude(
        reading,
        kind,
        None,
        parties=(party,),
        count=len(keys),
        total=len(reading.panels),
        evidence=tuple(Evidence("count", party=party, focal_point=key) for key in sorted(keys)),
        cells=cells,
    )
