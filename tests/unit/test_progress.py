"""How much is answered, per area: what is marked to be discussed later is counted once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import engagement, framework_doc, question, rules, says
from workbook.model.evaluation import Progress
from workbook.scoring.encode import read_engagement
from workbook.scoring.progress import progress

LATER = {"discuss_later": True}
DECIDED = {"focal_point": "f1", "owner": "ana"}


def of_x(**changes: Any) -> Progress:
    """The progress of area x, in which these are the only answers."""
    whole = {"answers": [], "decisions": [], "nominations": [], **changes}
    return progress(read_engagement(rules(), engagement(**whole)))[0]


@pytest.mark.parametrize(
    ("changes", "later"),
    [
        ({"decisions": [DECIDED | LATER]}, 1),
        ({"decisions": [DECIDED]}, 0),
        ({"nominations": [says("r1", "f1", "ana", **LATER)]}, 1),
        ({"nominations": [says("r1", "f1", "ana")]}, 0),
        ({"nominations": [says(f"r{n}", "f1", "ana", **LATER) for n in (1, 2)]}, 1),
        ({"answers": [{"question": "q1", "value": "full", **LATER}]}, 1),
        ({"answers": [{"question": "q1", "value": "full"}]}, 0),
        ({"nominations": [says("r1", "f3", "ana", **LATER)]}, 0),  # of the other area
        ({"decisions": [DECIDED | LATER], "nominations": [says("r1", "f2", "eve", **LATER)]}, 2),
    ],
)
def test_only_what_is_marked_is_to_be_discussed_later(changes: Any, later: int) -> None:
    assert of_x(**changes).discuss_later == later


def test_subjects_are_counted_by_how_far_they_are() -> None:
    unsure = [says("r1", "f2")]
    found = of_x(decisions=[DECIDED], nominations=unsure)
    assert (found.answered, found.unknown, found.missing, found.not_applicable) == (1, 1, 1, 0)


def test_what_is_ruled_out_does_not_apply_and_what_the_team_does_not_know_is_unknown() -> None:
    ruled = {"state": "not_applicable", "reason": "not here"}
    found = of_x(
        decisions=[{"focal_point": "f1", **ruled}, {"focal_point": "f2", "state": "unknown"}],
        answers=[{"question": "q1", **ruled}],
    )
    assert (found.answered, found.unknown, found.missing, found.not_applicable) == (0, 1, 0, 2)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"value": "half"}, (1, 0, 2, 0)),
        ({"state": "unknown"}, (0, 1, 2, 0)),
        ({"state": "missing"}, (0, 0, 3, 0)),
        ({"state": "not_applicable", "reason": "not here"}, (0, 0, 2, 1)),
    ],
)
def test_a_question_counts_as_its_focal_points_do(answer: Any, expected: Any) -> None:
    found = of_x(answers=[{"question": "q1", **answer}])
    counts = (found.answered, found.unknown, found.missing, found.not_applicable)
    assert counts == expected


def test_a_text_is_asked_and_never_counted() -> None:
    areas = framework_doc()["areas"]
    areas[0]["questions"].append(question("why", kind="text", options=[]))
    for said in ([], [{"question": "why", "value": "because"}]):
        whole = engagement(answers=said, decisions=[], nominations=[])
        found = progress(read_engagement(rules(areas=areas), whole))[0]
        assert (found.answered, found.missing) == (0, 3)


def test_a_decision_that_only_defers_says_nothing_of_what_is_known() -> None:
    found = of_x(decisions=[{"focal_point": "f1", **LATER}])
    assert (found.answered, found.unknown, found.missing) == (0, 0, 3)


def test_a_question_that_does_not_arise_is_not_counted() -> None:
    areas = framework_doc()["areas"]
    areas[0]["questions"].append(question("why", parent={"question": "q1", "options": ["no"]}))
    for value, missing in (("no", 3), ("full", 2)):
        said = [{"question": "q1", "value": value}]
        whole = engagement(answers=said, decisions=[], nominations=[])
        found = progress(read_engagement(rules(areas=areas), whole))[0]
        assert (found.answered, found.missing) == (1, missing)
