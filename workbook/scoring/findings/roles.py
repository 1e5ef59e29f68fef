"""Findings about RACI roles, acceptance, confirmation and how sure people are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from workbook.model.engagement import Confidence, Decision, Nomination, Role
from workbook.model.evaluation import Evidence, Finding
from workbook.scoring.cell import CellKind
from workbook.scoring.confirming import confirmations
from workbook.scoring.encode import EngagementReading
from workbook.scoring.findings.registry import conclude_on, finding
from workbook.scoring.panel import ROUNDING, Panel
from workbook.scoring.scope import profile_of


@finding("nobody_responsible")
def nobody_responsible(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Somebody is accountable and nobody does the work, where R is given at all.

    A seat of the C-suite is held, not worked on.
    """
    doing = {
        f for f, rows in reading.spoken.items() if any(n.role is Role.RESPONSIBLE for n in rows)
    }
    doing |= {d.focal_point for d in reading.decisions.values() if d.responsible}
    if not doing:
        return
    for key, panel in reading.panels.items():
        named = [cell for cell in panel.cells if cell.kind is not CellKind.NONE]
        if named and key not in doing and panel.focal_point.kind != "seat":
            yield conclude_on(reading, "nobody_responsible", panel, named)


@finding("too_many_roles")
def too_many_roles(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """One party holds more roles of a row than the framework allows."""
    limit = reading.rules.thresholds.roles_per_row
    nominated = reading.cache.roles.get(
        (reading.nominations,),
        lambda: {key: _nominated_roles(rows) for key, rows in reading.spoken.items()},
    )
    for key, panel in reading.panels.items():
        roles = _decided_roles(panel.decision) if panel.decision else nominated.get(key, {})
        for party, count in sorted(roles.items()):
            if count > limit:
                yield conclude_on(
                    reading,
                    "too_many_roles",
                    panel,
                    parties=(party,),
                    count=count,
                    evidence=(Evidence("count", party=party, focal_point=key, value=float(count)),),
                    cells=None if panel.decision else 1,  # one voice gives so many
                )


def _decided_roles(decision: Decision) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    owner = (decision.owner,) if decision.owner else ()
    for role in (owner, decision.responsible, decision.consulted, decision.informed):
        for party in set(role):
            counts[party] += 1
    return counts


def _nominated_roles(rows: list[Nomination]) -> dict[str, int]:
    by_voice: dict[tuple[str, str], set[Role]] = defaultdict(set)
    for nomination in rows:
        if nomination.party is not None:
            by_voice[nomination.respondent, nomination.party].add(nomination.role)
    counts: dict[str, int] = defaultdict(int)
    for (_, party), roles in by_voice.items():
        counts[party] = max(counts[party], len(roles))
    return counts


@finding("unconfirmed_self_nomination")
def unconfirmed(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Respondents who name themselves, and whom none of the others names."""
    person_of = {r.id: r.person for r in reading.engagement.respondents if r.person}
    for panel in reading.panels.values():
        # A decision is one cell; under none of them others must have spoken.
        if len(panel.cells) < 2:  # noqa: PLR2004
            continue
        for party, votes in panel.support.items():
            voice = next(cell for cell in panel.cells if cell.party == party)
            if votes == 1 and person_of.get(voice.respondent or "") == party:
                yield conclude_on(
                    reading,
                    "unconfirmed_self_nomination",
                    panel,
                    [voice],
                    parties=(party,),
                    count=1,
                    total=len(panel.cells),
                    cells=1,
                )


@finding("role_not_accepted", "role_declined")
def not_accepted(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """An owner has declined, or not taken the role on.

    Silence counts once acceptance is recorded for others.
    """
    recorded = any(d.acceptance for d in reading.decisions.values())
    for key, panel in reading.panels.items():
        cell = reading.holders.get(panel.focal_point.key)
        decision = panel.decision if panel.decided else None
        if cell is None or decision is None or not recorded:
            continue
        acceptance = decision.acceptance
        state = acceptance.state if acceptance else "missing"
        if state != "accepted":
            fact = Evidence(
                "decision",
                party=cell.party,
                focal_point=key,
                value=state,
                on=acceptance.on if acceptance else None,
            )
            yield conclude_on(
                reading,
                "role_declined" if state == "declined" else "role_not_accepted",
                panel,
                parties=(cell.party,),
                evidence=(fact,),
            )


@finding("stale_ownership")
def stale(reading: EngagementReading, as_of: dt.date) -> Iterator[Finding]:
    """An ownership that nobody has confirmed within the framework's period."""
    for each in confirmations(reading):
        if as_of > each.due:
            yield conclude_on(
                reading,
                "stale_ownership",
                reading.panels[each.focal_point],
                [reading.holders[each.focal_point]],
                parties=(each.owner,),
                days=(as_of - each.since).days,
                date=each.since,
            )


@finding("low_confidence")
def low_confidence(reading: EngagementReading, _as_of: dt.date) -> Iterator[Finding]:
    """Most of those who named somebody were guessing."""
    limit = reading.rules.thresholds.low_confidence_share
    r_min = profile_of(reading.rules, reading.engagement).r_min
    for key, panel in reading.panels.items():
        guesses, total = _guesses(panel, reading.spoken[key])
        if total >= (1 if panel.decided else r_min) and guesses >= max(limit * total - ROUNDING, 1):
            yield conclude_on(
                reading,
                "low_confidence",
                panel,
                count=guesses,
                total=total,
                evidence=(Evidence("count", focal_point=key, value=float(guesses)),),
                cells=None if panel.decided else total,
            )


def _guesses(panel: Panel, rows: list[Nomination]) -> tuple[int, int]:
    if panel.decided:
        confidences = [panel.decision.confidence] if panel.decision else []
    else:
        confidences = [n.confidence for n in rows if n.role is Role.ACCOUNTABLE and n.party]
    known = [confidence for confidence in confidences if confidence is not None]
    return known.count(Confidence.GUESS), len(known)
