"""What became of an earlier moment as it may be handed out: no change that rests on few voices."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.small import AS_OF, area, engagement, focal_point, question, rules, says
from workbook.scoring import evaluate
from workbook.scoring.follow_through import follow_through
from workbook.scoring.followed import followed_data

RULES = rules(
    gates=[],
    areas=[
        area(
            "x",
            [focal_point("f1"), focal_point("f2"), focal_point("oms", scope="systems")],
            [question("q1"), question("ready", kind="date", options=[], per="systems")],
        )
    ],
)
EARLIER = AS_OF - dt.timedelta(days=30)


def answered(voices: dict[str, int], deputy: str, value: str, ready: str) -> dict[str, Any]:
    """So many voices for ana on each focal point, and the team's answers."""
    return {
        "nominations": [
            says(f"r{n}", about, "ana", deputy=deputy)
            for about, count in voices.items()
            for n in range(count)
        ],
        "answers": [
            {"question": "q1", "value": value},
            {"question": "ready", "subject": "oms", "value": ready},
        ],
    }


def followed(then: dict[str, Any], now: dict[str, Any], *, anonymous: bool) -> dict[str, Any]:
    facts = {
        "respondents": [{"id": f"r{n}"} for n in range(8)],
        "scope": {"systems": ["oms"]},
        "anonymous": anonymous,
        "decisions": [],
    }
    before, after = engagement(**facts, **then), engagement(**facts, **now)
    today = evaluate(RULES, after, AS_OF)
    since = follow_through(RULES, before, EARLIER, after, today)
    return followed_data(RULES, after, today, since)


def changed(then: dict[str, int], now: dict[str, int], *, anonymous: bool = True) -> set[str]:
    """The subjects of which a change is handed out, where each has got a deputy or an answer."""
    lines = followed(
        answered(then, "none", "no", "2027-07-01"),
        answered(now, "eve", "full", "2027-05-01"),
        anonymous=anonymous,
    )["changes"]
    return {line["subject"] for line in lines}


def test_what_few_say_is_not_handed_out_with_the_changes() -> None:
    """Nor the date of a system of whose owner few speak: it would tell the same few apart."""
    voices = {"f1": 4, "f2": 5, "oms": 4}
    assert changed(voices, voices) == {"f2", "q1"}
    assert changed(voices, voices, anonymous=False) == {"f1", "f2", "oms", "q1", "ready"}
    assert changed({"oms": 5}, {"oms": 5}) == {"oms", "q1", "ready"}


@pytest.mark.parametrize(("then", "now"), [(4, 6), (6, 4)])
def test_who_were_few_at_either_moment_are_told_at_neither(then: int, now: int) -> None:
    assert changed({"f1": then}, {"f1": now}) == {"q1"}


def test_a_change_is_handed_out_with_what_it_was_worth_then_and_now() -> None:
    then, now = (answered({}, "none", value, "2027-05-01") for value in ("half", "full"))
    lines = followed(then, now, anonymous=False)
    assert json.loads(json.dumps(lines)) == lines
    assert lines["day"] == EARLIER.isoformat()
    (line,) = lines["changes"]
    assert (line["turn"], line["before"], line["after"]) == ("improved", 50.0, 100.0)
