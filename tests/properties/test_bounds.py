"""The bounds contain every completion and are reached: enumerated exhaustively on small cases."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.completions import bounds, completions, scores
from tests.small import AS_OF, area, engagement, focal_point, person, question, rules, says
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring import evaluate

ONE_AREA = rules(
    areas=[area("x", [focal_point("f1")], [question("q1")])],
    gates=[],
)
CHILD = rules(
    areas=[
        area(
            "x",
            [focal_point("f1")],
            [
                question("q1"),
                question("q2", parent={"question": "q1", "options": ["half", "full"]}),
            ],
        )
    ],
    gates=[],
)
ONE_POINT = rules(areas=[area("x", [focal_point("f1")], [])], gates=[])
TWO_POINTS = rules(areas=[area("x", [focal_point("f1"), focal_point("f2")], [])], gates=[])

PEOPLE = st.sampled_from(
    [
        [person("ana", "tx"), person("eve", "other")],
        [person("ana"), person("eve", "other", inside=False)],
        [person("ana", "other", inside=None), person("eve", "tx")],
    ]
)
PARTIES = st.sampled_from(["ana", "eve", "nobody"])
DEPUTIES = st.sampled_from([None, "none", "ana", "eve"])


def votes(focal_points: list[str], most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Nominations of up to `most` respondents, one per focal point."""
    voice = st.tuples(st.sampled_from(focal_points), PARTIES, DEPUTIES)
    return st.lists(voice, max_size=most).map(
        lambda said: list(
            {
                (f"r{n % 3}", f): says(f"r{n % 3}", f, party, deputy=deputy)
                for n, (f, party, deputy) in enumerate(said)
            }.values()
        )
    )


def document(nominations: list[dict[str, Any]], people: list[dict[str, Any]], **more: Any) -> Any:
    voices = sorted({n["respondent"] for n in nominations})
    changes: dict[str, Any] = {
        "respondents": [{"id": voice} for voice in voices],
        "nominations": nominations,
        "people": people,
        "answers": [],
        "decisions": [],
        **more,
    }
    return engagement(**changes).model_dump(mode="json") | {
        "people": people,
        "nominations": nominations,
    }


def assert_bounds_hold(rules: Rules, said: Any) -> None:
    low, point, high = bounds(rules, said)
    done = list(completions(rules, said))
    lows, points, highs = scores(rules, done)
    assert np.allclose(lows, highs), "a completion leaves nothing open"
    assert np.allclose(lows, points)
    assert points.min() == pytest.approx(low, abs=1e-9)
    assert points.max() == pytest.approx(high, abs=1e-9)
    assert point == -1.0 or low - 1e-9 <= point <= high + 1e-9


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(said=votes(["f1"], 3), people=PEOPLE)
def test_one_focal_point_and_one_open_question(said: Any, people: Any) -> None:
    assert_bounds_hold(ONE_AREA, document(said[-2:], people))


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(said=votes(["f1"], 2), people=PEOPLE, silent=st.sampled_from([3, 4]))
def test_one_focal_point_of_which_most_are_silent(said: Any, people: Any, silent: int) -> None:
    spoken = [{**n, "deputy": n["deputy"] or "none"} for n in said]
    voices = [{"id": n["respondent"]} for n in spoken] + [{"id": f"s{n}"} for n in range(silent)]
    assert_bounds_hold(ONE_POINT, document(spoken, people, respondents=voices))


@pytest.mark.parametrize("silent", [1, 2, 3, 4])
def test_where_most_are_silent_they_may_all_name_somebody_new(silent: int) -> None:
    """One voice for Eve, whose title does not fit: from three silent ones on, a new name is best.

    With her the silent lift *clear* (25) by her vote besides theirs; with somebody new *fitting*
    (10) by theirs: 25·(1+m) against 25·m + 10·m.
    """
    people = [person("ana", "tx"), person("eve", "other")]
    voices = [{"id": "r0"}, *({"id": f"s{n}"} for n in range(silent))]
    said = document([says("r0", "f1", "eve", deputy="ana")], people, respondents=voices)
    assert_bounds_hold(ONE_POINT, said)
    _, _, high = bounds(ONE_POINT, said)
    silent = max(silent, 2)  # three voices are asked for at least
    best = 30 + 15 + max(25, (25 + 10) * silent / (1 + silent))
    assert high == pytest.approx(100 * best / 80)


@pytest.mark.parametrize("silent", [1, 2, 4])
@pytest.mark.parametrize(
    "named",
    [("eve",), ("ana", "eve"), ("eve", "eve"), ("bo", "eve", "eve"), ("ana", "cy", "eve", "eve")],
)
def test_the_high_is_the_best_that_the_silent_can_still_say(
    named: tuple[str, ...], silent: int
) -> None:
    """Each names somebody who was named, or somebody new whose title fits; titles may turn out."""
    people = [person("ana", "tx"), person("cy", "other"), person("eve", "other"), person("bo")]
    voices = [*named, *["new"] * max(silent, 3 - len(named))]
    silent = len(voices) - len(named)
    best = max(
        25 * max(Counter((*named, *more)).values())
        + 10 * sum(name in {"ana", "bo", "new"} for name in (*named, *more))
        for more in combinations_with_replacement(sorted(set(voices)), silent)
    )
    said = [says(f"r{n}", "f1", name, deputy="dee") for n, name in enumerate(named)]
    asked = [{"id": f"r{n}"} for n in range(len(voices))]
    whole = document(said, [*people, person("dee")], respondents=asked)
    high = evaluate(ONE_POINT, Engagement.model_validate(whole), AS_OF).score.high
    assert high == pytest.approx(100 * (30 + 15 + best / len(voices)) / 80)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(said=votes(["f1", "f2"], 6), people=PEOPLE, profile=st.sampled_from(["small", "large"]))
def test_two_focal_points_that_share_people(said: Any, people: Any, profile: str) -> None:
    whole = {(n["respondent"], n["focal_point"]) for n in said}
    voices = {r for r, _ in whole}
    filled = [
        says(r, f, "eve", deputy="ana")
        for r in sorted(voices | {"r0"})
        for f in ("f1", "f2")
        if (r, f) not in whole
    ][: max(6 - len(said), 0)]
    facts = {"name": "W", "profile": profile, "business_models": ["b2c"]}
    voted = [n if n["party"] == "nobody" else {**n, "deputy": n["deputy"] or "none"} for n in said]
    full = document([*voted, *filled], people, organisation=facts)
    assert_bounds_hold(TWO_POINTS, _at_most_two_free(full))


def _at_most_two_free(said: Any) -> Any:
    """Fill all but two cells, so that the enumeration stays small."""
    r_min = 2 if said["organisation"]["profile"] == "small" else 3
    voices = [f"r{n}" for n in range(max(r_min, len(said["respondents"])))]
    there = {(n["respondent"], n["focal_point"]) for n in said["nominations"]}
    blank = [(r, f) for r in voices for f in ("f1", "f2") if (r, f) not in there]
    more = [says(r, f, "ana", deputy="none") for r, f in blank[2:]]
    return {
        **said,
        "respondents": [{"id": voice} for voice in voices],
        "nominations": [*said["nominations"], *more],
    }


@pytest.mark.parametrize("parent", [None, "no", "half", "full"])
@pytest.mark.parametrize("child", [None, "no", "half", "full"])
def test_a_child_question_counts_nothing_once_its_parent_rules_it_out(
    parent: str | None, child: str | None
) -> None:
    answers = [
        {"question": key, "value": value} for key, value in (("q1", parent), ("q2", child)) if value
    ]
    decided = [{"focal_point": "f1", "owner": "ana", "deputy": "eve"}]
    people = [person("ana", "tx"), person("eve", "other")]
    assert_bounds_hold(CHILD, document([], people, answers=answers, decisions=decided))


def test_the_joint_high_is_below_the_separate_ones_when_the_favourite_does_not_fit() -> None:
    said = [
        says("r0", "f1", "eve", deputy="ana"),
        says("r1", "f1", "eve", deputy="ana"),
    ]
    people = [person("ana", "tx"), person("eve", "other")]
    full = document(said, people, answers=[{"question": "q1", "value": "full"}])
    assert_bounds_hold(ONE_AREA, full)
    _, _, high = bounds(ONE_AREA, full)
    assert high < 100 - 10 * 2 / 3 + 1e-9


def test_who_answers_unasked_takes_no_voice_from_those_who_were_asked() -> None:
    """Asked elsewhere, r9 alone rules the child out; r1, r2 and r3 may still speak."""
    answers = [{"question": "q1", "respondent": "r9", "value": "no"}]
    asked = [{"id": f"r{n}", "areas": ["x"]} for n in (1, 2, 3)]
    said = document([], [person("ana", "tx")], answers=answers)
    voices = [*asked, {"id": "r9", "areas": ["elsewhere"]}]
    found = evaluate(CHILD, Engagement.model_validate({**said, "respondents": voices}), AS_OF)
    child = next(item for item in found.items if item.subject == "q2")
    assert (child.low, child.high) == (0.0, 3 / 4)
