"""What may be told of an evaluation: in anonymous mode nothing that rests on a few voices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from workbook.model.engagement import Engagement
from workbook.model.evaluation import Action, Evaluation, Finding
from workbook.model.framework import Framework
from workbook.scoring.encode import Heard


@dataclass(frozen=True)
class Told:
    """One evaluation as it may be told (METHOD §6). Screens and reports ask the same."""

    framework: Framework
    engagement: Engagement
    evaluation: Evaluation
    heard: Heard

    @property
    def small_group(self) -> int:
        """Fewer answered cells than this are never told in anonymous mode."""
        return self.framework.thresholds.small_group

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that may be told."""
        return tuple(one for one in self.evaluation.findings if self.tells(one))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions whose findings may be told, without those that an earlier one brings about.

        Two findings about one focal point may call for two ways to the same answer, whose gain is
        then the same and is had only once.
        """
        keys = {finding.key for finding in self.findings}
        told: dict[object, Action] = {}
        for action in self.evaluation.actions:
            if keys.intersection(action.findings):
                told.setdefault(action.assumed or action.key, action)
        return tuple(told.values())

    def hidden(self, focal_point: str) -> bool:
        """Whether what respondents say of a focal point is too little to be told."""
        if not self.engagement.anonymous:
            return False
        panel = self.heard.panels.get(focal_point)
        few = panel is not None and len(panel.votes) < self.small_group
        return few and not self.decided(focal_point)

    def decided(self, focal_point: str) -> bool:
        """Whether a standing decision names the owner."""
        panel = self.heard.panels.get(focal_point)
        return bool(panel and panel.cells and panel.cells[0].respondent is None)

    def tells(self, finding: Finding) -> bool:
        """Whether a finding may be told."""
        if not self.engagement.anonymous:
            return True
        if finding.kind == "unconfirmed_self_nomination":
            return False
        told_of = {finding.focal_point, *(one.focal_point for one in finding.evidence)} - {None}
        if finding.question is None:
            return not any(self.hidden(key) for key in told_of if key)
        voices = [one for one in finding.evidence if one.respondent is not None]
        return not voices or (finding.total or 0) >= self.small_group
