"""What a round holds of what was said, what its closing releases, and how much changed since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from workbook.model.engagement import SESSION, Answer, Engagement, Nomination, Parked
from workbook.model.workshop import Round
from workbook.store import Event, EventKind, Fold, RoundLogs
from workbook.store.rounds import change_rate

START = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ANA, BO, UNKNOWN = [{"party": "ana"}], [{"party": "bo"}], [{"state": "unknown"}]


def event(number: int, subject: tuple[str, ...], value: Any, **facts: Any) -> Event:
    time = START + dt.timedelta(minutes=number)
    facts = {"kind": EventKind.SET, **facts}
    event_id = f"e{number}"
    return Event(event_id, "e", "", facts.pop("kind"), subject, value, time, event_id, **facts)


def logs(*said: tuple[tuple[str, ...], Any], to: RoundLogs | None = None) -> RoundLogs:
    """The logs after some events, one a minute."""
    rounds = to or RoundLogs()
    for number, (subject, value) in enumerate(said):
        rounds.add(event(number, subject, value))
    return rounds


def by(respondent: str, focal_point: str = "f1") -> tuple[str, ...]:
    return ("nomination", respondent, focal_point)


def closed(key: str, small_group: int = 2, *, is_open: bool = False) -> Round:
    end = None if is_open else START
    return Round(id=key, opened=START, closed=end, threshold=0.75, small_group=small_group)


def public(rounds: RoundLogs, *asked: Round, **facts: Any) -> Engagement:
    whole = {"nominations": (), "parked": (), **facts}
    return rounds.public(Engagement.model_construct(rounds=asked, **whole))


OPEN, CLOSED = (("round", "1"), {"opened": "now"}), (("round", "1"), {"closed": "now"})


def test_a_round_holds_what_was_said_between_its_opening_and_its_closing():
    rounds = logs((by("eve"), ANA), OPEN, (by("ana"), BO), CLOSED, (by("bo"), ANA))
    assert rounds["1"].voices == {"f1": {"ana": BO}}
    assert rounds["1"].last == {"ana": START + dt.timedelta(minutes=2)}


def test_a_round_that_was_removed_takes_nothing_in():
    assert logs(OPEN, (("round", "1"), None), (by("ana"), ANA))["1"].voices == {}


def test_only_nominations_are_answers_of_a_round():
    assert logs(OPEN, (("answer", "q1", "f1", "ana"), {"value": "full"}))["1"].voices == {}


def test_a_round_counts_the_focal_points_that_somebody_speaks_about():
    rounds = logs(OPEN, (by("ana"), ANA), (by("ana", "f2"), BO), (by("bo"), ANA), (by("bo"), None))
    assert [rounds["1"].answered(who) for who in ("ana", "bo", "eve")] == [2, 0, 0]


def test_an_undo_gives_back_what_was_said_in_this_round_alone():
    rounds = logs((by("ana"), ANA), OPEN, (by("ana"), BO), (by("ana"), ANA))
    undo = {"kind": EventKind.UNDO, "target": "e3"}
    rounds.add(event(4, by("ana"), BO, restores="e2", **undo))
    assert rounds["1"].voices == {"f1": {"ana": BO}}
    rounds.add(event(5, by("ana"), ANA, restores="e0", **undo))
    assert rounds["1"].voices == {"f1": {}}


@pytest.mark.parametrize(
    ("second", "small_group", "is_open", "released"),
    [
        (BO, 2, False, ["ana", "bo"]),
        (BO, 3, False, []),
        (BO, 2, True, []),
        (UNKNOWN, 2, False, []),
    ],
)
def test_a_closing_releases_as_many_answers_as_a_small_group(
    second, small_group, is_open, released
):
    rounds = logs(OPEN, (by("ana"), ANA), (by("bo"), second), CLOSED)
    shown = public(rounds, closed("1", small_group, is_open=is_open))
    assert [nomination.party for nomination in shown.nominations] == released


def test_what_no_round_asked_about_stays():
    known = tuple(
        Nomination(focal_point=key, respondent="ana", party="ana") for key in ("f1", "f2")
    )
    rounds = RoundLogs()
    for number, key in enumerate(("f1", "f2")):
        rounds.add(event(number, by("ana", key), ANA, kind=EventKind.CREATED))
    taken_back = logs(OPEN, (by("bo", "f2"), BO), (by("bo", "f2"), None), (by("bo"), BO), to=rounds)
    assert public(taken_back, closed("1"), nominations=known).nominations == known[1:]


@pytest.mark.parametrize(("is_open", "shown"), [(True, ["a"]), (False, ["a", "b"])])
def test_what_somebody_misses_waits_for_the_end_of_every_round(is_open, shown):
    parked = (Parked(id="a", text="A"), Parked(id="b", text="B", respondent="ana"))
    whole = public(logs(), closed("1"), closed("2", is_open=is_open), parked=parked)
    assert [(item.id, item.respondent) for item in whole.parked] == [(key, None) for key in shown]


@pytest.mark.parametrize(
    ("before", "after", "least", "rate"),
    [
        ({}, {}, 0, None),
        ({"a": ANA}, {"b": ANA}, 0, None),
        ({"a": ANA, "b": BO}, {"a": ANA, "b": ANA}, 0, 0.5),
        ({"a": ANA}, {"a": UNKNOWN}, 0, 1.0),
        ({"a": ANA}, {"a": [{"party": "ana", "deputy": "bo"}]}, 0, 1.0),
        ({"a": ANA}, {"a": [{"party": "ana", "note": "sure"}]}, 0, 0.0),
        ({"a": ANA}, {"a": [*ANA, {"role": "consulted", "party": "bo"}]}, 0, 0.0),
        ({"a": ANA, "b": BO}, {"a": ANA, "b": BO}, 2, 0.0),
        ({"a": ANA, "b": BO}, {"a": ANA, "b": BO}, 3, None),
        ({"a": ANA, "b": BO}, {"a": ANA, "b": UNKNOWN}, 2, None),
        ({"a": ANA, "b": BO}, {"a": ANA, "b": BO, "c": BO}, 2, None),
    ],
)
def test_the_share_that_changed_tells_of_nobody(before, after, least, rate):
    """Of who spoke both times; without names, only where the same people did, and enough."""
    assert change_rate([(before, after)], least) == rate
    assert least or change_rate([(before, after)]) == rate


def in_a_group(*said: tuple[tuple[str, ...], Any], **facts: Any) -> Engagement:
    return public(logs(*said), **{"answers": (), **facts})


def answering(respondent: str) -> tuple[str, ...]:
    return ("answer", "q1", "", respondent)


FULL = {"value": "full"}


@pytest.mark.parametrize(("others", "told"), [("abcd", ""), ("abcde", "abcde")])
def test_what_the_team_says_is_told_as_it_is_and_counts_in_no_group(others: str, told: str):
    """An answer of the session is nobody's alone: with four others it would tell of four."""
    session = Nomination(focal_point="f1", respondent=SESSION, party="ana")
    said = [(by(who), ANA) for who in others]
    shown = in_a_group((by(SESSION), ANA), *said, nominations=(session,)).nominations
    assert [nomination.respondent for nomination in shown] == [SESSION, *told]


@pytest.mark.parametrize(("others", "told"), [("abcd", ""), ("abcde", "abcde")])
def test_answers_to_questions_are_told_a_handful_at_a_time(others: str, told: str):
    known = tuple(Answer(question="q1", respondent=who, value="full") for who in others)
    said = [(answering(who), FULL) for who in others]
    shown = in_a_group(*said, answers=known)
    assert [answer.respondent for answer in shown.answers] == [*told]
    assert shown.nominations == ()


def test_two_who_open_a_round_at_one_moment_open_it_once():
    """They differ in the second alone; another threshold is another round."""
    facts = {"threshold": 0.75, "small_group": 5, "opened": "2026-11-23T09:00:00+00:00"}
    later = facts | {"opened": "2026-11-23T09:00:01+00:00"}
    for second, conflicts in ((later, 0), (later | {"threshold": 0.5}, 1)):
        both = Fold([event(1, ("round", "1"), facts), event(2, ("round", "1"), second)])
        assert len(both.conflicts) == conflicts


def test_a_round_that_is_closed_stays_closed_for_whoever_had_not_seen_it():
    facts = {"threshold": 0.75, "small_group": 5, "opened": "2026-11-23T09:00:00+00:00"}
    closing = facts | {"closed": "2026-11-23T10:00:00+00:00", "spoke": 3, "changed": 0.5}
    fold = Fold([event(1, ("round", "1"), facts), event(2, ("round", "1"), closing)])
    fold.add(event(3, ("round", "1"), facts | {"threshold": 0.5}))
    assert fold.conflicts == ()
    ((one,),) = [fold.part("rounds")]
    assert (one.closed is not None, one.threshold) == (True, 0.75)
    assert fold.part("rounds") is fold.part("rounds")
