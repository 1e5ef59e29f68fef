"""Folding: an engagement is the sum of what was said about it."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.small import engagement
from tests.store.conftest import START
from tests.store.engagements import ENGAGEMENTS
from workbook.errors import BadInput, WorkbookError
from workbook.model.engagement import Engagement
from workbook.store import (
    Change,
    Event,
    EventKind,
    Fold,
    Store,
    canonical,
    engagement_changes,
    fold,
)
from workbook.workspace import Session
from workbook.workspace.scratch import creation


def began(said: Engagement) -> tuple[Event, ...]:
    return creation(said, "Marie", START, "seed")


def after(events: tuple[Event, ...], *changes: Change) -> tuple[Event, ...]:
    """The history with further changes, each made having seen everything before."""
    for n, change in enumerate(changes):
        seen = Fold(events).seen(change.subject)
        one = replace(events[-1], id=f"e{n}", kind=EventKind.SET, subject=change.subject)
        events = (
            *events,
            replace(one, value=change.value, supersedes=seen, seq=events[-1].seq + 1),
        )
    return events


@given(ENGAGEMENTS)
def test_a_document_taken_apart_into_changes_folds_back_into_itself(said: Engagement):
    assert fold(began(said)) == said


@pytest.mark.slow
@settings(max_examples=25)
@given(ENGAGEMENTS)
def test_a_document_that_went_through_the_database_comes_back_equal(said: Engagement):
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "workbook.db")
        store.append(began(said), create=True)
        assert fold(store.events("acme")) == said


@pytest.mark.slow
@given(ENGAGEMENTS, ENGAGEMENTS)
def test_folding_event_by_event_gives_what_folding_at_once_gives(
    first: Engagement, then: Engagement
):
    events = after(began(first), *engagement_changes(then))
    growing = Fold(began(first))
    for event in events[growing.seq :]:
        growing.add(event)
        assert growing.engagement.key == "acme"
    assert growing.engagement == fold(events)


@given(ENGAGEMENTS)
def test_what_is_said_twice_counts_once(said: Engagement):
    assert fold(after(began(said), *engagement_changes(said))) == said


def test_the_last_word_on_a_subject_counts():
    events = after(
        began(engagement()),
        Change(("decision", "f1"), {"owner": "eve"}),
        Change(("decision", "f1"), {"owner": "dee"}),
    )
    assert fold(events).standing_decisions()["f1"].owner == "dee"


def test_a_person_who_is_removed_and_put_back_stands_where_they_stood():
    said = engagement()
    eve = {"name": "Eve", "title_key": "other"}
    gone = after(began(said), Change(("person", "eve"), None))
    assert [one.id for one in fold(gone).people] == ["ana", "cy", "bo", "dee"]
    assert fold(after(gone, Change(("person", "eve"), eve))) == said


def test_a_removed_setting_goes_back_to_its_default():
    said = engagement(language="fr", anonymous=True)
    now = fold(after(began(said), Change(("language",), None), Change(("anonymous",), None)))
    assert (now.language, now.anonymous) == ("en", False)


def test_a_scope_that_is_taken_back_is_open_again():
    systems = Change(("scope", "systems"), ["oms"])
    events = after(began(engagement()), systems, Change(("scope", "systems"), None))
    assert (fold(events[:-1]).scope, fold(events).scope) == ({"systems": ("oms",)}, {})


def test_one_respondents_several_roles_for_a_focal_point_are_one_change():
    said = [{"party": "ana"}, {"party": "bo", "role": "R"}]
    change = Change(("nomination", "r1", "f1"), said)
    now = fold(after(began(engagement(nominations=())), change))
    assert [(n.respondent, n.party, n.role.value) for n in now.nominations] == [
        ("r1", "ana", "A"),
        ("r1", "bo", "R"),
    ]


def test_decisions_that_replaced_each_other_keep_their_order():
    said = engagement(
        decisions=[
            {"focal_point": "f1", "owner": "ana", "withdrawn": True},
            {"focal_point": "f1", "owner": "bo"},
        ]
    )
    assert fold(began(said)) == said


@pytest.mark.parametrize(
    ("seqs", "complaint"), [((1, 3, 2), "out of order"), ((1, 2, 2), "out of order")]
)
def test_events_out_of_order_are_refused(seqs: tuple[int, ...], complaint: str):
    events = began(engagement())
    with pytest.raises(WorkbookError, match=complaint):
        Fold(replace(event, seq=seq) for event, seq in zip(events, seqs, strict=False))


@pytest.mark.parametrize("value", [3, "closed", [3], True])
def test_a_round_that_is_none_is_refused_with_its_place(value):
    """A flipped bit makes `3` of a row: what it says of a round is asked before it is parsed."""
    history = after(began(engagement()), Change(("round", "r1"), value))
    with pytest.raises(BadInput, match="round/r1"):
        fold(history)


def test_several_rounds_at_once_close_none():
    closed = {"opened": START.isoformat(), "closed": START.isoformat(), "threshold": 0.8}
    rounds = Change(("round", "r1"), [closed, closed])
    later = Change(("round", "r1"), {**closed, "spoke": 1})
    (asked,) = fold(after(began(engagement()), rounds, later)).rounds
    assert asked.spoke == 1


def test_events_of_two_engagements_do_not_mix():
    with pytest.raises(WorkbookError, match="belongs to “other”"):
        fold((*began(engagement()), began(engagement(key="other"))[0]))


def test_a_history_that_does_not_say_whose_it_is_cannot_be_folded():
    with pytest.raises(WorkbookError, match="does not say: organisation"):
        fold(event for event in began(engagement()) if event.subject != ("organisation",))


def test_the_shortest_form_of_a_value_says_nothing_twice():
    long = {"focal_point": "f1", "state": "answered", "owner": "ana", "note": None, "dissent": []}
    assert canonical(Change(("decision", "f1"), long)).value == {"owner": "ana"}


@pytest.mark.parametrize(
    ("subject", "value", "complaint"),
    [
        (("decison", "f1"), {}, "did you mean “decision”"),
        ((), {}, "unknown subject"),
        (("decision",), {"owner": "ana"}, "give decision, focal_point"),
        (("decision", "f1", "f2"), {}, "missing or extra parts"),
        (("decision", "f1"), {"ower": "ana"}, "decision/f1.ower: Extra inputs"),
        (("decision", "f1"), {"focal_point": "f2"}, "the subject says “f1”"),
        (("decision", "f1"), {"decided_on": "yesterday"}, "decided_on"),
        (("decision", "f1"), "ana", "decision/f1"),
        (("person", "ana"), {"name": ""}, "person/ana.name"),
        (("person", "Ana Silva"), {"name": "Ana"}, "person/Ana Silva.id"),
        (("programme",), None, "cannot be removed"),
        (("programme",), {"start": "2026-01-01"}, "programme.go_live"),
        (("scope", "systems"), "erp", "scope/systems"),
    ],
)
def test_a_wrong_change_is_refused_with_its_place(subject, value, complaint: str):
    with pytest.raises(BadInput) as refused:
        canonical(Change(subject, value))
    assert complaint in str(refused.value)


def test_of_several_changes_all_that_is_wrong_is_said_and_none_is_made(marie: Session):
    before = marie.engagement
    with pytest.raises(BadInput) as refused:
        marie.record(
            Change(("decision", "f2"), {"owner": "ana"}),
            Change(("decision", "f3"), {"ower": "ana"}),
            Change(("persn", "x"), {"name": "X"}),
        )
    assert len(refused.value.problems) == 2
    assert marie.engagement == before
    assert marie.pending == ()


def test_history_can_be_read_as_of_any_moment(marie: Session):
    marie.record(Change(("decision", "f2"), {"owner": "ana"}))
    first = marie.history()[-1]
    marie.record(Change(("decision", "f2"), {"owner": "bo"}))
    for moment in (first.seq, first.time, first.time + dt.timedelta(seconds=30)):
        assert marie.at(moment).standing_decisions()["f2"].owner == "ana"
    with pytest.raises(BadInput, match="had not begun"):
        marie.at(START - dt.timedelta(days=1))
