"""Evaluates one engagement again and again, and computes only what has changed in between."""

from __future__ import annotations

import datetime as dt

from workbook.model.engagement import Engagement
from workbook.model.evaluation import Advice, Evaluation
from workbook.model.rules import Rules
from workbook.scoring.encode import EngagementReading, read_engagement
from workbook.scoring.evaluate import EvaluationCache, Scored, advise, score
from workbook.scoring.identity_cache import IdentityCache


class Evaluator:
    """Owned by whoever evaluates again: a session, a plan. Gives what `evaluate` gives, sooner.

    Each cache holds its last result, so an evaluator is as large as one evaluation. Meant for one
    engagement: with two in turn it gains nothing.
    """

    def __init__(self) -> None:
        self._cache = EvaluationCache()
        self._scored: IdentityCache[Scored] = IdentityCache()
        self._advice: IdentityCache[Advice] = IdentityCache()

    def read(self, rules: Rules, engagement: Engagement) -> EngagementReading:
        """The engagement read, as its evaluation reads it."""
        return read_engagement(rules, engagement, self._cache.reading)

    def score(self, rules: Rules, engagement: Engagement, as_of: dt.date) -> Scored:
        """The numbers of the evaluation."""
        return self._scored.get(
            (rules, engagement), lambda: score(rules, engagement, as_of, self._cache), as_of
        )

    def evaluate(self, rules: Rules, engagement: Engagement, as_of: dt.date) -> Evaluation:
        """The evaluation, as `evaluate` gives it."""
        scored = self.score(rules, engagement, as_of)
        return scored.advised(self._advice.get((scored,), lambda: advise(scored)))
