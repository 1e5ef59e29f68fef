"""Two facilitators at one engagement: they see each other, and nothing is overwritten silently."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.store import Change, Fold, fold
from workbook.workspace import Session, Workspace

OWNER = ("decision", "f2")


def owner(session: Session) -> str | None:
    found = session.engagement.standing_decisions().get("f2")
    return found.owner if found else None


def test_what_one_records_the_other_sees_at_the_next_look(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    assert owner(paul) is None
    assert paul.refresh()
    assert owner(paul) == "ana"
    assert not paul.refresh(), "nothing new since"


def test_changing_the_same_owner_from_the_same_state_is_a_conflict_for_both(marie, paul):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    marie.refresh()
    for session in (marie, paul):
        (conflict,) = session.conflicts
        assert conflict.subject == OWNER
        assert conflict.values == (("Marie", {"owner": "ana"}), ("Paul", {"owner": "bo"}))
    assert owner(marie) == owner(paul) == "bo", "the later one is shown until it is settled"


def test_a_conflict_is_settled_by_a_further_event(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    paul.resolve(OWNER, {"owner": "ana", "deputy": "bo"})
    marie.refresh()
    for session in (marie, paul):
        assert session.conflicts == ()
        assert owner(session) == "ana"
    assert [event.actor for event in marie.history(OWNER)] == ["Marie", "Paul", "Paul"]


def test_typing_on_does_not_settle_a_conflict_silently(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    paul.record(Change(OWNER, {"owner": "bo", "note": "as agreed"}))
    (conflict,) = paul.conflicts
    assert [value["owner"] for _, value in conflict.values] == ["ana", "bo"]


def test_saying_the_same_independently_is_no_conflict(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "ana"}))
    assert paul.conflicts == ()
    paul.record(Change(OWNER, {"owner": "bo"}))
    assert paul.conflicts == (), "both sayings were seen"


def test_changing_what_one_has_seen_is_no_conflict(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.refresh()
    paul.record(Change(OWNER, {"owner": "bo"}))
    marie.refresh()
    assert marie.conflicts == paul.conflicts == ()
    assert owner(marie) == "bo"


def test_different_subjects_never_conflict(marie: Session, paul: Session):
    marie.record(Change(("decision", "f2"), {"owner": "ana"}))
    paul.record(Change(("decision", "f3"), {"owner": "bo"}))
    marie.refresh()
    assert marie.conflicts == paul.conflicts == ()
    assert marie.engagement == paul.engagement


def test_the_same_person_in_two_windows_is_warned_as_well(marie: Session, workspace: Workspace):
    other_window = workspace.open(marie.key, "Marie")
    marie.record(Change(OWNER, {"owner": "ana"}))
    other_window.record(Change(OWNER, {"owner": "bo"}))
    (conflict,) = other_window.conflicts
    assert [other_window.wrote(event) for event in conflict.events] == [False, True]


def test_three_opinions_are_all_kept(marie: Session, paul: Session, workspace: Workspace):
    zoe = workspace.open(marie.key, "Zoé")
    for session, name in ((marie, "ana"), (paul, "bo"), (zoe, "cy")):
        session.record(Change(OWNER, {"owner": name}))
    (conflict,) = zoe.conflicts
    assert [value["owner"] for _, value in conflict.values] == ["ana", "bo", "cy"]


def test_taking_ones_own_change_back_leaves_the_other_persons(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    paul.undo()
    marie.refresh()
    assert (owner(marie), marie.conflicts) == ("ana", ())


def test_the_earlier_writer_can_give_way_too(marie: Session, paul: Session):
    marie.record(Change(OWNER, {"owner": "ana"}))
    paul.record(Change(OWNER, {"owner": "bo"}))
    marie.refresh()
    marie.undo()
    paul.refresh()
    assert (owner(paul), paul.conflicts) == ("bo", ())


STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["record", "record", "refresh", "undo", "redo", "resolve"]),
        st.sampled_from(["f1", "f2"]),
        st.sampled_from(["ana", "bo", None]),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def begin(tmp_path_factory: pytest.TempPathFactory):
    """A fresh engagement in one shared store for every example that is drawn."""
    from tests.small import engagement

    place = Workspace.at(tmp_path_factory.mktemp("shared"))
    numbers = iter(range(10**6))

    def make() -> tuple[Session, Session]:
        key = f"acme-{next(numbers)}"
        return place.new(engagement(key=key), "Marie"), place.open(key, "Paul")

    return make


def play(sessions: tuple[Session, Session], steps) -> None:
    for who, what, about, name in steps:
        session, subject = sessions[who], ("decision", about)
        value = {"owner": name} if name else None
        if what == "record":
            session.record(Change(subject, value))
        elif what == "resolve":
            session.resolve(subject, value)
        else:
            getattr(session, what)()


@pytest.mark.slow
@settings(max_examples=40)
@given(STEPS)
def test_whatever_two_people_do_they_end_up_seeing_the_same(begin, steps):
    sessions = begin()
    play(sessions, steps)
    for session in sessions:
        session.refresh()
    marie, paul = sessions
    assert marie.engagement == paul.engagement == fold(marie.history())
    assert marie.conflicts == paul.conflicts
    assert [event.seq for event in marie.history()] == [event.seq for event in paul.history()]


@pytest.mark.slow
@settings(max_examples=40)
@given(STEPS)
def test_no_change_disappears_unless_somebody_who_saw_it_replaced_it(begin, steps):
    marie, paul = begin()
    play((marie, paul), steps)
    marie.refresh()
    events = marie.history()
    replaced = {seen for event in events for seen in event.supersedes}
    for subject in {event.subject for event in events}:
        standing = [event for event in marie.history(subject) if event.id not in replaced]
        shown = {
            repr(value) for c in marie.conflicts if c.subject == subject for _, value in c.values
        }
        if len({repr(event.value) for event in standing}) > 1:
            assert {repr(event.value) for event in standing} == shown


@pytest.mark.slow
@settings(max_examples=40)
@given(STEPS, st.sampled_from([0, 1]))
def test_undo_never_touches_what_another_person_said_last(begin, steps, who):
    sessions = begin()
    play(sessions, steps)
    for session in sessions:
        session.refresh()
    me = sessions[who]
    authors = {event.id: event.actor for event in me.history()}
    shown = Fold(me.history())
    others = {
        subject: head.value
        for subject in shown._heads
        if len(shown.heads(subject)) == 1
        and (head := shown.heads(subject)[0])
        and authors.get(head.origin or "") not in {me.actor, None}
    }
    undone = me.undo()
    assert {authors[event.target] for event in undone} <= {me.actor}
    assert len({event.step for event in undone}) <= 1
    assert {subject: me.value(subject) for subject in others} == others
