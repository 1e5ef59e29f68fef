"""Where the items of a framework stand: in an order of their own, built once for equal rules."""

from __future__ import annotations

from tests.small import area, focal_point, question, rules, text
from workbook.scoring.layout import layout_of

SYSTEMS = [focal_point(key, kind="system", scope="systems") for key in ("pim", "erp", "oms")]
QUESTIONS = [
    question("ready", kind="date", options=[], per="systems"),
    question("cadence"),
    question("remarks", kind="text", options=[]),
]
RULES = rules(areas=[area("x", SYSTEMS, QUESTIONS)], gates=[])


def test_questions_stand_by_their_keys_and_one_for_many_systems_by_theirs() -> None:
    """A text is read by people and has no place among what is scored."""
    assert sorted(layout_of(RULES).question_index.items(), key=lambda pair: pair[1]) == [
        (("cadence", None), 0),
        (("ready", "erp"), 1),
        (("ready", "oms"), 2),
        (("ready", "pim"), 3),
    ]


def test_a_layout_is_built_once_for_equal_rules_and_anew_for_others() -> None:
    again = rules(areas=[area("x", SYSTEMS, QUESTIONS)], gates=[])
    other = rules(areas=[area("x", SYSTEMS, QUESTIONS)], gates=[], title=text("Other"))
    assert layout_of(again) is layout_of(RULES)
    assert layout_of(other) is not layout_of(RULES)


def test_a_criterion_without_weight_has_no_group() -> None:
    weights = {"named": 40, "clear": 35, "fitting": 0, "backed_up": 25, "committed": 0}
    light = rules(areas=[area("x", SYSTEMS, QUESTIONS)], gates=[], weights=weights)
    assert {group.criterion for group in layout_of(light).groups} == {0, 1, 3}
    assert {group.criterion for group in layout_of(RULES).groups} == {0, 1, 2, 3, 4}
