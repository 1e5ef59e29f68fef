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
        row, found = table.loc[one.engagement.key], evaluate(one.rules, one.engagement, AS_OF)
        scores = [found.score.low, found.score.point, found.score.high]
        assert row[["low", "point", "high"]].tolist() == scores
        assert (row["level_low"], row["status"]) == (found.level.low, found.score.status)


def test_findings_are_counted_by_engagements_and_times(examples, told):
    cohort = told.cohorts[0]
    own = [one for one in examples.members if one.engagement.key in cohort.table.index]
    kinds = [
        [finding.kind for finding in evaluate(one.rules, one.engagement, AS_OF).findings]
        for one in own
    ]
    for common in cohort.findings:
        assert common.engagements == sum(common.kind in found for found in kinds)
        assert common.times == sum(found.count(common.kind) for found in kinds)
        assert isinstance(common.severity, Severity)
    order = [(-one.engagements, -one.times) for one in cohort.findings]
    assert order == sorted(order)


def test_frameworks_overlays_and_sizes_are_never_ranked_together(told):
    groups = [(c.rules.key, c.profile, c.overlaid, len(c.table)) for c in told.cohorts]
    assert groups == [
        ("commerce-stakeholders", "large", False, 5),
        ("commerce-stakeholders", "small", False, 1),
        ("commerce-stakeholders", "large", True, 1),
        ("data-platform", "one_team", False, 1),
        ("data-platform", "several_teams", False, 1),
    ]
    assert [len(family.cohorts) for family in told.families] == [3, 2]
    assert sorted(told.cohorts[0].table["rank"]) == [1, 2, 3, 4, 5]


def test_frames_are_told_apart_by_size():
    sizes = [client(key, 1, organisation={"profile": key}) for key in ("large", "small")]
    framed = Framed(in_force(FRAMEWORK), frames(*sizes), "frames")
    assert [c.table.index.tolist() for c in assessed(framed=(framed,)).cohorts] == [
        ["large"],
        ["small"],
    ]


def scope(*systems):
    return {"systems": list(systems), "seats": ["ceo"]}


def alike(*engagements):
    table = assessed(*members(*engagements)).table()
    return table["alike_low"].to_dict()


def low(engagement):
    return evaluate(in_force(FRAMEWORK, engagement.overlay), engagement, AS_OF).score.low


def test_like_for_like_leaves_out_what_does_not_apply_to_all():
    wide, narrow = (
        client("wide", 6, scope=scope("oms", "erp")),
        client("core", 4, scope=scope("oms")),
    )
    cut = client("wide", 6, scope=scope("oms"))
    assert alike(wide, narrow) == pytest.approx({"wide": low(cut), "core": low(narrow)})
    assert low(cut) != low(wide)


def test_like_for_like_compares_sizes_on_the_criteria_of_both():
    """Of a small organisation *fitting* is not asked, and of none when the two are compared."""
    small = client("tiny", 4, organisation={"profile": "small"})
    large = client("huge", 4)
    found = alike(small, large)
    assert found["tiny"] == pytest.approx(low(small))
    assert found["huge"] != pytest.approx(low(large))


def test_like_for_like_takes_the_framework_s_own_weights():
    added = {"key": "own", "area": "technology", "kind": "system", "source": "x"}
    added["title"] = {"en": "Own", "fr": "Propre"}
    plain, heavy = client("acme", 3), client("bolt", 3, overlay=OVERLAY | {"focal_points": [added]})
    found = alike(plain, heavy)
    assert found["acme"] == found["bolt"] == pytest.approx(low(plain))
    assert low(heavy) != pytest.approx(low(plain))


def test_engagements_without_anything_in_common_are_not_compared():
    ruled = [
        {"focal_point": key, "state": "not_applicable", "reason": "x"}
        for key in in_force(FRAMEWORK).places()
    ]
    questions = [
        {"question": key, "state": "not_applicable", "reason": "x"}
        for key, (_, question) in in_force(FRAMEWORK).questions().items()
        if question.per is None
    ]
    nothing = client("none", decisions=ruled, answers=questions)
    assert np.isnan(alike(nothing, client("acme", 3))["acme"])


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
    small = best.engagement.organisation.model_copy(update={"profile": "small"})
    best = replace(best, engagement=best.engagement.model_copy(update={"organisation": small}))
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
    points = cohort.trends["acme"].points
    assert [(one.name, one.on.month) for one in points] == [
        ("kick-off", 9),
        ("workshop", 10),
        ("", 11),
    ]
    expected = [
        evaluate(in_force(FRAMEWORK), client("acme", n), AS_OF).score.low for n in (0, 2, 5)
    ]
    assert [one.low for one in points] == expected


def change(then, now):
    """(the change of the lower bound, the part that answers made) since a baseline."""
    past = (PastState("kick-off", dt.date(2026, 9, 1), then),)
    (cohort,) = assessed(*members(now, past=past)).cohorts
    history = cohort.trends[now.key]
    return history.points[-1].low - history.points[0].low, history.answers


def test_a_change_of_answers_alone_is_all_by_answers():
    whole, answers = change(client("acme", 1), client("acme", 5))
    assert answers == pytest.approx(whole)
    assert whole > 0


READY = [{"question": "ready_date", "subject": "erp", "value": "2028-06-01"}]
"""In time for a go-live in 2029, and too late for one in 2027."""


@pytest.mark.parametrize(
    "facts",
    [
        {"scope": scope("oms")},
        {"organisation": {"profile": "small"}},
        {"organisation": {"business_models": ["b2b"]}},
        {"programme": {"go_live": "2029-01-01"}},
    ],
    ids=["systems", "size", "business model", "go-live"],
)
def test_a_change_of_facts_alone_is_none_by_answers(facts):
    then, now = client("acme", 1, answers=READY, **facts), client("acme", 1, answers=READY)
    whole, answers = change(then, now)
    assert answers == pytest.approx(0)
    assert whole == pytest.approx(low(now) - low(then))


def test_answers_and_scope_together_are_told_apart():
    """One system more, without an owner, hides a part of what a decision gained."""
    then, now = client("acme", 3, scope=scope("erp")), client("acme", 4, scope=scope("erp", "oms"))
    whole, answers = change(then, now)
    assert answers == pytest.approx(low(client("acme", 4, scope=scope("erp"))) - low(then))
    assert whole < answers


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
    assert found["percentile_business_models"].tolist() == found["percentile"].tolist()
    assert found["percentile_sector"].isna().all()


def test_among_few_likes_there_is_no_percentile():
    rows = [(float(n), 50.0, "large", "x" if n < FEW else "y", "b2c") for n in range(1, 8)]
    found = add_percentiles(ranking(*rows))
    assert found["percentile"].notna().all()
    assert found["percentile_sector"].isna().all()


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
