"""How firm a level is: the share of all admissible weightings under which it stands."""

from __future__ import annotations

import numpy as np
import pytest

from tests.small import AS_OF, engagement, framework_doc, rules
from tests.unit.test_robustness import decided
from workbook.i18n import voice
from workbook.model.evaluation import Evaluation
from workbook.model.framework import Framework
from workbook.model.rules import Rules, in_force
from workbook.scoring import evaluate
from workbook.scoring.firmness import Firmness, firmness
from workbook.wording.firmness import firmness_text
from workbook.wording.names import Vocabulary

HALF_A_POINT = 0.005
OWN = {"named": 30, "clear": 25, "fitting": 10, "backed_up": 15, "committed": 20}
FIXED = {criterion: [weight, weight] for criterion, weight in OWN.items()}
WIDE = {criterion: [0, 3 * weight] for criterion, weight in OWN.items()}

CASES: list[tuple[str, str, dict[str, str]]] = [
    ("f1 f2 f3", "no full", {}),
    ("f1 f2 f3", "half full", {"deputy": "none"}),
    ("f1 f2", "no full", {}),
    ("f1 f2", "half full", {"owner": "eve", "deputy": "none"}),
    ("f1 f2 f3", "no full", {"owner": "eve", "deputy": "none"}),
    ("f2", "full full", {"owner": "nobody", "deputy": "none"}),
    ("f1 f2", "no no", {"deputy": "none"}),
]


def bounded(criteria: dict[str, list[int]], *areas: list[float], **facts: object) -> Rules:
    """The small framework with these bounds of criteria and of the areas x and t."""
    written = zip(framework_doc()["areas"], areas or [[1, 1]] * 2, strict=True)
    return rules(
        bounds=criteria,
        areas=[area | {"weight_bounds": bounds} for area, bounds in written],
        **facts,
    )


def apart() -> Rules:
    """Only the criteria of x move; t has fixed weights of its own."""
    x, t = (area | {"weight_bounds": [1, 1]} for area in framework_doc()["areas"])
    return rules(areas=[x, t | {"weights": OWN, "bounds": FIXED}], bounds=WIDE)


def apart_without_a_gate() -> Rules:
    """The same, in which no answer caps a level."""
    return in_force(apart().framework.model_copy(update={"gates": ()}))


def shared(**of_x: object) -> Rules:
    """Only the criteria move, which x and t share."""
    x, t = (area | {"weight_bounds": [1, 1]} for area in framework_doc()["areas"])
    return rules(areas=[x | of_x, t], bounds=WIDE)


def evaluated(framework: Rules, owned: str, answers: str, **facts: str) -> Evaluation:
    return evaluate(framework, decided("acme", owned, answers, **facts), AS_OF)


def found(framework: Rules, owned: str, answers: str, **facts: str) -> Firmness:
    firm = firmness(framework, evaluated(framework, owned, answers, **facts))
    assert firm is not None
    return firm


def test_between_two_areas_the_share_is_a_length() -> None:
    """x is at 80 and t at 100: the whole reaches 85 where t weighs at least a quarter of both."""
    framework = bounded(FIXED, [0.8, 1.8], [0.2, 1.2])
    evaluation = evaluated(framework, "f1 f2 f3", "no full")
    assert [area.score.point for area in evaluation.areas] == pytest.approx([80, 100])
    firm = found(framework, "f1 f2 f3", "no full")
    assert firm.share == pytest.approx((1.2 - 0.5) / (1.2 - 0.2))
    assert (firm.level, firm.rival, firm.certain) == ("ready", "nearly_ready", False)


@pytest.mark.parametrize(("owned", "answers", "facts"), CASES)
def test_what_is_drawn_is_what_is_computed_to_half_a_point(
    owned: str, answers: str, facts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    framework = apart()
    exact = found(framework, owned, answers, **facts)
    monkeypatch.setattr("workbook.scoring.firmness._exact", lambda *_: None)
    drawn = found(framework, owned, answers, **facts)
    assert drawn.share == pytest.approx(exact.share, abs=HALF_A_POINT)
    assert (drawn.level, drawn.certain) == (exact.level, exact.certain)


@pytest.mark.parametrize(
    ("framework", "owned", "answers", "facts"),
    [
        *((apart(), *case) for case in CASES),
        # Both areas have an owner, and so a score of every criterion.
        *((shared(), *case) for case in CASES if case[0] == "f1 f2 f3"),
    ],
)
def test_a_share_of_one_group_of_weights_rests_on_no_draw(
    framework: Rules, owned: str, answers: str, facts: dict[str, str]
) -> None:
    evaluation = evaluated(framework, owned, answers, **facts)
    once = firmness(framework, evaluation, samples=1)
    assert once == firmness(framework, evaluation, samples=1, seed=2)
    assert once is not None
    drawn = _drawn(framework, evaluation)
    assert (once.level, once.share) == (drawn.level, pytest.approx(drawn.share, abs=HALF_A_POINT))


EMPTY: dict[str, object] = {"focal_points": [], "questions": []}


def one_empty() -> Rules:
    """Areas that share their weights, in one of which nothing is asked."""
    x, t = (area | {"weight_bounds": [1, 1]} for area in framework_doc()["areas"])
    return rules(areas=[x | EMPTY, t], bounds=WIDE, gates=[])


def three() -> Rules:
    """Two areas whose weights move, and one in which nothing is asked, which weighs as much."""
    x, t = (area | {"weight_bounds": [0.2, 1.8]} for area in framework_doc()["areas"])
    third = x | EMPTY | {"key": "e", "weight_bounds": [1, 1]}
    return rules(areas=[x, t, third], bounds=FIXED, gates=[])


def without_questions() -> Rules:
    """Both areas share their weights, and neither has anything committed."""
    alike = [area | {"questions": [], "weight_bounds": [1, 1]} for area in framework_doc()["areas"]]
    return rules(areas=alike, bounds=WIDE, gates=[])


def in_parts_of_one() -> Rules:
    """As `three`, in weights that add up to 1 rather than 100."""
    written = three().framework.model_dump()
    parts = {criterion: weight / 100 for criterion, weight in OWN.items()}
    bounds = {criterion: (weight, weight) for criterion, weight in parts.items()}
    return in_force(Framework.model_validate(written | {"weights": parts, "bounds": bounds}))


@pytest.mark.parametrize(
    ("framework", "answers", "facts"),
    [
        (shared(), "no full", {}),
        (one_empty(), "no half", {"deputy": "none"}),
        (three(), "no half", {}),
        (in_parts_of_one(), "no half", {}),
        (without_questions(), "no half", {"owner": "eve", "deputy": "none"}),
    ],
    ids=[
        "no criterion is lacking",
        "an area is empty",
        "weights of areas",
        "in parts",
        "none asks",
    ],
)
def test_what_one_group_of_weights_decides_needs_no_draw(
    framework: Rules, answers: str, facts: dict[str, str]
) -> None:
    """One draw could only say all or nothing."""
    evaluation = evaluated(framework, "f1 f2 f3", answers, **facts)
    firm = firmness(framework, evaluation, samples=1)
    assert firm is not None
    assert 0 < firm.share < 1
    assert len(firm.shares) == len(framework.levels)
    assert sum(firm.shares) == pytest.approx(1)
    assert firm.shares == pytest.approx(_drawn(framework, evaluation).shares, abs=HALF_A_POINT)


def test_a_gate_that_caps_leaves_the_levels_above_it_to_no_weighting() -> None:
    firm = found(apart(), "f1 f2 f3", "no no", owner="eve", deputy="none")
    assert 0 < firm.shares[0] < firm.shares[1]
    assert firm.shares[2:] == (0, 0)
    free = found(apart_without_a_gate(), "f1 f2 f3", "no no", owner="eve", deputy="none")
    assert free.shares[0] == firm.shares[0]
    assert free.shares[2] > 0


def test_of_two_gates_that_cap_the_lower_one_counts() -> None:
    gates = [
        {**framework_doc()["gates"][0], "key": key, "cap": cap}
        for key, cap in (("low", "at_risk"), ("high", "nearly_ready"))
    ]
    for both in (gates, gates[::-1]):
        assert found(bounded(WIDE, gates=both), "f1 f2 f3", "full half").level == "at_risk"


def test_a_gate_that_nobody_answered_caps_nothing() -> None:
    framework = apart()
    one = decided("acme", "f1 f2 f3", "no full")
    silent = one.model_copy(update={"answers": one.answers[:1]})
    firm = firmness(framework, evaluate(framework, silent, AS_OF))
    assert firm is not None
    assert firm.shares[3] > 0


def test_where_there_are_too_many_corners_to_try_nothing_is_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    framework, all_done = rules(bounds=WIDE), ("f1 f2 f3", "full full")
    assert found(framework, *all_done).certain
    monkeypatch.setattr("workbook.scoring.firmness.CORNERS", 1)
    firm = found(framework, *all_done)
    assert (firm.share, firm.certain) == (1.0, False)


def _drawn(framework: Rules, evaluation: Evaluation) -> Firmness:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbook.scoring.firmness._exact", lambda *_: None)
        firm = firmness(framework, evaluation)
    assert firm is not None
    return firm


@pytest.mark.parametrize(
    "framework",
    [
        shared(questions=[]),
        rules(bounds=WIDE),
        bounded(FIXED | {"named": [0, 90]}, [0.1, 9], [0, 3]),
    ],
    ids=["areas that lack different criteria", "several groups", "two groups of two"],
)
def test_elsewhere_a_share_is_drawn(framework: Rules) -> None:
    """A plane cuts off a level only where all weights that move are those of one group."""
    for owned, answers, facts in CASES:
        evaluation = evaluated(framework, owned, answers, **facts)
        assert firmness(framework, evaluation) == _drawn(framework, evaluation)


def test_an_area_without_a_score_counts_nothing() -> None:
    """x has no focal point in scope and no question: the whole is what t is, in both ways."""
    empty = shared(questions=[], focal_points=[])
    only = rules(areas=[framework_doc()["areas"][1] | {"weight_bounds": [1, 1]}], bounds=WIDE)
    for owned, answers in (("f3", "no half"), ("f3", "no full"), ("", "no half")):
        assert found(empty, owned, answers) == found(only, owned, answers)


def test_the_cases_that_compare_drawn_and_computed_are_not_all_certain() -> None:
    shares = [found(apart(), owned, answers, **facts).share for owned, answers, facts in CASES]
    assert sum(0.05 < share < 0.95 for share in shares) >= 3


def test_where_no_weight_may_move_a_level_is_certain() -> None:
    firm = found(bounded(FIXED), "f1 f2 f3", "no full")
    assert firm == Firmness("ready", 1.0, None, certain=True, shares=(0.0, 0.0, 0.0, 1.0))


def test_a_gate_holds_the_level_for_every_weighting() -> None:
    firm = found(bounded(WIDE, [0.1, 9], [0.1, 9]), "f1 f2 f3", "full half")
    assert (firm.level, firm.certain) == ("at_risk", True)


def test_all_draws_together_prove_nothing_that_a_corner_disproves() -> None:
    """Only where t weighs next to nothing the level falls: no draw comes so close."""
    framework = bounded(FIXED, [1, 1.9999], [0.2500001, 1])
    ends = bounded(FIXED, [1, 1.8], [0.2, 1])
    assert found(framework, "f1 f2 f3", "no full").certain is False
    assert found(ends, "f1 f2 f3", "no full").share < 1


def test_the_level_is_that_of_the_evaluation() -> None:
    framework = rules()
    for owned, answers in (("f1 f2 f3", "no full"), ("f1", "half half"), ("f1 f3", "full full")):
        evaluation = evaluated(framework, owned, answers)
        assert evaluation.level is not None
        assert found(framework, owned, answers).level == evaluation.level.level


def test_without_a_point_nothing_is_firm() -> None:
    empty = engagement(nominations=[], answers=[], decisions=[])
    assert firmness(rules(), evaluate(rules(), empty, AS_OF)) is None


def test_another_seed_draws_other_weightings() -> None:
    evaluation = evaluated(rules(), "f1 f2 f3", "no full")
    shares = [firmness(rules(), evaluation, samples=999, seed=seed) for seed in (1, 1, 2)]
    assert shares[0] == shares[1] != shares[2]


@pytest.mark.parametrize(
    ("share", "rival", "certain", "english", "french"),
    [
        (0.93, None, False, "for 93% of admissible weightings.", "pour 93 % des pondérations"),
        (
            0.7,
            "at_risk",
            False,
            "“ready” holds for 70% of admissible weightings; for",
            "ce serait « at_risk »",
        ),
        (0.9999, None, False, "for more than 99% of", "pour plus de 99 % des"),
        (0.0001, None, False, "for less than 1% of", "pour moins de 1 % des"),
        (1.0, None, False, "for more than 99% of", "pour plus de 99 % des"),
        (
            1.0,
            None,
            True,
            "for every admissible weighting.",
            "pour toutes les pondérations admissibles",
        ),
    ],
)
def test_only_what_is_proved_is_said_of_every_weighting(
    share: float, rival: str | None, *, certain: bool, english: str, french: str
) -> None:
    firm = Firmness("ready", share, rival, certain, shares=())
    texts = [firmness_text(Vocabulary(rules(), voice(lang)), firm) for lang in ("en", "fr")]
    plain = [text.replace("\u202f", " ").replace("\u00a0", " ") for text in texts]
    assert english in plain[0]
    assert french in plain[1]
    assert np.all(["{" not in text for text in plain])
