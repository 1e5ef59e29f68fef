"""What METHOD §4 promises, drawn at random: a better known answer never lowers a score, a new one
never widens the range, and the order of answers does not matter to the last bit."""

from __future__ import annotations

from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import AS_OF, WORKED_ANSWERS, engagement, person, rules, says
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.scoring import evaluate
from workbook.scoring.aggregate import aggregate
from workbook.scoring.agreement import alphas
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.values import value as valued

RULES = rules()
BANDS = [level.key for level in RULES.levels]
VOICES, FOCAL_POINTS = ("r1", "r2", "r3", "r4"), ("f1", "f2", "f3")
PARTIES = ("ana", "eve", "cy", "bo", "nobody", "vacant")
OPTIONS = ("no", "half", "full")

votes = st.dictionaries(
    st.tuples(st.sampled_from(VOICES), st.sampled_from(FOCAL_POINTS)),
    st.tuples(st.sampled_from(PARTIES), st.sampled_from([None, "none", "dee", "ana"])),
    max_size=10,
)
answers = st.dictionaries(st.sampled_from(["q1", "q2"]), st.sampled_from(OPTIONS))


def made(said: Any, given_answers: Any, **changes: Any) -> Engagement:
    nominations = [says(r, f, party, deputy=deputy) for (r, f), (party, deputy) in said.items()]
    changes = {
        "respondents": [{"id": voice} for voice in VOICES],
        "nominations": nominations,
        "answers": [{"question": q, "value": v} for q, v in given_answers.items()],
        "decisions": [],
        **changes,
    }
    return engagement(**changes)


def evaluated(one: Engagement) -> Evaluation:
    return evaluate(RULES, one, AS_OF)


def band(key: str | None) -> int:
    return -1 if key is None else BANDS.index(key)


def assert_not_lower(before: Evaluation, after: Evaluation) -> None:
    pairs = [(before.score, after.score)]
    pairs += [(a.score, b.score) for a, b in zip(before.areas, after.areas, strict=True)]
    for old, new in pairs:
        assert (new.low or 0) >= (old.low or 0) - 1e-9
        assert (new.high or 0) >= (old.high or 0) - 1e-9
        if old.point is not None and new.point is not None:
            assert new.point >= old.point - 1e-9
    assert before.level is not None
    assert after.level is not None
    assert band(after.level.low) >= band(before.level.low)
    assert band(after.level.high) >= band(before.level.high)


def assert_not_wider(before: Evaluation, after: Evaluation) -> None:
    assert (after.score.low or 0) >= (before.score.low or 0) - 1e-9
    assert (after.score.high or 0) <= (before.score.high or 0) + 1e-9


@given(said=votes, given_answers=answers)
def test_low_is_at_most_the_point_and_that_at_most_the_high(said: Any, given_answers: Any) -> None:
    found = evaluated(made(said, given_answers))
    for score in (found.score, *(a.score for a in found.areas)):
        assert score.low is not None
        assert score.high is not None
        assert -1e-9 <= score.low <= score.high <= 100 + 1e-9
        assert score.point is None or score.low - 1e-9 <= score.point <= score.high + 1e-9


@given(said=votes, given_answers=answers)
def test_contributions_and_losses_add_up_to_point_and_hundred(
    said: Any, given_answers: Any
) -> None:
    found = evaluated(made(said, given_answers))
    if found.score.point is not None:
        assert sum(i.contribution for i in found.items) == pytest.approx(
            found.score.point, abs=1e-9
        )
        assert sum(i.contribution + i.loss for i in found.items) == pytest.approx(100, abs=1e-9)
    for area in found.areas:
        if area.score.point is not None:
            own = [i for i in found.items if i.area == area.area]
            assert sum(i.area_contribution for i in own) == pytest.approx(
                area.score.point, abs=1e-9
            )
    assert sum(i.share for i in found.items) == pytest.approx(1, abs=1e-9)


@given(said=votes, question=st.sampled_from(["q1", "q2"]), rest=answers)
def test_a_better_known_answer_never_lowers(said: Any, question: str, rest: Any) -> None:
    found = [evaluated(made(said, {**rest, question: value})) for value in OPTIONS]
    assert_not_lower(found[0], found[1])
    assert_not_lower(found[1], found[2])


@given(said=votes, given_answers=answers, who=st.sampled_from(["ana", "eve", "cy", "bo"]))
@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"title_key": "other"}, {"title_key": "boss"}),
        ({"inside": False}, {"inside": True}),
    ],
)
def test_a_better_attribute_never_lowers(
    worse: Any, better: Any, said: Any, given_answers: Any, who: str
) -> None:
    def people(change: Any) -> list[Any]:
        base = [person("ana", "tx"), person("eve", "tt"), person("cy", "tt"), person("bo", "tx")]
        return [*({**p, **change} if p["id"] == who else p for p in base), person("dee", "tt")]

    before = evaluated(made(said, given_answers, people=people(worse)))
    assert_not_lower(before, evaluated(made(said, given_answers, people=people(better))))


@given(
    said=votes,
    given_answers=answers,
    place=st.tuples(st.sampled_from(VOICES), st.sampled_from(FOCAL_POINTS)),
)
def test_filling_a_blank_never_widens_the_range(said: Any, given_answers: Any, place: Any) -> None:
    blank = {key: value for key, value in said.items() if key != place}
    for party in PARTIES:
        filled = {**blank, place: (party, "none")}
        assert_not_wider(
            evaluated(made(blank, given_answers)), evaluated(made(filled, given_answers))
        )


@given(said=votes, given_answers=answers, about=st.sampled_from(FOCAL_POINTS))
def test_a_decision_for_a_single_owner_never_lowers_named_or_clear(
    said: Any, given_answers: Any, about: str
) -> None:
    before = evaluated(made(said, given_answers))
    decisions = [{"focal_point": about, "owner": "eve", "deputy": "none"}]
    after = evaluated(made(said, given_answers, decisions=decisions))
    for kind in ("named", "clear"):
        old, new = (
            next(i for i in e.items if i.kind == kind and i.subject == about)
            for e in (before, after)
        )
        assert new.low >= old.low
        assert (new.point or 0) >= (old.point or 0)


@given(said=votes, given_answers=answers, data=st.data())
def test_the_order_of_everything_is_free_to_the_last_bit(
    said: Any, given_answers: Any, data: st.DataObject
) -> None:
    one = made(said, given_answers)
    shuffled = one.model_copy(
        update={
            name: tuple(data.draw(st.permutations(getattr(one, name)), label=name))
            for name in ("people", "respondents", "nominations", "answers")
        }
    )
    assert evaluated(shuffled) == evaluated(one)


@given(said=votes, given_answers=answers)
def test_in_a_portfolio_an_engagement_scores_what_it_scores_alone(
    said: Any, given_answers: Any
) -> None:
    one = read_engagement(RULES, made(said, given_answers))
    other = read_engagement(RULES, engagement())
    portfolio = encode(RULES, [other, one, other, one])
    together = aggregate(portfolio.layout, valued(portfolio))
    alone = evaluated(one.engagement).score
    for position in (1, 3):
        assert together.low[position] == alone.low
        assert together.high[position] == alone.high
        assert np.array_equal(
            together.point[position], np.array(alone.point, float), equal_nan=True
        )


@given(said=votes, given_answers=answers, out=st.sampled_from(FOCAL_POINTS))
def test_not_applicable_leaves_numerator_and_denominator(
    said: Any, given_answers: Any, out: str
) -> None:
    ruling = {"focal_point": out, "state": "not_applicable", "reason": "no such thing here"}
    ruled = evaluated(made(said, given_answers, decisions=[ruling]))
    elsewhere = {key: value for key, value in said.items() if key[1] != out}
    smaller = rules(
        areas=[
            {**area, "focal_points": [f for f in area["focal_points"] if f["key"] != out]}
            for area in RULES.model_dump(mode="json")["areas"]
        ]
    )
    without = evaluate(smaller, made(elsewhere, given_answers), AS_OF)
    assert ruled.score == without.score
    assert all(item.subject != out for item in ruled.items)


@given(said=votes)
def test_alpha_is_that_of_the_published_package_wherever_that_is_defined(said: Any) -> None:
    reading = read_engagement(RULES, made(said, dict.fromkeys(["q1"], WORKED_ANSWERS[0]["value"])))
    portfolio = encode(RULES, [reading])
    value, units, kinds = (found[0] for found in alphas(portfolio))
    table = np.full((len(VOICES), len(FOCAL_POINTS)), np.nan)
    names = sorted({cell.party for panel in reading.panels.values() for cell in panel.votes})
    for f, key in enumerate(FOCAL_POINTS):
        for cell in reading.panels[key].votes:
            table[VOICES.index(cell.respondent or ""), f] = names.index(cell.party)
    paired = table[:, np.count_nonzero(~np.isnan(table), axis=0) >= 2]
    defined = np.unique(paired[~np.isnan(paired)]).size > 1
    assert (units > 0 and kinds > 1) == defined
    assert np.isnan(value) != defined
    if defined:
        expected = krippendorff.alpha(reliability_data=paired, level_of_measurement="nominal")
        assert value == pytest.approx(expected, abs=1e-12)
