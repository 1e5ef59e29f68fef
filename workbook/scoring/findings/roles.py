"""Findings about RACI roles, acceptance, confirmation and how sure people are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from workbook.model.engagement import Confidence, Decision, Nomination, Role
from workbook.model.evaluation import Evidence, Finding
from workbook.scoring.cell import Kind
from workbook.scoring.encode import Heard
from workbook.scoring.findings.registry import conclude, finding
from workbook.scoring.panel import ROUNDING, Panel
from workbook.scoring.scope import profile_of


@finding("nobody_responsible")
def nobody_responsible(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Somebody is accountable and nobody does the work, where R is given at all.

    A seat of the C-suite is held, not worked on.
    """
    doing = {
        f for f, found in heard.spoken.items() if any(n.role is Role.RESPONSIBLE for n in found)
    }
    doing |= {
        d.focal_point for d in heard.engagement.standing_decisions().values() if d.responsible
    }
    if not doing:
        return
    for key, panel in heard.panels.items():
        named = [cell for cell in panel.cells if cell.kind is not Kind.NONE]
        if named and key not in doing and panel.focal_point.kind != "seat":
            yield conclude(
                heard,
                "nobody_responsible",
                panel.area.key,
                focal_point=key,
                evidence=tuple(panel.told(cell) for cell in named),
                cells=panel.basis,
            )


@finding("too_many_roles")
def too_many_roles(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """One party holds more roles of a row than the framework allows."""
    limit = heard.framework.thresholds.roles_per_row
    nominated = heard.cache.roles.get(
        (heard.engagement.nominations, heard.engagement.respondents),
        lambda: {key: _nominated_roles(rows) for key, rows in heard.spoken.items()},
    )
    for key, panel in heard.panels.items():
        roles = _decided_roles(panel.decision) if panel.decision else nominated.get(key, {})
        for party, count in sorted(roles.items()):
            if count > limit:
                yield conclude(
                    heard,
                    "too_many_roles",
                    panel.area.key,
                    focal_point=key,
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
def unconfirmed(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Respondents who name themselves, and whom none of the others names."""
    person_of = {r.id: r.person for r in heard.engagement.respondents if r.person}
    for key, panel in heard.panels.items():
        if panel.decided or len(panel.cells) < 2:  # noqa: PLR2004 - others must have spoken
            continue
        for party, votes in panel.support.items():
            voice = next(c for c in panel.cells if c.kind is Kind.SINGLE and c.party == party)
            if votes == 1 and person_of.get(voice.respondent or "") == party:
                yield conclude(
                    heard,
                    "unconfirmed_self_nomination",
                    panel.area.key,
                    focal_point=key,
                    parties=(party,),
                    count=1,
                    total=len(panel.cells),
                    evidence=(panel.told(voice),),
                    cells=1,
                )


@finding("role_not_accepted", "role_declined")
def not_accepted(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """An owner has declined, or not taken the role on.

    Silence counts once acceptance is recorded for others.
    """
    recorded = any(d.acceptance for d in heard.engagement.standing_decisions().values())
    for key, panel in heard.panels.items():
        cell = heard.holders.get(panel.focal_point.key)
        if cell is None or not panel.decided or panel.decision is None or not recorded:
            continue
        acceptance = panel.decision.acceptance
        state = acceptance.state if acceptance else "missing"
        if state != "accepted":
            fact = Evidence(
                "decision",
                party=cell.party,
                focal_point=key,
                value=state,
                on=acceptance.on if acceptance else None,
            )
            yield conclude(
                heard,
                "role_declined" if state == "declined" else "role_not_accepted",
                panel.area.key,
                focal_point=key,
                parties=(cell.party,),
                evidence=(fact,),
            )


@finding("stale_ownership")
def stale(heard: Heard, as_of: dt.date) -> Iterator[Finding]:
    """An ownership that nobody has confirmed within the framework's period."""
    limit = heard.framework.thresholds.stale_days
    for key, panel in heard.panels.items():
        cell, decision = heard.holders.get(panel.focal_point.key), panel.decision
        if cell is None or decision is None or not panel.decided:
            continue
        since = max(filter(None, (decision.confirmed_on, decision.decided_on)), default=None)
        if since and (as_of - since).days > limit:
            yield conclude(
                heard,
                "stale_ownership",
                panel.area.key,
                focal_point=key,
                parties=(cell.party,),
                days=(as_of - since).days,
                date=since,
                evidence=(panel.told(cell),),
            )


@finding("low_confidence")
def low_confidence(heard: Heard, _as_of: dt.date) -> Iterator[Finding]:
    """Most of those who named somebody were guessing."""
    limit = heard.framework.thresholds.low_confidence_share
    r_min = profile_of(heard.framework, heard.engagement).r_min
    for key, panel in heard.panels.items():
        guesses, total = _guesses(panel, heard.spoken[key])
        if total >= (1 if panel.decided else r_min) and guesses >= max(limit * total - ROUNDING, 1):
            yield conclude(
                heard,
                "low_confidence",
                panel.area.key,
                focal_point=key,
                count=guesses,
                total=total,
                evidence=(Evidence("count", focal_point=key, value=float(guesses)),),
                cells=None if panel.decided else total,
            )


def _guesses(panel: Panel, rows: list[Nomination]) -> tuple[int, int]:
    if panel.decided:
        said = [panel.decision.confidence] if panel.decision else []
    else:
        said = [n.confidence for n in rows if n.role is Role.ACCOUNTABLE and n.party]
    known = [confidence for confidence in said if confidence is not None]
    return known.count(Confidence.GUESS), len(known)
