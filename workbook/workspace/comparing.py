"""Two moments of one engagement compared, so that answers alone make the difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook.scoring import evaluate
from workbook.scoring.changes import SubjectChange, changes

if TYPE_CHECKING:
    import datetime as dt

    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.workspace.session import Session


class MomentEvaluated(NamedTuple):
    """An engagement as it was, under the facts of the later moment, with what it comes to."""

    engagement: Engagement
    evaluation: Evaluation


class MomentsCompared(NamedTuple):
    """Two moments, and what changed between them."""

    before: MomentEvaluated
    after: MomentEvaluated
    changes: tuple[SubjectChange, ...]


def compared(session: Session, since: str, until: str | None, as_of: dt.date) -> MomentsCompared:
    """What changed from one baseline to another, or to now.

    What was said before counts under the rules and facts of the later moment. BadInput for a
    baseline that is not there.
    """
    later = session.at(until) if until else session.engagement
    facts = {"organisation": later.organisation, "programme": later.programme}
    earlier = session.at(since).model_copy(update=facts)
    before = MomentEvaluated(earlier, evaluate(session.rules, earlier, as_of))
    now = evaluate(session.rules, later, as_of) if until else session.evaluate(as_of)
    after = MomentEvaluated(later, now)
    return MomentsCompared(before, after, changes(before.evaluation, now))
