"""Every action of every example, done as a person would do it today, brings what it promised."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.report.examples import AS_OF, EXAMPLES, evaluated, example
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Asked, Assumed
from workbook.scoring.assume import NEW, declined
from workbook.scoring.encode import read_engagement
from workbook.scoring.evaluate import score

NEWCOMER = "somebody-new"


def done(name: str, answers: tuple[Assumed, ...]) -> Engagement:
    """The engagement after people decided and answered what the action assumes, today."""
    loaded = example(name)
    document: dict[str, Any] = loaded.engagement.model_dump(mode="json")
    for answer in answers:
        if answer.question is None:
            decide(loaded, document, answer)
        else:
            document["answers"] = [
                *(a for a in document["answers"] if not settled(a, answer)),
                {
                    "question": answer.question,
                    "subject": answer.focal_point,
                    "value": given_today(answer.value),
                    "on": AS_OF.isoformat(),
                },
            ]
    areas = [{"area": area.key, "reason": "agreed today"} for area in loaded.rules.areas]
    document["people"].append(
        {"id": NEWCOMER, "name": "Somebody New", "inside": True, "accepted_titles": areas}
    )
    return Engagement.model_validate_json(json_of(document))


def decide(loaded: Any, document: dict[str, Any], answer: Assumed) -> None:
    others = [d for d in document["decisions"] if d["focal_point"] != answer.focal_point]
    owner, deputy = (NEWCOMER if p == NEW else p for p in (answer.owner, answer.deputy))
    decision = {"focal_point": answer.focal_point, "owner": owner, "deputy": deputy}
    before = loaded.engagement.standing_decisions().get(answer.focal_point or "")
    kept = before.title_reason if before and before.owner == answer.owner else None
    decision["title_reason"] = "confirmed today" if answer.value else kept
    document["decisions"] = [*others, {**decision, "decided_on": AS_OF.isoformat()}]


def settled(there: dict[str, Any], answer: Assumed) -> bool:
    about = (answer.question, answer.focal_point)
    return there["respondent"] is None and (there["question"], there["subject"]) == about


def given_today(value: object) -> object:
    return [day.isoformat() for day in value] if isinstance(value, tuple) else value


def json_of(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_action_done_today_brings_what_it_promised(name: str) -> None:
    rules, before = example(name).rules, evaluated(name)
    assert before.actions
    for action in before.actions:
        after = score(rules, done(name, action.assumed), AS_OF).numbers.score
        gained = after.low - before.score.low
        assert gained == pytest.approx(action.gain_low, abs=1e-9), action.key
        if action.gain_point is not None:
            gained = after.point - before.score.point
            assert gained == pytest.approx(action.gain_point, abs=1e-9), action.key


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_no_action_assumes_a_day_that_has_passed(name: str) -> None:
    known = {
        day
        for answer in example(name).engagement.answers
        if isinstance(answer.value, tuple)
        for day in answer.value
    }
    for action in evaluated(name).actions:
        for value in (a.value for a in action.assumed if isinstance(a.value, tuple)):
            assert all(day >= AS_OF for day in set(value) - known), action.key
        kinds = {q.key: q.kind for _, q in example(name).rules.questions().values()}
        days = [a.value for a in action.assumed if a.question and kinds[a.question] == "date"]
        assert all(dt.date.fromisoformat(str(day)) >= AS_OF for day in days), action.key


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_nobody_is_asked_who_is_outside_or_has_declined(name: str) -> None:
    loaded = example(name)
    inside = {person.id for person in loaded.engagement.people if person.inside is not False}
    panels = read_engagement(loaded.rules, loaded.engagement).panels
    for action in evaluated(name).actions:
        assert (action.who is not None) == (action.asked is Asked.PERSON)
        assert action.who is None or action.who in inside
        assert action.named_by is None or action.named_by in inside
        for answer in (a for a in action.assumed if a.question is None):
            assert answer.owner != declined(panels[answer.focal_point or ""])
