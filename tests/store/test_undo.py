"""Undo and redo: per person, step by step, and never by forgetting."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import engagement
from workbook.store import Change, EventKind
from workbook.workspace import Session, Workspace


def decide(session: Session, focal_point: str, owner: str) -> None:
    session.record(Change(("decision", focal_point), {"owner": owner}))


def owners(session: Session) -> dict[str, str | None]:
    return {key: one.owner for key, one in session.engagement.standing_decisions().items()}


def test_undo_takes_back_only_my_last_change(marie: Session, paul: Session):
    decide(marie, "f2", "ana")
    paul.refresh()
    decide(paul, "f3", "bo")
    marie.refresh()
    marie.undo()
    assert owners(marie) == {"f1": "ana", "f3": "bo"}


def test_undo_leaves_alone_what_somebody_changed_after_having_seen_it(marie, paul):
    decide(marie, "f3", "bo")
    decide(marie, "f2", "ana")
    paul.refresh()
    decide(paul, "f2", "dee")
    marie.refresh()
    marie.undo()
    assert owners(marie) == {"f1": "ana", "f2": "dee"}, "f3 was the last that still stood"


def test_undo_and_redo_are_events_like_any_other(marie: Session):
    decide(marie, "f2", "ana")
    marie.undo()
    marie.redo()
    assert [event.kind for event in marie.history(("decision", "f2"))] == [
        EventKind.SET,
        EventKind.UNDO,
        EventKind.REDO,
    ]
    assert owners(marie)["f2"] == "ana"


def test_people_pasted_at_once_are_taken_back_at_once(marie: Session):
    before = marie.engagement
    marie.record(*(Change(("person", f"p{n}"), {"name": f"Person {n}"}) for n in range(20)))
    assert len(marie.engagement.people) == len(before.people) + 20
    marie.undo()
    assert marie.engagement == before
    assert not marie.can_undo


def note(session: Session, text: str, step: str) -> None:
    session.record(Change(("decision", "f2"), {"owner": "ana", "note": text}), step=step)


def notes(session: Session) -> list[str | None]:
    return [one.note for one in session.engagement.decisions if one.focal_point == "f2"]


def test_a_text_that_was_typed_with_pauses_is_one_step(marie: Session):
    decide(marie, "f2", "ana")
    for text in ("Agreed", "Agreed by all", "Agreed by all on Monday"):
        note(marie, text, "visit-1")
    marie.undo()
    assert notes(marie) == [None]
    marie.redo()
    assert notes(marie) == ["Agreed by all on Monday"]


def test_to_take_a_text_back_leaves_what_another_person_wrote_in_between(marie, paul):
    note(marie, "Marie, first half", "visit-1")
    paul.refresh()
    note(paul, "Paul", "visit-2")
    marie.refresh()
    note(marie, "Marie, second half", "visit-1")
    marie.undo()
    assert notes(marie) == ["Paul"]


def test_a_visit_that_goes_on_after_an_undo_can_be_undone_again(marie: Session):
    note(marie, "Agreed", "visit-1")
    marie.undo()
    note(marie, "Refused", "visit-1")
    marie.undo()
    assert notes(marie) == []


def test_what_an_engagement_began_with_is_not_undone(marie: Session):
    assert not marie.can_undo
    assert marie.undo() == ()
    assert marie.engagement == engagement()


def test_a_new_change_ends_the_chance_to_redo(marie: Session):
    decide(marie, "f2", "ana")
    marie.undo()
    decide(marie, "f3", "bo")
    assert not marie.can_redo
    assert marie.redo() == ()


def test_redo_gives_way_to_what_somebody_said_meanwhile(marie: Session, paul: Session):
    decide(marie, "f2", "ana")
    marie.undo()
    paul.refresh()
    decide(paul, "f2", "dee")
    marie.refresh()
    assert marie.redo() == ()
    assert owners(marie)["f2"] == "dee"


def test_undo_reaches_back_beyond_a_reload(marie: Session, workspace: Workspace):
    decide(marie, "f2", "ana")
    reloaded = workspace.open(marie.key, "Marie")
    assert reloaded.can_undo
    reloaded.undo()
    assert "f2" not in owners(reloaded)


def test_what_was_undone_is_known_beyond_a_reload(marie: Session, workspace: Workspace):
    decide(marie, "f2", "ana")
    marie.undo()
    reloaded = workspace.open(marie.key, "Marie")
    assert reloaded.history() == marie.history(), "with what was undone, and what it gave back"
    reloaded.redo()
    assert owners(reloaded)["f2"] == "ana"
    assert workspace.open(marie.key, "Marie").history() == reloaded.history()


def test_what_two_said_without_having_seen_each_other_is_taken_back_for_both(marie, paul):
    decide(marie, "f2", "ana")
    decide(paul, "f2", "ana")
    marie.refresh()
    marie.undo()
    assert "f2" not in owners(marie)
    assert marie.conflicts == ()


def test_a_baseline_is_not_undone(marie: Session):
    decide(marie, "f2", "ana")
    marie.baseline("Kick-off")
    marie.undo()
    assert [one.name for one in marie.baselines] == ["Kick-off"]
    assert "f2" not in owners(marie)


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory):
    place = Workspace.at(tmp_path_factory.mktemp("shared"))
    numbers = iter(range(10**6))
    return lambda: place.new(engagement(key=f"acme-{next(numbers)}"), "Marie")


CHANGES = st.one_of(
    st.builds(
        lambda about, name: Change(("decision", about), {"owner": name}),
        st.sampled_from(["f1", "f2"]),
        st.sampled_from(["ana", "bo"]),
    ),
    st.builds(
        lambda who, about, name: Change(("nomination", who, about), [{"party": name}]),
        st.sampled_from(["r1", "r2"]),
        st.sampled_from(["f1", "f2"]),
        st.sampled_from(["ana", "vacant"]),
    ),
    st.builds(
        lambda who: Change(("person", who), None), st.sampled_from(["eve", "dee", "nouveau"])
    ),
    st.builds(lambda language: Change(("language",), language), st.sampled_from(["en", "fr"])),
)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=6))
def test_undoing_every_step_gives_the_engagement_back_and_redoing_them_all_the_result(begin, steps):
    marie = begin()
    states = [marie.engagement]
    for changes in steps:
        marie.record(*changes)
        states.append(marie.engagement)
    for state in reversed(states[:-1]):
        marie.undo()
        assert marie.engagement == state
    assert not marie.can_undo
    for state in states[1:]:
        marie.redo()
        assert marie.engagement == state
    assert not marie.can_redo
