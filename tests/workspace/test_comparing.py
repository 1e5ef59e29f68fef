"""Two moments of one engagement: what improved, what regressed, by answers alone."""

from __future__ import annotations

import pytest

from tests.small import AS_OF
from workbook.errors import BadInput
from workbook.scoring.changes import Turn
from workbook.store import Change
from workbook.workspace import Session
from workbook.workspace.comparing import compared

OWNER = ("decision", "f2")


def turns(session: Session, since: str = "before", until: str | None = None) -> dict[str, Turn]:
    return {c.subject: c.turn for c in compared(session, since, until, AS_OF).changes}


def test_what_nobody_touched_is_no_change(marie: Session):
    marie.baseline("before")
    assert turns(marie) == {}


@pytest.mark.parametrize(
    ("first", "second", "turn"),
    [
        ({"owner": "ana", "deputy": "none"}, {"owner": "ana", "deputy": "dee"}, Turn.IMPROVED),
        ({"owner": "ana", "deputy": "dee"}, {"owner": "nobody"}, Turn.REGRESSED),
        ({"owner": "dee", "deputy": "ana"}, {"owner": "eve", "deputy": "ana"}, Turn.MOVED),
    ],
)
def test_a_subject_improves_regresses_or_changes_hands(marie: Session, first, second, turn: Turn):
    marie.record(Change(OWNER, first))
    marie.baseline("before")
    marie.record(Change(OWNER, second))
    assert turns(marie) == {"f2": turn}


def test_answers_alone_make_the_difference(marie: Session):
    marie.baseline("before")
    facts = marie.value(("organisation",))
    marie.record(Change(("organisation",), {**facts, "profile": "small"}))
    assert turns(marie) == {}, "a smaller company is no improvement"


def test_a_question_changes_as_a_focal_point_does(marie: Session):
    marie.baseline("before")
    marie.record(Change(("answer", "q1", "", ""), {"value": "full"}))
    assert turns(marie) == {"q1": Turn.IMPROVED}


def test_two_baselines_are_compared_whatever_came_after(marie: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    marie.baseline("before")
    marie.record(Change(OWNER, {"owner": "nobody"}))
    marie.baseline("between")
    marie.record(Change(OWNER, {"owner": "ana"}))
    assert turns(marie, until="between") == {"f2": Turn.REGRESSED}
    assert turns(marie) == {}


def test_a_baseline_that_is_not_there_is_refused(marie: Session):
    with pytest.raises(BadInput, match="no baseline"):
        turns(marie, since="never")
