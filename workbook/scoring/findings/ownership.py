"""Findings about the owner of one focal point: nobody, several, a vacant post, an outsider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from workbook.model.engagement import NOBODY, External, Person, Team
from workbook.model.evaluation import Finding
from workbook.model.ownership import OwnershipState
from workbook.scoring.cell import Cell, Kind
from workbook.scoring.encode import Heard
from workbook.scoring.findings.registry import conclude, finding
from workbook.scoring.ownership import state_of
from workbook.scoring.panel import Panel
from workbook.scoring.scope import profile_of


@finding("orphan", "vacant", "system_without_owner", "no_sponsor")
def unowned(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Orphan, system without owner, no sponsor, vacant: everybody who spoke named nobody."""
    for panel in heard.panels.values():
        state = state_of(heard, panel)
        if state.family != "orphan":
            continue
        none = [cell for cell in panel.cells if cell.kind is Kind.NONE]
        kind = _unowned_kind(panel, state)
        yield conclude(
            heard,
            kind if kind in heard.framework.findings else "orphan",
            panel.area.key,
            focal_point=panel.focal_point.key,
            count=len(none),
            total=len(panel.cells),
            evidence=tuple(panel.told(cell) for cell in none),
            cells=panel.basis,
        )


def _unowned_kind(panel: Panel, state: OwnershipState) -> str:
    if panel.focal_point.sponsor:
        return "no_sponsor"
    if state is OwnershipState.VACANT:
        return "vacant"
    return "system_without_owner" if panel.focal_point.kind == "system" else "orphan"


@finding("contested")
def contested(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Respondents disagree on the owner and nobody has decided; "nobody" is an answer, too."""
    for panel in heard.panels.values():
        if panel.decided or heard.outcome(panel).verdict != "contested":
            continue
        named = {NOBODY, *panel.support}
        yield conclude(
            heard,
            "contested",
            panel.area.key,
            focal_point=panel.focal_point.key,
            parties=tuple(category for category, _ in panel.shares if category in named),
            count=panel.shares[0][1],
            total=len(panel.votes),
            evidence=panel.evidence,
            cells=panel.basis,
        )


@finding("several_accountable")
def several(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """One voice gives the A to several parties."""
    for panel in heard.panels.values():
        groups = [cell for cell in panel.cells if cell.kind is Kind.GROUP and len(cell.given) > 1]
        if groups:
            parties = tuple(sorted({party for cell in groups for party in cell.given}))
            yield conclude(
                heard,
                "several_accountable",
                panel.area.key,
                focal_point=panel.focal_point.key,
                parties=parties,
                count=len(parties),
                total=len(panel.cells),
                evidence=tuple(panel.told(cell) for cell in groups),
                cells=panel.basis,
            )


@finding("team_without_lead")
def team_without_lead(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """A team is named as owner, but nobody in it by name."""
    parties = heard.engagement.parties()
    for panel in heard.panels.values():
        leaderless = [
            cell
            for cell in panel.cells
            if cell.kind is Kind.GROUP
            and len(cell.given) == 1
            and isinstance(parties.get(cell.given[0]), Team)
        ]
        if leaderless:
            yield conclude(
                heard,
                "team_without_lead",
                panel.area.key,
                focal_point=panel.focal_point.key,
                parties=tuple(sorted({cell.given[0] for cell in leaderless})),
                count=len(leaderless),
                total=len(panel.cells),
                evidence=tuple(panel.told(cell) for cell in leaderless),
                cells=panel.basis,
            )


@finding("outside_without_inside")
def outside(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """The owner is outside the organisation and no deputy inside stands beside them.

    A decision without a deputy has none.
    """
    for panel in heard.panels.values():
        cell = heard.holders.get(panel.focal_point.key)
        alone = panel.decided and panel.decision is not None and panel.decision.deputy is None
        if cell and (cell.inside == 0 or (alone and _is_outside(heard, cell.party))):
            yield _about_holder(heard, "outside_without_inside", panel, cell)


def _is_outside(heard: Heard, party: str) -> bool:
    found = heard.engagement.parties().get(party)
    return isinstance(found, External) or (isinstance(found, Person) and found.inside is False)


@finding("no_deputy", "deputy_is_owner")
def deputies(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """No deputy, or a deputy who is the owner. A decision without a deputy has none."""
    for panel in heard.panels.values():
        cell = heard.holders.get(panel.focal_point.key)
        if cell is None or cell.deputy == 1:
            continue
        if _names_owner_as_deputy(heard, panel, cell):
            yield _about_holder(heard, "deputy_is_owner", panel, cell)
        elif cell.deputy == 0 or panel.decided:
            yield _about_holder(heard, "no_deputy", panel, cell)


def _names_owner_as_deputy(heard: Heard, panel: Panel, cell: Cell) -> bool:
    voices = {vote.respondent for vote in panel.cells if vote.party == cell.party}
    if panel.decided:
        given = [panel.decision.deputy if panel.decision else None]
    else:
        given = [n.deputy for n in heard.spoken[panel.focal_point.key] if n.respondent in voices]
    parties = heard.engagement.parties()
    for deputy in given:
        found = parties.get(deputy or "")
        if (found.lead if isinstance(found, Team) else deputy) == cell.party:
            return True
    return False


@finding("title_does_not_fit")
def title(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """The owner's title is known and unusual for the area: a warning, never an error."""
    people = {person.id: person for person in heard.engagement.people}
    if "fitting" in profile_of(heard.framework, heard.engagement).without:
        return
    for panel in heard.panels.values():
        cell = heard.holders.get(panel.focal_point.key)
        if cell and cell.fit == 0:
            yield _about_holder(heard, "title_does_not_fit", panel, cell, people.get(cell.party))


def _about_holder(
    heard: Heard, kind: str, panel: Panel, cell: Cell, titled: Person | None = None
) -> Finding:
    return conclude(
        heard,
        kind,
        panel.area.key,
        focal_point=panel.focal_point.key,
        parties=(cell.party,),
        title=titled.title if titled else None,
        title_key=titled.title_key if titled else None,
        evidence=tuple(panel.told(c) for c in panel.cells if c.party == cell.party),
        cells=panel.basis if kind == "title_does_not_fit" else panel.backing_basis(cell.party),
    )
