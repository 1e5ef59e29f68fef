"""What a consultant's own notebook gets: the public names, and evaluations as data frames."""

from __future__ import annotations

import pytest

import workbook
from tests.small import AS_OF, engagement, says
from tests.unit.test_actions import RULES
from workbook.scoring import evaluate, results

CASES = [
    evaluate(RULES, engagement(key="worked"), AS_OF),
    evaluate(RULES, engagement(key="blank", nominations=[], answers=[], decisions=[]), AS_OF),
]


def test_the_public_names_are_these() -> None:
    assert sorted(workbook.__all__) == [
        "BadInput",
        "Workspace",
        "evaluate",
        "load_engagement",
        "load_framework",
        "printed",
        "results",
        "score_frames",
    ]
    for name in workbook.__all__:
        assert getattr(workbook, name) is not None
    with pytest.raises(AttributeError, match="no attribute"):
        workbook.score  # noqa: B018 - the access is the test


def test_scores_have_a_row_for_the_whole_and_for_each_area() -> None:
    table = results.scores(CASES).set_index(["engagement", "area"])
    assert list(table.loc["worked"].index) == ["", "x", "t"]
    assert table.loc[("worked", ""), "point"] == pytest.approx(65.2083333)
    assert table.loc[("blank", ""), ["low", "high"]].tolist() == [0, 100]
    assert table.loc[("blank", ""), "status"] == "not_scored"


def test_a_row_of_scores_says_whose_it_is_and_all_that_the_evaluation_says() -> None:
    first, area = results.scores(CASES).iloc[:2].to_dict("records")
    about = {"engagement": "worked", "framework": "small", "version": "1.0", "as_of": AS_OF}
    levels = {"level": "nearly_ready", "level_low": "at_risk", "level_high": "nearly_ready"}
    whole = {"area": "", "share": 1.0, "low": 53.75, "point": first["point"], "high": 71.25}
    assert first == {**about, **whole, "status": "scored", **levels}
    assert (area["area"], area["share"], area["level_low"]) == ("x", 0.5, "nearly_ready")


def test_what_is_not_scored_has_no_level_but_the_levels_that_it_may_have() -> None:
    blank = results.scores(CASES[1:]).iloc[0]
    assert not isinstance(blank["level"], str)
    assert (blank["level_low"], blank["level_high"]) == ("not_ready", "ready")


def test_parties_of_a_finding_are_joined_by_blanks() -> None:
    several = [f for case in CASES for f in case.findings if len(f.parties) > 1]
    joined = results.findings(CASES)["parties"]
    assert several
    assert {" ".join(finding.parties) for finding in several} <= set(joined)


def test_a_nomination_is_given_in_words_and_days_as_files_have_them() -> None:
    """Python's own values for states and days could not be written into most files."""
    given = says("r1", "f1", "ana", on="2026-02-01")
    (row,) = results.nominations([engagement(nominations=[given])]).to_dict("records")
    assert (row["engagement"], row["respondent"], row["focal_point"]) == ("worked", "r1", "f1")
    assert (row["state"], row["on"]) == ("answered", "2026-02-01")
    assert {type(row["state"]), type(row["on"])} == {str}


def test_items_sum_to_the_scores() -> None:
    table = results.items(CASES).groupby("engagement")[["share", "contribution"]].sum()
    assert table["share"].tolist() == pytest.approx([1, 1])
    assert table.loc["worked", "contribution"] == pytest.approx(65.2083333)


def test_findings_actions_and_nominations_are_rows() -> None:
    found = results.findings(CASES)
    assert set(found["engagement"]) == {"worked", "blank"}
    assert found["severity"].unique().tolist() == ["high"]
    best = results.actions(CASES).iloc[0]
    assert best["gain_low"] > 0
    given = results.nominations([engagement()])
    assert given.loc[given["focal_point"] == "f3", "party"].tolist() == ["cy", "nobody", "bo"]


def test_a_frame_without_rows_has_its_columns() -> None:
    for table in (results.scores, results.items, results.findings, results.actions):
        assert list(table([]).columns) == list(table(CASES).columns)
        assert len(table([])) == 0
    full = results.nominations([engagement()])
    assert list(results.nominations([]).columns) == list(full.columns)
