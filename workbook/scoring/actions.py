"""Actions with their exact gain: evaluate(after) − evaluate(before), all of them in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.model.days import shifted
from workbook.model.evaluation import Action, Assumed, Finding, ItemKind, JointAction, Urgency
from workbook.model.framework import ActionText
from workbook.scoring.aggregate import Scores, Shares, aggregate, joint_losses
from workbook.scoring.assignees import Assignee, Assignees
from workbook.scoring.assume import answer_of, assumed, decision, newcomer
from workbook.scoring.encode import EngagementReading, Supposed, encode
from workbook.scoring.findings import ORDER
from workbook.scoring.inquiry import inputs, supposed_inquiries
from workbook.scoring.layout import Layout
from workbook.scoring.levels import EDGE, GateCode, gate_columns, gates
from workbook.scoring.panel import Reader, settled
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.scope import ruled_out
from workbook.scoring.values import Nominees, Values, value

ASK = "ask"
"""The kind of an action that finds out about a gate; frameworks have no text for it."""
ASK_MINUTES, ASK_DAYS = 30, 7


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
    """Every action that the findings call for, in the order of METHOD §5.

    `portfolio`, `values` and `before` are the engagement's own, E = 1.
    """
    proposals = _proposals(reading, findings, as_of)
    layout, variants = portfolio.layout, [p.assumed for p in proposals]
    after, afterwards = rescore(reading, portfolio, values, variants, before.omega)
    lifts = _lifts(layout, [p.about for p in proposals], values, afterwards)
    standing = gates(layout, values).state[0]
    people = Assignees.of(reading)
    ranked = [
        (
            _action(
                proposal=proposal,
                due=shifted(as_of, proposal.text.due_days),
                assignee=people.asked(proposal.text.who, proposal.about),
                gains=gains(before, after, row),
                urgency=_urgency(reading, proposal, standing[lifts[row]].tolist()),
            ),
            min(ORDER[f.severity] for f in proposal.findings),
        )
        for row, proposal in enumerate(proposals)
    ]
    unasked = (standing == GateCode.UNDETERMINED) & ~lifts.any(axis=0)
    ranked += [(_asking(layout, g, as_of), 0) for g in np.flatnonzero(unasked).tolist()]
    return tuple(
        a for a, _ in sorted(ranked, key=lambda pair: (*order(pair[0]), pair[1], pair[0].key))
    )


def order(action: Action | JointAction) -> tuple[float, float, float]:
    """What a list that is read from the top is ordered by."""
    by_effort = action.urgency <= Urgency.GATE_UNDETERMINED
    rate = round(action.gain_low / action.effort_hours, 9)
    return action.urgency, action.effort_hours if by_effort else 0.0, -rate


def _urgency(reading: EngagementReading, proposal: Proposal, lifted: list[int]) -> Urgency:
    """`lifted`: the states of the gates that the action lifts, before it."""
    if GateCode.TRIPPED in lifted:
        return Urgency.GATE_TRIPPED
    if GateCode.UNDETERMINED in lifted:
        return Urgency.GATE_UNDETERMINED
    for finding in proposal.findings:
        if finding.question is not None:
            _, question = reading.rules.questions()[finding.question]
            if question.kind == "date" and question.findings.get("late") == finding.kind:
                return Urgency.DATE_AT_RISK
    return Urgency.GAIN


def _lifts(layout: Layout, abouts: Sequence[Finding], before: Values, after: Values) -> np.ndarray:
    """Which gates the actions on these findings lift (E, G).

    An action is about what the gate tests, and that is enough after it and not before.
    """
    lifts = np.zeros((len(after.low), len(layout.rules.gates)), dtype=bool)
    for g, gate in enumerate(layout.rules.gates):
        columns = gate_columns(layout, g)
        enough = gate.threshold - EDGE
        missing = before.applicable[:, columns] & (before.low[:, columns] < enough)
        tests = (gate.focal_point, gate.question)
        about = [(None if a.question else a.focal_point, a.question) == tests for a in abouts]
        lifts[:, g] = np.array(about, dtype=bool) & (
            missing & (after.low[:, columns] >= enough)
        ).any(axis=1)
    return lifts


def _asking(layout: Layout, g: int, as_of: dt.date) -> Action:
    """To find out about a gate that nothing else lifts."""
    gate = layout.rules.gates[g]
    return Action(
        kind=ASK,
        area=layout.rules.areas[layout.column_area[gate_columns(layout, g)[0]]].key,
        focal_point=gate.focal_point,
        question=gate.question,
        findings=(),
        assumed=(),
        who=None,
        due=shifted(as_of, ASK_DAYS),
        effort_hours=ASK_MINUTES / 60,
        gain_low=0.0,
        gain_point=0.0,
        urgency=Urgency.GATE_UNDETERMINED,
    )


def rescore(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    variants: Sequence[tuple[Assumed, ...]],
    omega: Shares,
) -> tuple[Scores, Values]:
    """Scores and item values of the engagement under each variant (E = number of variants).

    Only what a variant touches is read again; the rest is the engagement's own values, and `omega`
    its shares.
    """
    layout, focal = portfolio.layout, len(portfolio.layout.focal_points)
    changed, after = _reread(reading, portfolio, values, variants)
    # Every variant decides what it touches, and a decision has no free cell: nothing to lose.
    joint = np.where(changed[:, :focal], 0.0, joint_losses(layout, values, omega))
    same = bool((after.applicable == values.applicable).all())
    return aggregate(layout, after, joint, omega.spread(len(changed)) if same else None), after


def _reread(
    reading: EngagementReading,
    portfolio: Portfolio,
    values: Values,
    variants: Sequence[tuple[Assumed, ...]],
) -> tuple[np.ndarray, Values]:
    """Which items each variant changes, and the values of all items under it."""
    layout = portfolio.layout
    _read_panels(reading, variants)
    e = reading.engagement
    supposed = reading.cache.supposed.get(inputs(reading.rules, e), dict, ruled_out(e))
    touched = [_touched(reading, answers, supposed) for answers in variants]
    fresh = encode(reading.rules, touched)
    changed = np.zeros((len(variants), layout.width), dtype=bool)
    focal = len(layout.focal_points)
    for row, variant in enumerate(touched):
        for key in variant.panels:
            changed[row, [layout.focal_index[key] + focal * block for block in range(5)]] = True
        for inquiry in variant.inquiries:
            if inquiry.scored:
                position = layout.question_index[inquiry.question.key, inquiry.instance]
                changed[row, layout.column(ItemKind.QUESTION, position)] = True
    return changed, _merged(values, value(fresh), changed)


def _read_panels(reading: EngagementReading, variants: Sequence[tuple[Assumed, ...]]) -> None:
    """Read the panels under what the variants assume of focal points, where that is new."""
    new = {a for answers in variants for a in answers if a.question is None and a.focal_point}
    new -= reading.supposed_panels.keys()
    if not new:
        return
    joined = reading.engagement.model_copy(
        update={"people": (*reading.engagement.people, newcomer(reading.rules))}
    )
    reader = Reader.of(reading.rules, joined)
    for answer in new:
        key = answer.focal_point or ""
        reading.supposed_panels[answer] = settled(
            reader, reading.panels[key], decision(answer, reading.decisions.get(key))
        )


def _touched(
    reading: EngagementReading, answers: tuple[Assumed, ...], supposed: Supposed
) -> EngagementReading:
    """What has to be read again under a variant; `supposed` holds the questions read before."""
    decided = {
        a.focal_point: reading.supposed_panels[a]
        for a in answers
        if a.question is None and a.focal_point
    }
    answered = tuple(a for a in answers if a.question)
    if answered and answered not in supposed:
        supposed[answered] = supposed_inquiries(
            reading.rules, reading.engagement, map(answer_of, answered), reading.cache.inquiries
        )
    return replace(reading, panels=decided, inquiries=supposed[answered] if answered else ())


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
        nominees=Nominees(nothing, nothing, nothing),
    )


def gains(before: Scores, after: Scores, row: int) -> tuple[float, float | None]:
    """What a variant adds to low and to the point; None without a point before or after."""
    differences = (after.low[row] - before.low[0], after.point[row] - before.point[0])
    low, point = (0.0 if abs(gain) < EDGE else float(gain) for gain in differences)
    return 0.0 if np.isnan(low) else low, None if np.isnan(point) else point


def _proposals(
    reading: EngagementReading, findings: Sequence[Finding], as_of: dt.date
) -> list[Proposal]:
    """One proposal per action and subject; findings that share it are settled together."""
    grouped: dict[tuple[str, str | None, str | None], list[Finding]] = {}
    contested = {finding.focal_point for finding in findings if finding.kind == "contested"}
    for finding in findings:
        kind = _kind(reading, finding, contested)
        if kind is not None:
            subject = finding.focal_point or finding.question or "+".join(finding.parties)
            grouped.setdefault((kind, finding.area, subject), []).append(finding)
    proposals = []
    for (kind, _, _), together in grouped.items():
        text = reading.rules.actions[kind]
        taken = assumed(reading, text.assumes, together[0], as_of)
        proposals.append(
            Proposal(
                kind=kind, text=text, about=together[0], findings=tuple(together), assumed=taken
            )
        )
    return proposals


def _kind(reading: EngagementReading, finding: Finding, contested: set[str | None]) -> str | None:
    """The action that answers a finding.

    Where somebody has as many voices as a team without a lead, the choice between them comes first.
    """
    answers = reading.rules.findings
    if finding.kind == "team_without_lead" and finding.focal_point in contested:
        support = reading.panels[finding.focal_point or ""].support
        if max(support.values(), default=0) >= (finding.count or 0):
            return answers["contested"].action
    return answers[finding.kind].action


def _action(
    *,
    proposal: Proposal,
    due: dt.date,
    assignee: Assignee,
    gains: tuple[float, float | None],
    urgency: Urgency,
) -> Action:
    about = proposal.about
    low, point = gains
    return Action(
        kind=proposal.kind,
        area=about.area,
        focal_point=about.focal_point,
        question=about.question,
        findings=tuple(f.key for f in proposal.findings),
        assumed=proposal.assumed,
        who=assignee.who,
        due=due,
        effort_hours=proposal.text.effort_hours,
        gain_low=low,
        gain_point=point,
        asked=assignee.asked,
        named_by=assignee.named_by,
        urgency=urgency,
        first_held=_first_held(about),
    )


def _first_held(about: Finding) -> str | None:
    """The first focal point or area of somebody whom a finding is about as a whole."""
    if about.focal_point or about.question or not about.parties:
        return None
    held = (fact.focal_point or fact.value for fact in about.evidence)
    return next((str(key) for key in held if key), None)
