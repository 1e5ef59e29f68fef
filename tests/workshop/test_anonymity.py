"""Without names, nobody can work out what somebody said: not even who sees everything shown."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, product

import pytest

from tests.workshop.conftest import START, nominate, silent
from workbook.model.engagement import Engagement
from workbook.model.workshop import Round
from workbook.store import Change, Event, EventKind, RoundLogs
from workbook.widgets.conversation import Conversation
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

SUBJECT = "f1"
Ballot = tuple[str | None, ...]
"""What each respondent says in a round; None says nothing."""


def event(subject: tuple[str, ...], value: object) -> Event:
    return Event(
        id="-".join(subject),
        engagement="e",
        actor="",
        kind=EventKind.SET,
        subject=subject,
        value=value,
        time=START,
        step="",
    )


def shown(ballots: Iterable[Ballot], small_group: int) -> tuple[Iterator[object], ...]:
    """Everything that anybody may see: who spoke in each round, and what each closing released."""
    logs, rounds, sights = RoundLogs(), [], []
    for number, ballot in enumerate(ballots, 1):
        logs.add(event(("round", f"{number}"), {"opened": "now"}))
        for voter, vote in enumerate(ballot):
            if vote is not None:
                logs.add(event(("nomination", f"r{voter}", SUBJECT), [{"party": vote}]))
        logs.add(event(("round", f"{number}"), {"opened": "now", "closed": "now"}))
        rounds.append(
            Round(
                id=f"{number}", opened=START, closed=START, threshold=0.75, small_group=small_group
            )
        )
        engagement = Engagement.model_construct(nominations=(), parked=(), rounds=tuple(rounds))
        votes = Counter(n.party for n in logs.public(engagement).nominations)
        spoke = tuple(vote is not None for vote in ballot)
        sights.append((spoke, tuple(sorted(votes.items()))))
    return tuple(sights)


def attributed(histories: Iterable[tuple[Ballot, ...]], small_group: int) -> list[object]:
    """What an adversary learns who knows how it works and compares every history that fits."""
    fitting: dict[object, list[tuple[Ballot, ...]]] = defaultdict(list)
    for history in histories:
        fitting[shown(history, small_group)].append(history)
    return [
        (sight, number, voter)
        for sight, candidates in fitting.items()
        for number in range(len(candidates[0]))
        for voter in range(len(candidates[0][number]))
        if len({history[number][voter] for history in candidates}) == 1
        and candidates[0][number][voter] is not None
        and not is_unanimous(candidates[0][number], small_group)
    ]


def is_unanimous(ballot: Ballot, small_group: int) -> bool:
    """Whether enough people said the same, which is shown because they were told so before."""
    votes = [vote for vote in ballot if vote]
    return len(votes) >= small_group and len(set(votes)) == 1


@pytest.mark.parametrize("people", [*range(1, 8), pytest.param(8, marks=pytest.mark.slow)])
def test_one_round_attributes_no_vote(people):
    ballots = ((ballot,) for ballot in product((None, "ana", "bo"), repeat=people))
    assert attributed(ballots, small_group=5) == []


@pytest.mark.slow  # all pairs of 81 ballots
def test_two_rounds_attribute_no_vote():
    ballots = list(product((None, "ana", "bo"), repeat=4))
    assert attributed(product(ballots, repeat=2), small_group=3) == []


def looked_at(history: Iterable[tuple[int, str | None]]) -> Iterator[tuple[object, ...]]:
    """What anybody may see after each answer that comes in no round: who spoke, and the votes."""
    logs, spoke = RoundLogs(), []
    engagement = Engagement.model_construct(nominations=(), answers=(), parked=(), rounds=())
    for number, (voter, vote) in enumerate(history):
        said = [{"party": vote}] if vote else None
        subject = ("nomination", f"r{voter}", SUBJECT)
        logs.add(replace(event(subject, said), id=f"{number}", step=f"{number}"))
        spoke.append(voter)
        votes = Counter(n.party for n in logs.public(engagement).nominations)
        yield (tuple(spoke), tuple(sorted(votes.items())))


@pytest.mark.parametrize(
    "speakers",
    [(0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 0, 1, 5), (0, 1, 2, 3, 4, 4, 3, 2, 1, 0)],
)
def test_answers_in_no_round_attribute_no_vote(speakers):
    """Whoever looks after each answer learns nothing, but where five in one group say the same."""
    fitting = defaultdict(list)
    for votes in product(("ana", "bo"), repeat=len(speakers)):
        fitting[tuple(looked_at(zip(speakers, votes, strict=True)))].append(votes)
    assert len(fitting) > 1, "nothing is shown, and so nothing is held back"
    for sights, candidates in fitting.items():
        shown = [Counter(dict(votes)) for _, votes in sights]
        changes = [now - was for was, now in pairwise([Counter(), *shown])]
        if any(len(votes) == 1 and votes.total() >= 5 for votes in (*shown, *changes)):
            continue
        known = [n for n in range(len(speakers)) if len({votes[n] for votes in candidates}) == 1]
        assert known == [], sights


@pytest.fixture
def secret(workspace: Workspace) -> Session:
    """A first round without names, open."""
    session = workspace.new(silent(workspace, anonymous=True))
    session.record(open_round(session.rules, session.engagement, (), workspace.now()))
    return session


def everybody(session: Session) -> list[str]:
    return [respondent.id for respondent in session.engagement.respondents]


def test_nothing_of_an_open_round_is_in_the_engagement(secret: Session):
    for respondent in everybody(secret)[:6]:
        nominate(secret, respondent, "promotions", "claire-aubry")
    assert secret.engagement.nominations == ()


def close(session: Session, workspace: Workspace) -> None:
    session.record(close_round(session.engagement, workspace.now()))


def test_closing_releases_what_at_least_five_have_answered(secret: Session, workspace):
    for respondent in everybody(secret)[:5]:
        nominate(secret, respondent, "promotions", "claire-aubry")
    for respondent in everybody(secret)[:4]:
        nominate(secret, respondent, "product_assortment", "claire-aubry")
    close(secret, workspace)
    assert {n.focal_point for n in secret.engagement.nominations} == {"promotions"}


def test_a_second_round_shows_its_own_answers_alone(secret: Session, workspace: Workspace):
    for respondent in everybody(secret)[:6]:
        nominate(secret, respondent, "promotions", "claire-aubry")
    close(secret, workspace)
    secret.record(open_round(secret.rules, secret.engagement, (), workspace.now()))
    for respondent in everybody(secret)[:5]:
        nominate(secret, respondent, "promotions", "paul-ney")
    close(secret, workspace)
    assert [n.party for n in secret.engagement.nominations] == ["paul-ney"] * 5


def test_a_second_round_with_too_few_leaves_the_first_release(secret: Session, workspace):
    for respondent in everybody(secret)[:6]:
        nominate(secret, respondent, "promotions", "claire-aubry")
    close(secret, workspace)
    secret.record(open_round(secret.rules, secret.engagement, (), workspace.now()))
    nominate(secret, everybody(secret)[0], "promotions", "paul-ney")
    close(secret, workspace)
    assert {n.party for n in secret.engagement.nominations} == {"claire-aubry"}


def test_what_an_undo_gives_back_of_an_earlier_round_is_no_answer_of_this_one(secret, workspace):
    """Two releases share no answer: else their difference would tell of somebody."""
    people = everybody(secret)[:6]
    for respondent in people:
        nominate(secret, respondent, "promotions", "claire-aubry")
    close(secret, workspace)
    secret.record(open_round(secret.rules, secret.engagement, (), workspace.now()))
    for respondent in people[:5]:
        nominate(secret, respondent, "promotions", "paul-ney")
    file = Change(("nomination", people[5], "promotions"), [{"party": "paul-ney"}])
    secret.take_in([file], "answers")
    secret.undo()
    close(secret, workspace)
    assert [n.party for n in secret.engagement.nominations] == ["paul-ney"] * 5


def test_whoever_leaves_takes_no_vote_along(secret: Session, workspace: Workspace):
    """Else what is shown before and after would tell what they had said."""
    people = everybody(secret)[:6]
    for respondent in people:
        nominate(secret, respondent, "promotions", "claire-aubry")
    close(secret, workspace)
    before = secret.engagement.standing_nominations()
    secret.record(Change(("respondent", people[0]), {"withdrawn": True}))
    assert people[0] not in {r.id for r in secret.engagement.respondents if not r.withdrawn}
    assert secret.engagement.standing_nominations() == before


def test_opening_and_closing_cannot_be_undone(secret: Session, workspace: Workspace):
    close(secret, workspace)
    assert secret.undo() == ()


@pytest.fixture
def stale(secret: Session, workspace: Workspace) -> Session:  # noqa: ARG001 - it is opened
    """A second facilitator's session that has seen nothing of the first round but its opening."""
    return workspace.open("lorient", "ben")


def test_a_press_that_a_page_sends_again_on_a_new_line_opens_no_second_round(workspace):
    session = workspace.new(silent(workspace, anonymous=True))
    press = {"do": "open_round", "about": "all", "once": "a"}
    hears(workspace, press)
    session.refresh()
    close(session, workspace)
    hears(workspace, press)
    session.refresh()
    assert [bool(asked.closed) for asked in session.engagement.rounds] == [True]


def hears(workspace: Workspace, message: dict[str, str]) -> None:
    """A facilitator's page opens a line, and says something over it."""
    session = workspace.open("lorient")
    Conversation(workspace, session, as_of=START.date()).hear(message)
    session.flush()


def test_an_opening_by_whoever_has_not_seen_the_closing_opens_nothing_again(workspace):
    first = workspace.new(silent(workspace, anonymous=True))
    stale = workspace.open("lorient", "ben")
    opening = open_round(stale.rules, stale.engagement, (), workspace.now())
    first.record(open_round(first.rules, first.engagement, (), workspace.now()))
    for respondent in everybody(first)[:5]:
        nominate(first, respondent, "promotions", "claire-aubry")
    close(first, workspace)
    closed = first.engagement
    stale.record(opening)
    first.refresh()
    nominate(first, everybody(first)[0], "promotions", "paul-ney")
    assert first.engagement == stale.engagement == closed
    assert first.conflicts == stale.conflicts == ()


def test_a_late_closing_of_the_first_round_closes_no_second_one(secret, stale, workspace):
    closing = close_round(stale.engagement, workspace.now())
    close(secret, workspace)
    first_closed = secret.engagement.rounds[0]
    secret.record(open_round(secret.rules, secret.engagement, (), workspace.now()))
    stale.record(closing)
    secret.refresh()
    for respondent in everybody(secret)[:5]:
        nominate(secret, respondent, "promotions", "claire-aubry")
    close(secret, workspace)
    assert secret.engagement.rounds[0] == first_closed
    assert [n.party for n in secret.engagement.nominations] == ["claire-aubry"] * 5


def test_what_is_missing_is_told_without_who_misses_it_and_after_the_round(secret, workspace):
    change = Change(("parked", "p1"), {"text": "Marketplace", "respondent": "paul-ney"})
    secret.record(change, actor="paul-ney")
    assert secret.engagement.parked == ()
    close(secret, workspace)
    (item,) = secret.engagement.parked
    assert (item.text, item.respondent) == ("Marketplace", None)


def test_every_reader_of_the_store_sees_the_same(secret: Session, workspace: Workspace):
    """A list, a report or an export folds the events itself: nothing else may come of them."""
    from workbook.store import fold

    nominate(secret, "paul-ney", "promotions", "claire-aubry")
    assert fold(workspace.store.events("lorient")).nominations == ()
    assert secret.at(dt.datetime.now(dt.UTC) + dt.timedelta(days=400)).nominations == ()
