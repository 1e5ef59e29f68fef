"""A ranking means something where it holds whatever the weights; these tests say when it must."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import AS_OF, engagement, framework_doc, person, rules
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring import evaluate
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.judgements import (
    Means,
    certain_levels,
    means,
    own_weights,
    scored,
    starts_of,
)
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.robustness import (
    LEAST,
    Robustness,
    correlations,
    robustness,
    robustness_table,
)
from workbook.scoring.sensitivity import indices, sensitivity
from workbook.scoring.tables import score_portfolio

OWN_WEIGHTS: dict[str, float] = {
    "named": 25,
    "clear": 20,
    "fitting": 10,
    "backed_up": 5,
    "committed": 40,
}


def bounded(least: float, most: float) -> Rules:
    """Two areas with weights of their own, which may be so many times what they are."""

    def bounds(weights: dict[str, float]) -> dict[str, tuple[float, float]]:
        return {key: (weight * least, weight * most) for key, weight in weights.items()}

    x, t = (area | {"weight_bounds": (least, most)} for area in framework_doc()["areas"])
    t |= {"weights": OWN_WEIGHTS, "bounds": bounds(OWN_WEIGHTS)}
    return rules(areas=[x, t], bounds=bounds(framework_doc()["weights"]))


RULES = bounded(0.5, 1.5)
PEOPLE = [person("ana", "boss"), person("bo", "boss"), person("eve", "other", inside=False)]
NOTHING: dict[str, Any] = {"nominations": [], "answers": [], "decisions": []}
WIDE = bounded(0.0, 2.0)
CERTAIN = bounded(1.0, 1.0)


def decided(key: str, owned: str, answers: str, **facts: str) -> Engagement:
    """An engagement with these focal points decided, and these answers to q1 and q2."""
    owner = {"owner": "ana", "deputy": "bo", **facts}
    decisions = [{"focal_point": focal_point, **owner} for focal_point in owned.split()]
    said = [
        {"question": question, "value": value}
        for question, value in zip(("q1", "q2"), answers.split(), strict=True)
    ]
    return engagement(key=key, people=PEOPLE, **NOTHING | {"decisions": decisions, "answers": said})


BEST = decided("best", "f1 f2 f3", "full full")
GOOD = decided("good", "f1 f2 f3", "half full")
PEOPLED = decided("peopled", "f1 f2 f3", "no full")
COMMITTED = decided("committed", "f1 f3", "full full")
EMPTY = engagement(key="empty", **NOTHING)
ALL = [BEST, GOOD, PEOPLED, COMMITTED, EMPTY]


def portfolio(engagements: list[Engagement] = ALL, framework: Rules = RULES) -> Portfolio:
    return encode(framework, [read_engagement(framework, one) for one in engagements])


def row(found: Robustness, key: str) -> dict[str, float]:
    told = robustness_table(found, RULES).loc[key]
    return {str(name): float(value) for name, value in told.items()}


def test_under_the_frameworks_own_weights_a_score_is_the_evaluations() -> None:
    for measure in ("low", "point"):
        known = means(portfolio(), measure)  # type: ignore[arg-type]
        found = scored(known, own_weights(RULES))[:, 0]
        expected = [getattr(evaluate(RULES, one, AS_OF).score, measure) for one in ALL]
        assert found == pytest.approx(np.array(expected, float), abs=1e-9, nan_ok=True)


def test_without_uncertainty_ranks_are_the_tables_and_certain() -> None:
    found = robustness(portfolio(framework=CERTAIN), seed=1, samples=50)
    table = score_portfolio(portfolio())
    place = [level.key for level in RULES.levels]
    best = sorted(
        table.index, key=lambda k: (place.index(table.level_low[k]), table.low[k]), reverse=True
    )
    assert [best.index(key) + 1 for key in found.keys] == found.rank.tolist()
    assert found.rank_low.tolist() == found.rank.tolist() == found.rank_high.tolist()
    assert set(found.levels.ravel()) == {0.0, 1.0}
    assert (found.correlation, found.firm, found.verdict) == (1.0, 4, "firm")


@pytest.mark.parametrize(("score", "level"), [(39.99, 0), (40 - 1e-12, 1), (40.0, 1), (40.01, 1)])
def test_a_score_that_reaches_the_start_of_a_level_but_for_rounding_is_in_it(
    score: float, level: int
) -> None:
    best = Means(np.zeros((1, 5, 1)), np.array([3]), starts_of(RULES))
    assert certain_levels(best, np.array([[score]])).tolist() == [[level]]


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_whoever_is_worse_in_everything_always_ranks_below(seed: int) -> None:
    worse = decided("worse", "f1 f2 f3", "half full", deputy="none")
    found = robustness(portfolio([worse, BEST, GOOD]), seed=seed, samples=100)
    assert found.rank.tolist() == found.rank_low.tolist() == found.rank_high.tolist() == [3, 1, 2]
    assert found.above[1:].tolist() == [1.0, 1.0]


def test_what_hangs_on_the_weights_alone_changes_places() -> None:
    found = robustness(portfolio([PEOPLED, COMMITTED], WIDE), seed=1)
    assert row(found, "peopled")["rank"] == 1
    assert (row(found, "peopled")["rank_low"], row(found, "peopled")["rank_high"]) == (1, 2)
    assert 0.5 < row(found, "peopled")["above_next"] < 0.9
    assert (found.firm, found.verdict) == (0, "open")


def test_a_level_near_its_edge_is_only_probable() -> None:
    """`peopled` is at 80 in x and at 100 in t: it is ready where t weighs a quarter of both."""
    areas = [area | {"weight_bounds": (0.2, 1.8)} for area in framework_doc()["areas"]]
    weights = framework_doc()["weights"]
    fixed = rules(areas=areas, bounds={key: (weight, weight) for key, weight in weights.items()})
    found = robustness(portfolio([PEOPLED], fixed), seed=1)
    assert row(found, "peopled")["p_ready"] == pytest.approx((1.8 - 0.5) / 1.6, abs=0.005)


def test_every_pair_says_how_often_one_leads() -> None:
    """x weighs 0.2 to 1.8 of 2, evenly; `low` is at 0 there and at 100 in t, `full` reversed."""
    areas = [area | {"weight_bounds": (0.2, 1.8)} for area in framework_doc()["areas"]]
    weights = framework_doc()["weights"]
    fixed = rules(areas=areas, gates=[], bounds={k: (w, w) for k, w in weights.items()})
    only_t, only_x = decided("only_t", "f3", "no full"), decided("only_x", "f1 f2", "full no")
    twin = only_x.model_copy(update={"key": "twin"})
    found = robustness(portfolio([only_t, only_x, twin], fixed), seed=1)
    assert found.leads is not None
    assert found.leads[1, 2] == found.leads[2, 1] == 0.5
    assert found.leads[0, 1] == pytest.approx(0.5, abs=0.005)
    assert found.leads + found.leads.T == pytest.approx(np.where(np.eye(3), np.nan, 1), nan_ok=True)
    assert found.above[1] == 0.5


def test_equals_have_the_mean_of_the_ranks_that_they_share() -> None:
    """1 2 2 4 against 1 2 3 4 is 1 2½ 2½ 4 against it: Spearman's is 9½ by 4½·5, rooted."""
    base = np.array([1, 2, 2, 4], dtype=np.int32)
    ranks = np.array([[1, 1, 1], [2, 2, 1], [2, 3, 1], [4, 4, 1]], dtype=np.int32)
    expected = [1.0, 4.5 / np.sqrt(4.5 * 5.0), 0.0]
    assert correlations(base, ranks) == pytest.approx(expected)
    assert correlations(np.ones(4, dtype=np.int32), ranks)[2] == 1.0


def test_a_gate_holds_the_level_under_any_weights() -> None:
    held = decided("held", "f1 f2 f3", "full half")
    found = robustness(portfolio([held]), seed=1)
    assert row(found, "held")["p_at_risk"] == 1.0


def test_equals_share_a_rank_and_neither_is_above() -> None:
    twin = GOOD.model_copy(update={"key": "twin"})
    found = robustness(portfolio([GOOD, BEST, twin]), seed=1)
    assert found.rank.tolist() == [2, 1, 2]
    assert row(found, "good")["above_next"] == 0.5


def test_what_nothing_applies_to_has_no_rank() -> None:
    rulings = [
        {"focal_point": key, "state": "not_applicable", "reason": "x"} for key in ("f1", "f2", "f3")
    ]
    ruled = [{"question": q, "state": "not_applicable", "reason": "x"} for q in ("q1", "q2")]
    nothing = engagement(key="nothing", **NOTHING | {"decisions": rulings, "answers": ruled})
    found = robustness(portfolio([nothing, GOOD]), seed=1)
    assert np.isnan(row(found, "nothing")["rank"])
    assert row(found, "good")["rank"] == 1
    assert (found.pairs, found.verdict) == (0, "alone")
    none = robustness(portfolio([nothing, nothing.model_copy(update={"key": "nor"})]), seed=1)
    assert (none.ranked, none.pairs, none.verdict) == (0, 0, "alone")
    assert none.correlation == 1.0


def test_the_order_of_the_engagements_is_free() -> None:
    one = robustness_table(robustness(portfolio(), seed=7), RULES)
    other = robustness_table(robustness(portfolio(ALL[::-1]), seed=7), RULES)
    assert other.loc[one.index].equals(one)


def test_a_seed_gives_the_same_draws_again_and_another_seed_others() -> None:
    close = portfolio([PEOPLED, COMMITTED], WIDE)
    tables = [robustness_table(robustness(close, seed=seed), RULES) for seed in (3, 3, 4)]
    assert tables[0].equals(tables[1])
    assert not tables[0].equals(tables[2])


def test_many_engagements_are_drawn_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.scoring.robustness.MOST", 600)
    assert robustness(portfolio(), seed=1).samples == 120
    monkeypatch.setattr("workbook.scoring.robustness.MOST", 6)
    assert robustness(portfolio(), seed=1).samples == LEAST


def test_the_indices_of_a_linear_function_are_the_analytic_ones() -> None:
    """Var(Σ a·x) = Σ a²·w²/12 for x even over a width w, so that an index is a²w² / Σ a²w²."""
    slopes, widths = np.array([1.0, 2.0, 3.0, 0.0, 5.0]), np.array([2.0, 1.0, 2.0, 4.0, 0.0])
    bounds = [(0.0, float(width)) for width in widths]
    found = indices(lambda inputs: inputs @ slopes, bounds, 1024, seed=1)
    expected = (slopes * widths) ** 2 / ((slopes * widths) ** 2).sum()
    assert [first for first, *_ in found] == pytest.approx(expected, abs=0.02)
    assert [total for _, total, *_ in found] == pytest.approx(expected, abs=0.02)


def test_what_cannot_vary_takes_no_runs() -> None:
    runs: list[int] = []

    def function(inputs: np.ndarray) -> np.ndarray:
        runs.append(len(inputs))
        return np.asarray(inputs.sum(axis=1))

    found = indices(function, [(0.0, 1.0), (2.0, 2.0), (0.0, 3.0)], 64, seed=1)
    assert found[1] == (0.0,) * 4
    assert sum(runs) == 64 * (2 + 2)  # two columns vary


@pytest.mark.parametrize("middle", [PEOPLED, COMMITTED])
def test_of_too_many_engagements_the_first_and_the_last_by_rank_are_taken(
    middle: Engagement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one between them is as good as one of them: with it alone, no rank would ever move."""
    twin = middle.model_copy(update={"key": f"{middle.key}-twin"})
    ends = sensitivity(portfolio([PEOPLED, COMMITTED], WIDE), "ranks", seed=1)
    assert ends[0].total > 0.5
    monkeypatch.setattr("workbook.scoring.sensitivity.MOST", 2)
    assert sensitivity(portfolio([COMMITTED, twin, PEOPLED], WIDE), "ranks", seed=1) == ends


def test_a_result_that_never_moves_hangs_on_nothing() -> None:
    assert indices(lambda inputs: np.ones(len(inputs)), [(0.0, 1.0)], 8, 1) == [(0.0,) * 4]
    assert indices(lambda inputs: np.ones(len(inputs)), [(1.0, 1.0)], 8, 1) == [(0.0,) * 4]


@pytest.mark.parametrize("of", ["peopled", "ranks"])
def test_a_score_hangs_on_the_weight_of_what_is_missing(of: str) -> None:
    """`peopled` lacks commitment in area x, and `committed` half of everything else there."""
    found = sensitivity(portfolio([PEOPLED, COMMITTED], WIDE), of, seed=1)
    assert found[0].judgement.name == "criterion/committed/x"
    assert found[0].total == max(one.total for one in found)
    assert all(-0.05 <= one.first <= one.total + 0.1 for one in found)


def test_the_mean_hangs_on_what_the_mean_of_the_engagements_hangs_on() -> None:
    """One engagement's mean is its score, computed along the other way."""
    alone = portfolio([PEOPLED])
    assert sensitivity(alone, "mean", seed=1) == sensitivity(alone, "peopled", seed=1)
