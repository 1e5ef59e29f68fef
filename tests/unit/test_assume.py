"""METHOD §5: which answers an action takes for granted, and the engagement once they are given."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from tests.small import AS_OF, engagement, framework_doc, question, rules, says
from workbook.model.engagement import Answer, Decision
from workbook.model.evaluation import Assumed, Finding, Severity
from workbook.model.framework import Assumption
from workbook.model.rules import Rules
from workbook.scoring.assume import NEW, assume, assumed, decision, declined, merged, newcomer
from workbook.scoring.encode import read_engagement

FAVOURITE, SOMEBODY_NEW = Assumption(owner="favourite"), Assumption(owner="new")
DECLINED = {
    "focal_point": "f1",
    "owner": "ana",
    "acceptance": {"state": "declined", "on": "2026-11-01"},
}


def dated() -> Rules:
    """The small framework with a date and a calendar, which q2 opens."""
    areas = framework_doc()["areas"]
    areas[1]["questions"] += [
        question("ready", kind="date", options=[], margin_days=30),
        question("meetings", kind="dates", options=[], max_gap_days=60),
    ]
    return rules(areas=areas)


def finding(**about: Any) -> Finding:
    return Finding(kind="orphan", area="x", severity=Severity.HIGH, **about)


def settled(assumption: Assumption, framework: Rules | None = None, **facts: Any) -> Any:
    """What is assumed about f1 of an engagement with these facts."""
    framework = framework or rules()
    whole = engagement(**{"nominations": [], "decisions": [], "answers": [], **facts})
    reading = read_engagement(framework, whole)
    return assumed(reading, assumption, finding(focal_point="f1"), AS_OF)


def votes(*parties: str, deputies: tuple[str | None, ...] = ()) -> list[Any]:
    pairs = zip(parties, deputies or (None,) * len(parties), strict=True)
    return [says(f"r{n}", "f1", who, deputy=dep) for n, (who, dep) in enumerate(pairs, 1)]


@pytest.mark.parametrize(
    ("facts", "assumption", "owner", "deputy"),
    [
        ({}, FAVOURITE, NEW, None),
        ({}, SOMEBODY_NEW, NEW, None),
        ({"nominations": votes("ana", "ana", "eve")}, FAVOURITE, "ana", None),
        ({"nominations": votes("ana", "ana", "eve")}, SOMEBODY_NEW, NEW, None),
        # Of those who tie the one of least worth: eve's title does not fit.
        ({"nominations": votes("ana", "eve")}, FAVOURITE, "eve", None),
        ({"nominations": votes("ana", deputies=("dee",))}, FAVOURITE, "ana", "dee"),
        ({"nominations": votes("ana", deputies=("none",))}, FAVOURITE, "ana", None),
        (
            {"nominations": votes("ana", "ana", "ana", deputies=("dee", "dee", "bo"))},
            FAVOURITE,
            "ana",
            "dee",
        ),
        ({"nominations": votes("ana", "ana", deputies=("dee", "bo"))}, FAVOURITE, "ana", None),
        ({"decisions": [DECLINED]}, FAVOURITE, NEW, None),
        ({"decisions": [DECLINED], "nominations": votes("ana", "eve")}, FAVOURITE, "eve", None),
        # Only who names the owner says who stands in.
        (
            {"nominations": votes("ana", "ana", "eve", deputies=("dee", None, "bo"))},
            FAVOURITE,
            "ana",
            "dee",
        ),
        (
            {"decisions": [{"focal_point": "f1", "owner": "ana", "deputy": "none"}]},
            Assumption(deputy=True),
            "ana",
            NEW,
        ),
        (
            {"decisions": [{"focal_point": "f1", "owner": "ana", "deputy": "dee"}]},
            FAVOURITE,
            "ana",
            "dee",
        ),
    ],
)
def test_who_is_taken_to_own_a_focal_point(
    facts: Any, assumption: Assumption, owner: str, deputy: str | None
) -> None:
    (answer,) = settled(assumption, **facts)
    assert (answer.owner, answer.deputy) == (owner, deputy)


def test_where_only_an_answer_is_assumed_nobody_owns_anything_by_it() -> None:
    assert settled(Assumption(answer=True)) == ()


def test_a_title_is_assumed_to_be_accepted_whatever_else_is_assumed_of_its_owner() -> None:
    accepted = Assumed(focal_point="f1", owner="ana", value="assumed")
    backed = Assumed(focal_point="f1", owner="ana", deputy=NEW)
    for answers in ((accepted, backed), (backed, accepted)):
        actions: Any = [SimpleNamespace(assumed=(answer,)) for answer in answers]
        (both,) = merged(actions)
        assert (both.owner, both.deputy, both.value) == ("ana", NEW, "assumed")
        assert decision(both, None).title_reason == "assumed"


@pytest.mark.parametrize(
    ("state", "refused"), [("declined", "ana"), ("accepted", None), ("pending", None)]
)
def test_only_who_declines_has_declined(state: str, refused: str | None) -> None:
    given = {**DECLINED, "acceptance": {"state": state, "on": "2026-11-01"}}
    whole = engagement(decisions=[given], nominations=[])
    assert declined(read_engagement(rules(), whole).panels["f1"]) == refused


def test_a_date_is_assumed_only_while_it_can_still_be_kept() -> None:
    framework = dated()
    key = next(q.key for _, q in framework.questions().values() if q.kind == "date")
    about = finding(question=key)
    whole = engagement(nominations=[], decisions=[], answers=[])
    reading = read_engagement(framework, whole)
    best = Assumption(answer=True)
    due = dt.date(2027, 6, 1) - dt.timedelta(days=30)
    (answer,) = assumed(reading, best, about, due)
    assert answer.value == due.isoformat()
    assert assumed(reading, best, about, due + dt.timedelta(days=1)) == ()


def test_a_calendar_keeps_its_meetings_and_closes_its_gaps() -> None:
    framework = dated()
    kept = "2027-01-15"
    whole = engagement(
        nominations=[], decisions=[], answers=[{"question": "meetings", "value": [kept]}]
    )
    reading = read_engagement(framework, whole)
    (answer,) = assumed(reading, Assumption(answer=True), finding(question="meetings"), AS_OF)
    days = answer.value
    assert dt.date.fromisoformat(kept) in days
    assert days[-1] == dt.date(2027, 6, 1)
    coming = [day for day in days if day >= AS_OF]
    gaps = [(b - a).days for a, b in zip([AS_OF, *coming], coming, strict=False)]
    assert max(gaps) <= 60
    assert (
        assumed(reading, Assumption(answer=True), finding(question="meetings"), dt.date(2027, 6, 2))
        == ()
    )


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("full", [("q3", "full")]),
        ("half", [("q3", "full")]),
        ("no", [("q2", "full"), ("q3", "full")]),
        (None, [("q2", "full"), ("q3", "full")]),
    ],
)
def test_what_a_question_hangs_on_is_assumed_only_where_it_is_shut(said: Any, answers: Any) -> None:
    areas = framework_doc()["areas"]
    areas[1]["questions"] += [
        question("q3", parent={"question": "q2", "options": ["half", "full"]})
    ]
    whole = engagement(answers=[{"question": "q2", "value": said}] if said else [])
    reading = read_engagement(rules(areas=areas), whole)
    best = assumed(reading, Assumption(answer=True), finding(question="q3"), AS_OF)
    assert [(answer.question, answer.value) for answer in best] == answers


def test_what_is_decided_already_keeps_its_day() -> None:
    whole = engagement(decisions=[{**DECLINED, "decided_on": "2026-10-01"}])
    after = assume(rules(), whole, (Assumed(focal_point="f1", owner="eve"),))
    assert [(d.owner, d.decided_on) for d in after.decisions] == [("eve", dt.date(2026, 10, 1))]


def test_what_respondents_answer_stays_beside_what_is_assumed() -> None:
    said = [
        {"question": "q1", "value": "no", "respondent": "r1"},
        {"question": "q1", "value": "half"},
        {"question": "q2", "value": "half"},
    ]
    whole = engagement(answers=said)
    after = assume(rules(), whole, (Assumed(question="q1", value="full"),))
    told = [(a.question, a.respondent, a.value) for a in after.answers]
    assert told == [("q1", "r1", "no"), ("q2", None, "half"), ("q1", None, "full")]
    assert after.decisions == whole.decisions


def test_a_newcomer_joins_once_and_only_where_somebody_new_is_named() -> None:
    whole = engagement()
    once = assume(rules(), whole, (Assumed(focal_point="f2", owner=NEW),))
    again = assume(rules(), once, (Assumed(focal_point="f3", owner="ana", deputy=NEW),))
    assert [person.id for person in again.people].count(NEW) == 1
    assert assume(rules(), whole, (Assumed(focal_point="f2", owner="ana"),)).people == whole.people
    known = newcomer(rules())
    assert known.inside
    assert {accepted.area for accepted in known.accepted_titles} == {"x", "t"}


def test_what_is_known_of_the_same_owner_is_kept() -> None:
    standing = Decision.model_validate(
        {
            "focal_point": "f1",
            "owner": "ana",
            "title_reason": "knows it",
            "decided_on": "2026-10-01",
            "confirmed_on": "2026-11-01",
            "acceptance": {"state": "accepted", "on": "2026-10-02"},
        }
    )
    same = decision(Assumed(focal_point="f1", owner="ana", deputy="dee"), standing)
    assert (same.title_reason, same.confirmed_on) == ("knows it", dt.date(2026, 11, 1))
    assert same.acceptance == standing.acceptance
    other = decision(Assumed(focal_point="f1", owner="eve"), standing)
    assert (other.title_reason, other.confirmed_on, other.acceptance) == (None, None, None)
    assert other.decided_on == dt.date(2026, 10, 1)
    fresh = decision(Assumed(focal_point="f1", owner="eve"), None)
    assert fresh.decided_on is None


def test_an_assumed_answer_is_the_teams() -> None:
    after = assume(rules(), engagement(answers=[]), (Assumed(question="q1", value="full"),))
    (answer,) = after.answers
    assert isinstance(answer, Answer)
    assert (answer.respondent, answer.subject, answer.value) == (None, None, "full")
