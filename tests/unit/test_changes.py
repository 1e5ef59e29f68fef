"""What changed between two moments, subject by subject: computed by hand on the small framework."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.small import AS_OF, engagement, rules
from workbook.model.evaluation import Evaluation
from workbook.scoring import evaluate
from workbook.scoring.changes import SubjectChange, changes

RULES = rules()
EARLIER = {"focal_point": "f1", "owner": "ana", "deputy": "none"}


def state(*decisions: Any, answer: str | None = None, **facts: Any) -> Evaluation:
    said = [{"question": "q1", "value": answer}] if answer else []
    whole = engagement(nominations=[], answers=said, decisions=decisions, **facts)
    return evaluate(RULES, whole, AS_OF)


def test_where_nothing_changed_nothing_is_said() -> None:
    before = state(EARLIER, answer="half")
    assert changes(before, before) == ()
    items = tuple(replace(item, low=item.low + 1e-12) for item in before.items)
    assert changes(before, replace(before, items=items)) == ()


def test_a_tenth_of_a_point_is_a_change() -> None:
    before = state(EARLIER, answer="half")
    items = tuple(replace(item, low=item.low + 1e-3) for item in before.items)
    assert {str(each.turn) for each in changes(before, replace(before, items=items))} == {
        "improved"
    }


@pytest.mark.parametrize(
    ("then", "now", "turn", "owners"),
    [
        (EARLIER, {**EARLIER, "deputy": "eve"}, "improved", ("ana", "ana")),
        ({**EARLIER, "deputy": "eve"}, EARLIER, "regressed", ("ana", "ana")),
        (EARLIER, {**EARLIER, "owner": "nobody", "deputy": None}, "regressed", ("ana", None)),
        ({**EARLIER, "owner": "ana"}, {**EARLIER, "owner": "eve"}, "regressed", ("ana", "eve")),
    ],
)
def test_a_subject_is_worth_more_or_less_than_it_was(
    then: Any, now: Any, turn: str, owners: Any
) -> None:
    (change,) = changes(state(then), state(now))
    assert (change.subject, change.instance) == ("f1", None)
    assert (str(change.turn), change.owners) == (turn, owners)
    assert change.before is not None
    assert change.after is not None
    assert 0 <= min(change.before, change.after) < max(change.before, change.after)
    assert max(change.before, change.after) <= 100 + 1e-9


def test_another_owner_who_is_worth_as_much_is_a_move() -> None:
    people = [
        {"id": key, "name": key.title(), "title_key": "tx", "inside": True}
        for key in ("ana", "bea")
    ]
    then, now = (state({**EARLIER, "owner": owner}, people=people) for owner in ("ana", "bea"))
    (change,) = changes(then, now)
    assert (str(change.turn), change.owners) == ("moved", ("ana", "bea"))
    assert change.before == change.after


def test_what_applies_now_and_did_not_is_added_and_the_other_way_round() -> None:
    ruled_out = {"focal_point": "f2", "state": "not_applicable", "reason": "not here"}
    less, more = state(EARLIER, ruled_out), state(EARLIER)
    (added,), (dropped,) = changes(less, more), changes(more, less)
    assert (str(added.turn), added.subject, added.before) == ("added", "f2", None)
    assert (str(dropped.turn), dropped.subject, dropped.after) == ("dropped", "f2", None)
    assert added.after == dropped.before == 0


def test_a_question_is_worth_its_answer_and_nobody_owns_it() -> None:
    (change,) = changes(state(EARLIER, answer="half"), state(EARLIER, answer="full"))
    assert change == SubjectChange("q1", None, change.turn, 50.0, 100.0, (None, None))
    assert str(change.turn) == "improved"
