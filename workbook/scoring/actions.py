"""Actions with their exact gain: evaluate(after) − evaluate(before), all of them in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.model.days import shifted
from workbook.model.evaluation import Action, Assumed, Finding, ItemKind
from workbook.model.framework import ActionText
from workbook.scoring.aggregate import Scores, Shares, aggregate, joint_losses
from workbook.scoring.assume import assume, assumed, decision, newcomer
from workbook.scoring.encode import EngagementReading, Supposed, encode
from workbook.scoring.findings import ORDER
from workbook.scoring.findings.people import spokespeople
from workbook.scoring.inquiry import inputs, inquiries
from workbook.scoring.panel import Reader, settled
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.scope import ruled_out
from workbook.scoring.values import Nominees, Values, value


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action before its gain is known."""

    kind: str
    text: ActionText
    about: Finding
    findings: tuple[Finding, ...]
    assumed: tuple[Assumed, ...]


def actions(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    before: Scores,
    findings: Sequence[Finding],
    as_of: dt.date,
) -> tuple[Action, ...]:
    """Every action that the findings call for, best gain of low per hour of effort first.

    `portfolio`, `values` and `before` are the engagement's own, E = 1.
    """
    proposals = _proposals(reading, findings)
    after = rescore(reading, portfolio, values, [p.assumed for p in proposals], before.omega)
    leads, owners = (
        spokespeople(reading),
        {key: cell.party for key, cell in reading.holders.items()},
    )
    results = [
        _action(proposal, as_of, _who(reading, proposal, leads, owners), before, after, row)
        for row, proposal in enumerate(proposals)
    ]
    worst = {
        id(a): min(ORDER[f.severity] for f in p.findings)
        for a, p in zip(results, proposals, strict=True)
    }
    return tuple(
        sorted(results, key=lambda a: (-round(a.gain_low / a.effort_hours, 9), worst[id(a)], a.key))
    )


def rescore(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    variants: Sequence[tuple[Assumed, ...]],
    omega: Shares,
) -> Scores:
    """Scores of the engagement under each variant (E = number of variants).

    Only what a variant touches is read again; the rest is the engagement's own values, and `omega`
    its shares.
    """
    layout = portfolio.layout
    joined = reading.engagement.model_copy(
        update={"people": (*reading.engagement.people, newcomer(reading.framework))}
    )
    reader = Reader.of(reading.framework, joined)
    e = reading.engagement
    supposed = reading.cache.supposed.get(inputs(reading.framework, e), dict, ruled_out(e))
    touched = [_touched(reading, reader, answers, supposed) for answers in variants]
    fresh = encode(reading.framework, touched)
    changed = np.zeros((len(variants), layout.width), dtype=bool)
    focal = len(layout.focal_points)
    for row, variant in enumerate(touched):
        for key in variant.panels:
            changed[row, [layout.focal_index[key] + focal * block for block in range(5)]] = True
        for inquiry in variant.inquiries:
            if inquiry.scored:
                position = layout.question_index[inquiry.question.key, inquiry.instance]
                changed[row, layout.column(ItemKind.QUESTION, position)] = True
    joint = np.where(changed[:, :focal], 0.0, joint_losses(layout, values, omega))
    merged = _merged(values, value(fresh), changed)
    same = bool((merged.applicable == values.applicable).all())
    return aggregate(layout, merged, joint, omega.spread(len(variants)) if same else None)


def _touched(
    reading: EngagementReading, reader: Reader, answers: tuple[Assumed, ...], supposed: Supposed
) -> EngagementReading:
    """What has to be read again under a variant; `supposed` holds the questions read before."""
    decided = {
        a.focal_point: settled(
            reader, reading.panels[a.focal_point], decision(a, reading.decisions.get(a.focal_point))
        )
        for a in answers
        if a.question is None and a.focal_point
    }
    questions = frozenset(a.question for a in answers if a.question)
    if questions and answers not in supposed:
        after = assume(reading.framework, reading.engagement, answers)
        supposed[answers] = inquiries(reading.framework, after, questions)
    return replace(reading, panels=decided, inquiries=supposed[answers] if questions else ())


def _merged(base: Values, fresh: Values, changed: np.ndarray) -> Values:
    nothing = np.zeros(0, dtype=np.int64)
    return Values(
        applicable=np.where(changed, fresh.applicable, base.applicable),
        low=np.where(changed, fresh.low, base.low),
        point=np.where(changed, fresh.point, base.point),
        high=np.where(changed, fresh.high, base.high),
        voices=fresh.voices,
        free=fresh.free,
        best=fresh.best,
        fit_high=fresh.fit_high,
        nominees=Nominees(nothing, nothing, nothing),
    )


def _proposals(reading: EngagementReading, findings: Sequence[Finding]) -> list[Proposal]:
    """One proposal per action and subject; findings that share it are settled together."""
    grouped: dict[tuple[str, str | None, str | None], list[Finding]] = {}
    for finding in findings:
        kind = reading.framework.findings[finding.kind].action
        if kind is not None:
            subject = finding.focal_point or finding.question or "+".join(finding.parties)
            grouped.setdefault((kind, finding.area, subject), []).append(finding)
    proposals = []
    for (kind, _, _), together in grouped.items():
        text = reading.framework.actions[kind]
        taken = assumed(reading, text.assumes, together[0])
        proposals.append(
            Proposal(
                kind=kind, text=text, about=together[0], findings=tuple(together), assumed=taken
            )
        )
    return proposals


def _who(
    reading: EngagementReading, proposal: Proposal, leads: dict[str, str], owners: dict[str, str]
) -> str | None:
    """The party that is asked to act; None for the facilitator, or where nobody is known yet."""
    about = proposal.about
    sponsor = next(
        (owners.get(k) for k, p in reading.panels.items() if p.focal_point.sponsor), None
    )
    lead = leads.get(about.area or "", sponsor)
    return {
        "owner": owners.get(about.focal_point or "", lead),
        "area_lead": lead,
        "sponsor": sponsor,
        "facilitator": None,
    }[proposal.text.who]


def _action(
    proposal: Proposal, as_of: dt.date, who: str | None, before: Scores, after: Scores, row: int
) -> Action:
    about = proposal.about
    gains = (after.low[row] - before.low[0], after.point[row] - before.point[0])
    low, point = (0.0 if abs(gain) < 1e-9 else float(gain) for gain in gains)  # noqa: PLR2004
    return Action(
        kind=proposal.kind,
        area=about.area,
        focal_point=about.focal_point,
        question=about.question,
        findings=tuple(f.key for f in proposal.findings),
        assumed=proposal.assumed,
        who=who,
        due=shifted(as_of, proposal.text.due_days),
        effort_hours=proposal.text.effort_hours,
        gain_low=0.0 if np.isnan(low) else low,
        gain_point=None if np.isnan(point) else point,
    )
