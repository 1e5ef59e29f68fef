"""What may be shown of an evaluation: in anonymous mode nothing that rests on a few voices."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from workbook.model.engagement import Engagement
from workbook.model.evaluation import Action, Evaluation, Finding, Item
from workbook.model.rules import Rules
from workbook.scoring.encode import EngagementReading, read_engagement


@dataclass(frozen=True)
class Disclosure:
    """What of one evaluation may be shown (METHOD §6). Screens and reports ask the same."""

    rules: Rules
    engagement: Engagement
    evaluation: Evaluation
    reading: EngagementReading

    @property
    def nameless(self) -> bool:
        """Whether nobody may be named for what they answered."""
        return self.engagement.anonymous

    @property
    def small_group(self) -> int:
        """Fewer answered cells than this are never shown in anonymous mode."""
        return self.rules.thresholds.small_group

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that may be shown."""
        return tuple(finding for finding in self.evaluation.findings if self.shows(finding))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions whose findings may be shown, without those that an earlier one brings about.

        Two findings about one focal point may call for two ways to the same answer, whose gain is
        then the same and is had only once.
        """
        keys = {finding.key for finding in self.findings}
        actions: dict[object, Action] = {}
        for action in self.evaluation.actions:
            if not action.findings or keys.intersection(action.findings):
                actions.setdefault(action.assumed or action.key, action)
        return tuple(actions.values())

    def withholds(self, answered: int) -> bool:
        """Whether so few answers are too few to be shown."""
        return self.nameless and answered < self.small_group

    def hides(self, focal_point: str) -> bool:
        """Whether what respondents say of a focal point is too little to be shown."""
        panel = self.reading.panels.get(focal_point)
        few = panel is not None and self.withholds(len(panel.votes))
        return few and not self.decided(focal_point)

    def decided(self, focal_point: str) -> bool:
        """Whether a standing decision names the owner."""
        panel = self.reading.panels.get(focal_point)
        return panel is not None and panel.decided

    def shows(self, finding: Finding) -> bool:
        """Whether a finding may be shown."""
        if not self.nameless:
            return True
        if finding.kind == "unconfirmed_self_nomination":
            return False  # it says what one person answered, however many others did
        if finding.cells is not None and self.withholds(finding.cells):
            return False
        if finding.question is not None:
            return True
        subjects = (finding.focal_point, *(fact.focal_point for fact in finding.evidence))
        return not any(map(self.hides, filter(None, subjects)))

    @cached_property
    def shown(self) -> Evaluation:
        """The evaluation without what tells who answered what; whole if answers are not anonymous.

        What few answers tell of a focal point is left out with all its items.
        """
        if not self.nameless:
            return self.evaluation
        items = (item for item in self.evaluation.items if not self._rests_on_few(item))
        return replace(
            self.evaluation,
            items=tuple(items),
            findings=tuple(map(_without_voices, self.findings)),
            actions=self.actions,
        )

    def _rests_on_few(self, item: Item) -> bool:
        return item.answered > 0 and self.hides(item.instance or item.subject)


def _without_voices(finding: Finding) -> Finding:
    """A finding whose evidence tells what was answered, and nothing of who did so and when."""
    evidence = (replace(fact, respondent=None, on=None, note=None) for fact in finding.evidence)
    return replace(finding, evidence=tuple(evidence))


def shown_data(rules: Rules, engagement: Engagement, evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as plain values of JSON, as it may be handed out."""
    disclosure = Disclosure(rules, engagement, evaluation, read_engagement(rules, engagement))
    plain: dict[str, Any] = json.loads(json.dumps(asdict(disclosure.shown), default=str))
    return plain
