"""Who acts (METHOD §5): never an outsider, never whoever comes first by alphabet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from workbook.model.evaluation import Asked, Finding
from workbook.model.framework import Criterion, FocalPoint
from workbook.scoring.assume import declined
from workbook.scoring.cell import Cell, Truth
from workbook.scoring.encode import EngagementReading
from workbook.scoring.scope import profile_of


class Assignee(NamedTuple):
    """Who is asked to act: `who` in person, else the role that is `asked`."""

    asked: Asked
    who: str | None = None
    named_by: str | None = None


@dataclass(frozen=True, slots=True)
class Assignees:
    """The people of one engagement who may be asked to act.

    `owners`: the inside owner of each focal point, decided or agreed, who has not declined.
    """

    reading: EngagementReading
    owners: dict[str, str]
    sponsor: str | None
    leads: dict[str, str]

    @classmethod
    def of(cls, reading: EngagementReading) -> Assignees:
        """Everybody who may be asked."""
        inside = {person.id for person in reading.engagement.people if person.inside is not False}
        cells = {
            key: cell
            for key, cell in reading.holders.items()
            if cell.party in inside and cell.party != declined(reading.panels[key])
        }
        sponsor = next((c.party for k, c in cells.items() if _is_sponsor(reading, k)), None)
        owners = {key: cell.party for key, cell in cells.items()}
        return cls(reading, owners, sponsor, _leads(reading, cells))

    def asked(self, role: str, about: Finding) -> Assignee:
        """Who acts on a finding, given the role that the framework asks for."""
        facilitator = role == "facilitator"
        if self._of_the_c_suite(role, about):
            # Nobody appoints themselves, nor judges whether they fit.
            appoints = role in {"facilitator", "area_lead"}
            if self.sponsor is None or (appoints and _is_sponsor(self.reading, about.focal_point)):
                return Assignee(Asked.C_SUITE)
            return Assignee(Asked.PERSON, self.sponsor)
        if facilitator:
            return Assignee(Asked.FACILITATOR)
        owner = self.owners.get(about.focal_point or "") if role == "owner" else None
        who = owner or self.leads.get(about.area or "")
        if who is None:
            return Assignee(Asked.TO_BE_NAMED, named_by=self.sponsor)
        return Assignee(Asked.PERSON, who)

    def _of_the_c_suite(self, role: str, about: Finding) -> bool:
        """Whether it concerns a seat, the sponsor, or what else the sponsor's area holds."""
        if role == "sponsor":
            return True
        panel = self.reading.panels.get(about.focal_point or "")
        if role == "facilitator":
            return panel is not None and (
                panel.focal_point.kind == "seat" or panel.focal_point.sponsor
            )
        return any(f.sponsor for f in self._focal_points(about.area))

    def _focal_points(self, area: str | None) -> tuple[FocalPoint, ...]:
        return self.reading.rules.area(area).focal_points if area else ()


def _is_sponsor(reading: EngagementReading, focal_point: str | None) -> bool:
    panel = reading.panels.get(focal_point or "")
    return panel is not None and panel.focal_point.sponsor


def _leads(reading: EngagementReading, cells: dict[str, Cell]) -> dict[str, str]:
    """Per area whoever owns most of its focal points, if that is one whose title fits."""
    titles_count = Criterion.FITTING not in profile_of(reading.rules, reading.engagement).without
    owned: dict[str, Counter[str]] = {}
    fitting: set[tuple[str, str]] = set()
    for key, cell in cells.items():
        area = reading.panels[key].area.key
        owned.setdefault(area, Counter())[cell.party] += 1
        if cell.fit == Truth.YES or not titles_count:
            fitting.add((area, cell.party))
    leads = {}
    for area, counts in owned.items():
        most = max(counts.values())
        first, *others = [party for party, count in counts.items() if count == most]
        if not others and (area, first) in fitting:
            leads[area] = first
    return leads
