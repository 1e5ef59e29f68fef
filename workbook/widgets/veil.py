"""A screen without names: people go by the pseudonyms that reports and exports use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.scoring import Evaluator
from workbook.scoring.identity_cache import IdentityCache

if TYPE_CHECKING:
    import datetime as dt

    from workbook.i18n import Voice
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules


class Veil:
    """Hides names from a screen; what it makes of an engagement is kept until that changes."""

    def __init__(self) -> None:
        self._evaluator = Evaluator()
        self._last: IdentityCache[tuple[Engagement, Evaluation]] = IdentityCache()

    def veiled(
        self, rules: Rules, engagement: Engagement, as_of: dt.date, voice: Voice
    ) -> tuple[Engagement, Evaluation]:
        """The engagement without names, and its evaluation: findings quote what was written."""

        def veil() -> tuple[Engagement, Evaluation]:
            from workbook.report.nameless import without_names

            hidden = without_names(engagement, voice)
            return hidden, self._evaluator.evaluate(rules, hidden, as_of)

        return self._last.get((rules, engagement, voice), veil, as_of)
