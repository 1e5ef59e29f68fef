"""What a room talks about first, and for how long (METHOD §6). Shown, never scored."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook.model.evaluation import Evaluation, Finding
from workbook.model.framework import Severity
from workbook.model.ownership import Consensus

ORDER = (
    Consensus.TWO_CAMPS,
    Consensus.SCATTERED,
    Consensus.MAJORITY,
    Consensus.NOBODY,
    Consensus.GROUP,
    Consensus.TOO_FEW,
    Consensus.WITHHELD,
    Consensus.AGREED,
    Consensus.UNANIMOUS,
)
"""What a room talks about first: two camps."""
USUAL: Mapping[Consensus, int] = {
    Consensus.TWO_CAMPS: 8,
    Consensus.SCATTERED: 6,
    Consensus.MAJORITY: 4,
    Consensus.NOBODY: 6,
    Consensus.GROUP: 4,
}
"""Minutes that an outcome is worth; whatever else is confirmed in one."""
URGENCY: Mapping[Severity, int] = {
    Severity.CRITICAL: 4,
    Severity.HIGH: 3,
    Severity.MEDIUM: 2,
    Severity.LOW: 1,
}
"""By how much a subject's worst finding multiplies its weight."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A subject that people have spoken about.

    `weight` is the share of the overall score that hangs on it, `severity` that of its worst
    finding. `minutes` is its share of the time, 0 if it does not fit.
    """

    focal_point: str
    outcome: Consensus
    weight: float
    severity: Severity
    minutes: int

    @property
    def usual(self) -> int:
        """Minutes that it takes where time is plenty."""
        return USUAL.get(self.outcome, 1)

    @property
    def least(self) -> int:
        """Minutes below which it is not worth beginning: half of the usual ones."""
        return (self.usual + 1) // 2


def agenda(
    evaluation: Evaluation, findings: Iterable[Finding], decided: Container[str]
) -> tuple[AgendaItem, ...]:
    """The subjects with voices and no decision, in order: by outcome, then weight × severity.

    `findings` are those that may be shown. Each subject has its usual minutes.
    """
    weights: dict[str, float] = {}
    for item in evaluation.items:
        key = item.instance or item.subject
        weights[key] = weights.get(key, 0.0) + item.share
    worst: dict[str | None, Severity] = {}
    for finding in findings:
        known = worst.get(finding.focal_point, Severity.LOW)
        worst[finding.focal_point] = max(known, finding.severity, key=URGENCY.__getitem__)
    items = [
        AgendaItem(
            focal_point=focal.focal_point,
            outcome=focal.outcome,
            weight=weights.get(focal.focal_point, 0.0),
            severity=worst.get(focal.focal_point, Severity.LOW),
            minutes=USUAL.get(focal.outcome, 1),
        )
        for focal in evaluation.agreement.focal_points
        if focal.votes and focal.focal_point not in decided
    ]
    # What sums of shares differ by in their last bits must not decide: then the framework does.
    return tuple(sorted(items, key=lambda i: (ORDER.index(i.outcome), -round(_urgency(i), 9))))


def _urgency(item: AgendaItem) -> float:
    return item.weight * URGENCY[item.severity]


def shared_out(items: Sequence[AgendaItem], budget: int) -> tuple[AgendaItem, ...]:
    """The same with their shares of the minutes that a room has; 0 for what does not fit.

    As many as can have their least minutes are talked about, in order and without a gap. What is
    left goes to them minute by minute, the first first, until each has its usual ones.
    """
    minutes: list[int] = []
    for item in items:
        if sum(minutes) + item.least > budget:
            break
        minutes.append(item.least)
    left = budget - sum(minutes)
    while left > 0 and (short := [i for i, m in enumerate(minutes) if m < items[i].usual]):
        for index in short[:left]:
            minutes[index] += 1
        left -= len(short[:left])
    minutes += [0] * (len(items) - len(minutes))
    return tuple(replace(item, minutes=m) for item, m in zip(items, minutes, strict=True))
