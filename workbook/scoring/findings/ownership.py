"""Findings about the owner of one focal point: nobody, several, a vacant post, an outsider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workbook.model.engagement import NOBODY, External, Person, Team
from workbook.model.evaluation import Finding
from workbook.model.ownership import OwnershipState
from workbook.scoring.cell import Cell, CellKind, Truth
from workbook.scoring.encode import EngagementReading
from workbook.scoring.findings.registry import conclude_on, finding
from workbook.scoring.ownership import state_of
from workbook.scoring.panel import Panel
from workbook.scoring.scope import profile_of


@finding("orphan", "vacant", "system_without_owner", "no_sponsor")
def unowned(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Orphan, system without owner, no sponsor, vacant: everybody who spoke named nobody."""
    for panel in reading.panels.values():
        state = state_of(panel)
        if state.family != "orphan":
            continue
        none = [cell for cell in panel.cells if cell.kind is CellKind.NONE]
        kind = _unowned_kind(panel, state)
        yield conclude_on(
            reading,
            kind if kind in reading.rules.findings else "orphan",
            panel,
            none,
            count=len(none),
            total=len(panel.cells),
        )


def _unowned_kind(panel: Panel, state: OwnershipState) -> str:
    if panel.focal_point.sponsor:
        return "no_sponsor"
    if state is OwnershipState.VACANT:
        return "vacant"
    return "system_without_owner" if panel.focal_point.kind == "system" else "orphan"


@finding("contested")
def contested(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Respondents disagree on the owner and nobody has decided; "nobody" is an answer, too."""
    for panel in reading.panels.values():
        if panel.decided or panel.outcome.verdict != "contested":
            continue
        named = {NOBODY, *panel.support}
        yield conclude_on(
            reading,
            "contested",
            panel,
            evidence=panel.evidence,
            parties=tuple(category for category, _ in panel.shares if category in named),
            count=panel.shares[0][1],
            total=len(panel.votes),
        )


@finding("several_accountable")
def several(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """One voice gives the A to several parties."""
    for panel in reading.panels.values():
        groups = [
            cell for cell in panel.cells if cell.kind is CellKind.GROUP and len(cell.named) > 1
        ]
        if groups:
            parties = tuple(sorted({party for cell in groups for party in cell.named}))
            yield conclude_on(
                reading,
                "several_accountable",
                panel,
                groups,
                parties=parties,
                count=len(parties),
                total=len(panel.cells),
            )


@finding("team_without_lead")
def team_without_lead(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """A team is named as owner, but nobody in it by name: a group that is one party."""
    for panel in reading.panels.values():
        leaderless = [
            cell for cell in panel.cells if cell.kind is CellKind.GROUP and len(cell.named) == 1
        ]
        if leaderless:
            yield conclude_on(
                reading,
                "team_without_lead",
                panel,
                leaderless,
                parties=tuple(sorted({cell.named[0] for cell in leaderless})),
                count=len(leaderless),
                total=len(panel.cells),
            )


@finding("outside_without_inside")
def outside(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """The owner is outside the organisation and no deputy inside stands beside them.

    A decision without a deputy has none.
    """
    for panel in reading.panels.values():
        cell = reading.holders.get(panel.focal_point.key)
        alone = panel.decided and panel.decision is not None and panel.decision.deputy is None
        if cell and (cell.inside == Truth.NO or (alone and _is_outside(reading, cell.party))):
            yield _about_holder(reading, "outside_without_inside", panel, cell)


def _is_outside(reading: EngagementReading, party: str) -> bool:
    holder = reading.engagement.parties().get(party)
    return isinstance(holder, External) or (isinstance(holder, Person) and holder.inside is False)


@finding("no_deputy", "deputy_is_owner")
def deputies(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """No deputy, or a deputy who is the owner. A decision without a deputy has none."""
    for panel in reading.panels.values():
        cell = reading.holders.get(panel.focal_point.key)
        if cell is None or cell.deputy == Truth.YES:
            continue
        if _names_owner_as_deputy(reading, panel, cell):
            yield _about_holder(reading, "deputy_is_owner", panel, cell)
        elif cell.deputy == Truth.NO or panel.decided:
            yield _about_holder(reading, "no_deputy", panel, cell)


def _names_owner_as_deputy(reading: EngagementReading, panel: Panel, cell: Cell) -> bool:
    voices = {vote.respondent for vote in panel.cells if vote.party == cell.party}
    if panel.decided:
        deputies = [panel.decision.deputy if panel.decision else None]
    else:
        deputies = [
            n.deputy for n in reading.spoken[panel.focal_point.key] if n.respondent in voices
        ]
    parties = reading.engagement.parties()
    for deputy in deputies:
        holder = parties.get(deputy or "")
        if (holder.lead if isinstance(holder, Team) else deputy) == cell.party:
            return True
    return False


@finding("title_does_not_fit")
def title(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """The owner's title is known and unusual for the area: a warning, never an error."""
    people = {person.id: person for person in reading.engagement.people}
    if "fitting" in profile_of(reading.rules, reading.engagement).without:
        return
    for panel in reading.panels.values():
        cell = reading.holders.get(panel.focal_point.key)
        if cell and cell.fit == Truth.NO:
            yield _about_holder(reading, "title_does_not_fit", panel, cell, people.get(cell.party))


def _about_holder(
    reading: EngagementReading, kind: str, panel: Panel, cell: Cell, titled: Person | None = None
) -> Finding:
    return conclude_on(
        reading,
        kind,
        panel,
        [c for c in panel.cells if c.party == cell.party],
        parties=(cell.party,),
        title=titled.title if titled else None,
        title_key=titled.title_key if titled else None,
        cells=panel.basis if kind == "title_does_not_fit" else panel.backing_basis(cell.party),
    )
