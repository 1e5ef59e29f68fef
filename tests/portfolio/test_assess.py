"""What is said of many engagements: each one's own score, ranks only among peers, what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.portfolio.clients import AS_OF, FRAMEWORK, client, frames
from workbook import resources
from workbook.model.framework import Severity
from workbook.model.rules import in_force
from workbook.portfolio import assess, gather
from workbook.portfolio.gathered import Framed, Gathered, Member, PastState
from workbook.portfolio.standing import FEW, add_percentiles, peers
from workbook.scoring import evaluate

OVERLAY = {"areas": {"executive_sponsor": {"weight": 2}}}


def members(*engagements, past=()):
    return tuple(
        Member(one, in_force(FRAMEWORK, one.overlay), f"{one.key}.yaml", past)
        for one in engagements
    )


def assessed(*found, framed=()):
    return assess(Gathered(found, framed, ()), AS_OF)


@pytest.fixture(scope="module")
def examples():
    return gather([str(resources.templates() / "engagements")])


@pytest.fixture(scope="module")
def told(examples):
    return assess(examples, AS_OF)


def test_every_row_is_the_evaluation_of_its_engagement(examples, told):
    table = told.table()
    assert set(table.index) == {one.engagement.key for one in examples.members}
    for one in examples.members:
        row, found = table.loc[one.engagement.key], evaluate(one.framework, one.engagement, AS_OF)
        scores = [found.score.low, found.score.point, found.score.high]
        assert row[["low", "point", "high"]].tolist() == scores
        assert (row["level_low"], row["status"]) == (found.level.low, found.score.status)


def test_findings_are_counted_by_engagements_and_times(examples, told):
    cohort = told.cohorts[0]
    own = [one for one in examples.members if one.engagement.key in cohort.table.index]
    kinds = [
        [finding.kind for finding in evaluate(one.framework, one.engagement, AS_OF).findings]
        for one in own
    ]
    for common in cohort.findings:
        assert common.engagements == sum(common.kind in found for found in kinds)
        assert common.times == sum(found.count(common.kind) for found in kinds)
        assert isinstance(common.severity, Severity)
    order = [(-one.engagements, -one.times) for one in cohort.findings]
    assert order == sorted(order)


def test_frameworks_and_overlays_are_never_ranked_together(told):
    groups = [(c.framework.key, c.overlaid, len(c.table)) for c in told.cohorts]
    assert groups == [
        ("commerce-stakeholders", False, 6),
        ("data-platform", False, 2),
        ("commerce-stakeholders", True, 1),
    ]
    assert sorted(told.cohorts[1].table["rank"]) == [1, 2]


def test_engagements_with_the_same_changes_are_compared():
    same = [client(key, owned, overlay=OVERLAY) for key, owned in (("acme", 1), ("bolt", 3))]
    (cohort,) = assessed(*members(*same)).cohorts
    assert (cohort.overlaid, cohort.table.index.tolist()) == (True, ["bolt", "acme"])


def test_documents_and_frames_of_one_framework_are_ranked_together():
    framed = Framed(in_force(FRAMEWORK), frames(client("bolt", 4), client("core")), "frames")
    (cohort,) = assessed(*members(client("acme", 2)), framed=(framed,)).cohorts
    assert cohort.table["rank"].to_dict() == {"bolt": 1, "acme": 2, "core": 3}
    assert cohort.heard == 1


def test_a_gate_that_holds_the_level_holds_the_rank(examples):
    """Northgate's score stays the best, but nobody says any more when IT was involved."""
    best, other = (
        next(one for one in examples.members if one.engagement.key == key)
        for key in ("northgate-home", "atelier-belval")
    )
    answers = tuple(a for a in best.engagement.answers if a.question != "it_from_day_one")
    held = replace(best, engagement=best.engagement.model_copy(update={"answers": answers}))
    table = assessed(held, other).table()
    assert table["low"].idxmax() == "northgate-home"
    assert table.loc["northgate-home", "gates_held"] == 1
    assert table["rank"].to_dict() == {"atelier-belval": 1, "northgate-home": 2}


def test_anonymous_engagements_give_no_findings_and_no_agreement():
    open_, hidden = client("acme"), client("bolt", anonymous=True)
    (cohort,) = assessed(*members(open_, hidden)).cohorts
    assert cohort.heard == 1
    assert {one.engagements for one in cohort.findings} == {1}
    assert np.isnan(cohort.table.loc["bolt", "alpha"])


def test_a_trend_runs_over_baselines_to_now():
    past = tuple(
        PastState(name, dt.date(2026, month, 1), client("acme", owned))
        for name, month, owned in (("kick-off", 9, 0), ("workshop", 10, 2))
    )
    (cohort,) = assessed(*members(client("acme", 5), past=past)).cohorts
    points = cohort.trends["acme"]
    assert [(one.name, one.on.month) for one in points] == [
        ("kick-off", 9),
        ("workshop", 10),
        ("", 11),
    ]
    expected = [
        evaluate(in_force(FRAMEWORK), client("acme", n), AS_OF).score.low for n in (0, 2, 5)
    ]
    assert [one.low for one in points] == expected


@pytest.mark.parametrize(
    ("then", "on", "apart"),
    [
        (client("acme", overlay=OVERLAY), dt.date(2026, 9, 1), 1),
        (client("acme"), dt.date(2026, 12, 24), 0),
    ],
    ids=["measured otherwise", "after the day"],
)
def test_what_cannot_be_compared_is_in_no_trend(then, on, apart):
    (cohort,) = assessed(*members(client("acme", 2), past=(PastState("x", on, then),))).cohorts
    assert (dict(cohort.trends), cohort.apart) == ({}, apart)


def ranking(*rows):
    columns = ("rank", "low", "profile", "sector", "business_models")
    return pd.DataFrame(rows, columns=list(columns), index=[f"e{n}" for n in range(len(rows))])


def test_a_percentile_is_the_share_of_the_others_that_one_ranks_above():
    rows = [(rank, 100.0 - rank, "large", "", "b2c") for rank in (1, 2, 2, 4, 5)]
    found = add_percentiles(ranking(*rows))
    assert found["percentile"].tolist() == [100.0, 62.5, 62.5, 25.0, 0.0]
    assert found["percentile_profile"].tolist() == found["percentile"].tolist()
    assert found["percentile_sector"].isna().all()


def test_among_few_likes_there_is_no_percentile():
    rows = [(float(n), 50.0, "large" if n < FEW else "small", "x", "b2c") for n in range(1, 8)]
    found = add_percentiles(ranking(*rows))
    assert found["percentile"].notna().all()
    assert found["percentile_profile"].isna().all()


def test_business_models_in_common_make_peers():
    models = ("b2c", "b2c b2b", "b2c", "b2b", "b2c", "b2c", "d2c")
    rows = [(float(n), 50.0, "large", "x", model) for n, model in enumerate(models, 1)]
    found = add_percentiles(ranking(*rows))["percentile_business_models"]
    assert found.iloc[0] == 100.0
    assert found.iloc[1] == pytest.approx(80.0)
    assert np.isnan(found.iloc[3])
    assert np.isnan(found.iloc[6])


def test_likes_are_told_with_their_spread_and_quarters_where_there_are_enough():
    rows = [(float(n), 10.0 * n, "large", "x", "b2c b2b") for n in range(1, 6)]
    found = peers(ranking(*rows, (6.0, 5.0, "small", "", "b2c")), "business_models")
    assert [(one.value, one.count) for one in found] == [("b2c", 6), ("b2b", 5)]
    assert (found[1].lowest, found[1].quartiles, found[1].highest) == (10, (20, 30, 40), 50)
    assert peers(ranking(*rows[:3]), "profile")[0].quartiles is None
    assert [one.value for one in peers(ranking(*rows, rows[0]), "sector")] == ["x"]


def test_the_same_sources_and_seed_give_the_same_table(examples, told):
    again = assess(examples, AS_OF)
    pd.testing.assert_frame_equal(again.table(), told.table())
    turned = replace(examples, members=examples.members[::-1])
    pd.testing.assert_frame_equal(assess(turned, AS_OF).table(), told.table())
