"""A framework in force: the engagement's overlay applied once, field by field."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from tests.small import AS_OF, engagement, framework
from workbook.model.engagement import Overlay, ThresholdChanges
from workbook.model.evaluation import Evaluation, GateState, Status
from workbook.model.framework import Criterion, Framework, Thresholds
from workbook.model.rules import AdaptationKind, Rules, in_force
from workbook.scoring import evaluate, layout

OWN = {"named": 1, "clear": 2, "fitting": 3, "backed_up": 4, "committed": 5}
GENERAL = {"named": 1, "clear": 1, "fitting": 1, "backed_up": 1, "committed": 1}
EXTRA = {"key": "f9", "area": "x", "title": {"en": "f9", "fr": "f9"}, "source": "s"}


def overlay(**changes: Any) -> Overlay:
    return Overlay.model_validate(changes)


def written(**changes: Any) -> Framework:
    """The small framework; area t has weights of its own."""
    data = framework(**changes).model_dump(mode="json")
    data["areas"][1]["weights"] = OWN
    return Framework.model_validate(data)


def weights(rules: Rules, area: str) -> list[float]:
    return [rules.weights_of(rules.area(area))[one] for one in Criterion]


def evaluated(**changes: Any) -> Evaluation:
    one = engagement(overlay=changes)
    return evaluate(in_force(framework(), one.overlay), one, AS_OF)


def test_a_threshold_that_the_overlay_does_not_name_keeps_the_frameworks_value() -> None:
    strict = framework(thresholds={"stale_days": 30, "small_group": 7})
    rules = in_force(strict, overlay(thresholds={"small_group": 6}))
    assert (rules.thresholds.stale_days, rules.thresholds.small_group) == (30, 6)


def test_a_threshold_set_to_its_usual_value_is_a_change_and_survives_being_written() -> None:
    usual = Thresholds().stale_days
    strict = framework(thresholds={"stale_days": 30})
    said = overlay(thresholds={"stale_days": usual}).model_dump(mode="json", exclude_defaults=True)
    assert in_force(strict, overlay(**said)).thresholds.stale_days == usual


def test_an_overlay_can_change_every_threshold_there_is() -> None:
    assert ThresholdChanges.model_fields.keys() == Thresholds.model_fields.keys()


def test_general_weights_leave_an_area_the_weights_of_its_own() -> None:
    rules = in_force(written(), overlay(weights=GENERAL))
    assert weights(rules, "x") == [1, 1, 1, 1, 1]
    assert weights(rules, "t") == [1, 2, 3, 4, 5]


def test_weights_for_a_named_area_replace_its_own() -> None:
    rules = in_force(written(), overlay(weights=OWN, areas={"t": {"weights": GENERAL}}))
    assert weights(rules, "t") == [1, 1, 1, 1, 1]


def test_a_subject_stands_once_even_if_the_overlay_adds_what_is_there() -> None:
    again = {**EXTRA, "key": "f1"}
    rules = in_force(framework(), overlay(focal_points=[EXTRA, again, EXTRA]))
    assert [f.key for f in rules.area("x").focal_points] == ["f1", "f2", "f9"]


def test_a_gate_goes_with_the_subject_that_it_tests() -> None:
    assert in_force(framework(), overlay(off=["q2"])).gates == ()


def test_a_gate_on_a_focal_point_stays_as_long_as_the_focal_point_does() -> None:
    (gate,) = framework().gates
    on_point = gate.model_copy(update={"question": None, "focal_point": "f3"})
    tested = framework().model_copy(update={"gates": (on_point,)})
    assert in_force(tested, overlay(off=["q2"])).gates == (on_point,)
    assert in_force(tested, overlay(off=["f3"])).gates == ()


def test_a_focal_point_of_the_engagement_stands_in_its_own_area_only() -> None:
    rules = in_force(framework(), overlay(focal_points=[EXTRA]))
    assert [f.key for f in rules.area("t").focal_points] == ["f3"]


def test_weights_that_an_overlay_changes_have_the_usual_bounds_and_others_keep_theirs() -> None:
    narrow = {Criterion.NAMED: (29, 31)}
    first, second = framework().areas
    bounded = framework().model_copy(
        update={
            "bounds": narrow,
            "areas": (
                first.model_copy(update={"weight_bounds": (1, 2), "bounds": narrow}),
                second.model_copy(update={"weight_bounds": (1, 3), "bounds": narrow}),
            ),
        }
    )
    general = in_force(bounded, overlay(weights=GENERAL))
    assert (general.bounds, general.area("x").bounds) == ({}, narrow)
    own = in_force(bounded, overlay(areas={"x": {"weights": OWN, "weight": 5}}))
    assert own.bounds == narrow
    assert [(area.weight_bounds, area.bounds) for area in own.areas] == [
        (None, {}),
        ((1, 3), narrow),
    ]


def test_rules_with_other_content_are_made_only_by_putting_a_framework_in_force() -> None:
    with pytest.raises(TypeError, match="in_force"):
        in_force(framework()).model_copy(update={"areas": ()})


def test_a_copy_of_rules_is_the_same_rules_and_shares_what_they_hold() -> None:
    rules = in_force(framework(), overlay(off=["q2"]))
    copy = rules.model_copy()
    assert copy == rules
    assert all(one is other for one, other in zip(copy.areas, rules.areas, strict=True))


def test_what_is_in_force_is_not_a_framework_that_could_be_overlaid_again() -> None:
    assert get_type_hints(in_force)["framework"] is Framework
    assert not issubclass(Rules, Framework)


def test_equal_rules_have_one_digest_and_others_another() -> None:
    rules = in_force(framework(), overlay(off=["q2"]))
    assert rules.digest == in_force(framework(), overlay(off=["q2"])).digest
    others = [
        in_force(framework()),
        in_force(framework(), overlay(off=["q1"])),
        in_force(framework(version="2"), overlay(off=["q2"])),
    ]
    assert len({rules.digest, *(one.digest for one in others)}) == 4


def test_a_copy_of_a_framework_has_indexes_and_a_digest_of_its_own() -> None:
    first = framework()
    assert "f1" in first.places()
    copy = first.model_copy(update={"areas": first.areas[1:]})
    assert (set(copy.places()), copy.digest == first.digest) == ({"f3"}, False)


def test_the_layout_is_built_once_for_an_overlay(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Rules] = []
    build = layout._build
    monkeypatch.setattr(layout, "_build", lambda rules: built.append(rules) or build(rules))
    one = engagement(overlay={"areas": {"t": {"weight": 7.25}}})
    for _ in range(15):
        evaluate(in_force(framework(), one.overlay), one, AS_OF)
    assert len(built) == 1


def test_what_an_overlay_changes_is_known_by_code_and_value() -> None:
    changes = in_force(
        written(),
        overlay(
            weights=GENERAL,
            thresholds={"stale_days": 90, "small_group": Thresholds().small_group},
            areas={"x": {"weight": 2}, "t": {"weight": 1}},
            focal_points=[EXTRA],
            off=["f1", "q2"],
        ),
    ).adaptations
    assert [(one.kind, one.subject) for one in changes] == [
        (AdaptationKind.CRITERIA, None),
        (AdaptationKind.AREA_WEIGHT, "x"),
        (AdaptationKind.THRESHOLD, "stale_days"),
        (AdaptationKind.ADDED, "f9"),
        (AdaptationKind.SWITCHED_OFF, "f1"),
        (AdaptationKind.SWITCHED_OFF, "q2"),
    ]
    assert [(one.before, one.after) for one in changes[1:3]] == [(1, 2), (180, 90)]
    assert in_force(written()).adaptations == ()


def test_weights_of_an_area_replace_its_own_or_where_it_has_none_the_general_ones() -> None:
    document = written()
    changes = in_force(
        document, overlay(areas={"x": {"weights": GENERAL}, "t": {"weights": GENERAL}})
    ).adaptations
    assert [(one.subject, one.before) for one in changes] == [
        ("x", document.weights),
        ("t", document.area("t").weights),
    ]


def test_an_area_that_weighs_nothing_is_shown_with_its_own_score_and_its_gates_hold() -> None:
    whole, weightless = evaluated(), evaluated(areas={"t": {"weight": 0}})
    area = weightless.areas[1]
    assert (area.score, area.share) == (whole.areas[1].score, 0)
    assert weightless.score == weightless.areas[0].score
    gate = next(one for one in weightless.gates if one.area == "t")
    assert (gate.state, weightless.level.low) == (GateState.UNDETERMINED, "at_risk")


@pytest.mark.parametrize(
    "off",
    [
        {"off": ["f1", "f2", "f3", "q1", "q2"]},
        {"areas": {"x": {"off": True}, "t": {"off": True}}},
    ],
    ids=["every subject", "every area"],
)
def test_an_engagement_with_nothing_in_scope_has_no_score_and_says_so(off: Any) -> None:
    assert evaluated(**off).score.status is Status.NOT_APPLICABLE


def test_questions_alone_are_scored_where_every_focal_point_is_off() -> None:
    found = evaluated(off=["f1", "f2", "f3"])
    assert {item.subject for item in found.items} == {"q1", "q2"}


def test_an_area_with_nothing_in_scope_is_not_applicable() -> None:
    assert evaluated(off=["f3", "q2"]).areas[1].score.status is Status.NOT_APPLICABLE
