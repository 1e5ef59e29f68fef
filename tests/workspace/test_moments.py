"""Baselines, history and what a session says of itself."""

from __future__ import annotations

import pytest

from tests.small import AS_OF, engagement
from workbook.errors import BadInput
from workbook.store import Change
from workbook.workspace import Session, Workspace

OWNER = ("decision", "f2")


def test_a_baseline_is_what_the_engagement_was_then(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    then = marie.engagement
    made = marie.baseline("Kick-off")
    marie.record(Change(OWNER, {"owner": "bo"}))
    marie.record(Change(("person", "eve"), None))
    marie.undo()
    marie.undo()
    marie.record(Change(("programme",), {"go_live": "2028-01-01"}))
    assert marie.at("Kick-off") == then != marie.engagement
    paul.refresh()
    assert paul.at("Kick-off") == then
    assert paul.baselines == (made,)
    assert (made.name, made.actor) == ("Kick-off", "Marie")


def test_a_baseline_includes_what_others_had_said_by_then(marie: Session, paul: Session):
    paul.record(Change(OWNER, {"owner": "bo"}))
    marie.baseline("Kick-off")
    assert marie.at("Kick-off").standing_decisions()["f2"].owner == "bo"


def test_a_baselines_name_is_taken_once(marie: Session, paul: Session):
    marie.baseline("Kick-off")
    with pytest.raises(BadInput, match="“Kick-off” already"):
        paul.baseline("Kick-off")
    with pytest.raises(BadInput, match="no name"):
        paul.baseline(" ")
    with pytest.raises(BadInput, match="did you mean “Kick-off”"):
        paul.at("Kickoff")


def test_a_baseline_changes_no_answer(marie: Session):
    marie.baseline("Kick-off")
    assert marie.engagement == engagement()


def test_the_history_tells_who_said_what_when(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.refresh()
    paul.record(Change(OWNER, None))
    told = [(event.actor, event.value) for event in paul.history(OWNER)]
    assert told == [("Marie", {"owner": "ana"}), ("Paul", None)]
    times = [event.time for event in paul.history()]
    assert times == sorted(times)


def test_reload_resumes_exactly(marie: Session, workspace: Workspace):
    marie.record(Change(OWNER, {"owner": "ana", "note": "« déjà décidé » 🎯"}))
    marie.record(Change(("answer", "q2", "", ""), {"state": "unknown"}))
    again = Workspace.at(workspace.path).open("worked", "Marie")
    assert again.engagement == marie.engagement
    assert again.history() == marie.history()
    assert again.saved_at == marie.history()[-1].time


def test_a_change_shows_in_the_evaluation_at_once(marie: Session):
    before = marie.evaluate(AS_OF)
    assert marie.evaluate(AS_OF) is before, "nothing changed, nothing is computed again"
    marie.record(Change(("decision", "f3"), {"owner": "bo", "deputy": "cy"}))
    after = marie.evaluate(AS_OF)
    assert after.score.low == pytest.approx(before.score.low + 15.42, abs=0.005), "METHOD §7"
    marie.undo()
    assert marie.evaluate(AS_OF) == before


def test_the_overlay_changes_the_framework_at_once(marie: Session):
    assert "q2" in marie.rules.questions()
    marie.record(Change(("overlay",), {"off": ["q2"]}))
    assert "q2" not in marie.rules.questions()
    assert marie.rules is marie.rules, "made once per overlay"
