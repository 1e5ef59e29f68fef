"""What a consultant's own notebook gets: the public names, and evaluations as data frames."""

from __future__ import annotations

import pytest

import workbook
from tests.small import AS_OF, engagement
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
