"""The page: in both languages, asking for nothing, usable with thousands of engagements."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.portfolio.clients import AS_OF, client, frames
from tests.portfolio.test_assess import FRAMEWORK, OVERLAY, members
from workbook import resources
from workbook.content import load_engagement
from workbook.errors import BadInput, Problem
from workbook.model.rules import in_force
from workbook.portfolio import assess, build, gather, links, page
from workbook.portfolio.gathered import Framed, Gathered, PastState, RefusedSource
from workbook.portfolio.plain import plain
from workbook.portfolio.ranking import ENDS, WHOLE
from workbook.portfolio.view import show

EXAMPLES = str(resources.templates() / "engagements")


@pytest.fixture(scope="module")
def told():
    return assess(gather([EXAMPLES]), AS_OF)


@pytest.fixture(scope="module")
def many():
    """More engagements than a page shows, alike but for how many topics are decided."""
    made = [client(f"c{n:03}", n % 7) for n in range(WHOLE + 20)]
    framed = Framed(in_force(FRAMEWORK), frames(*made), "frames")
    return assess(Gathered((), (framed,), ()), AS_OF)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_page_asks_for_nothing_from_elsewhere(told, lang):
    written = page(build(told, lang))
    assert f'<html lang="{lang}"' in written
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', written)
    assert not re.findall(r"url\((?!data:|#)", written)
    assert "<script" not in written


def test_every_engagement_is_on_the_page_with_its_rank_and_level(told):
    text = plain(build(told, "en"))
    for cohort in told.cohorts:
        for key, row in cohort.table.iterrows():
            level = cohort.rules.level(row["level_low"]).title["en"]
            rank = f"{row['rank']:.0f}. " if len(cohort.table) > 1 else ""
            assert re.search(rf"^{rank}{re.escape(row['name'])}: .*{level}", text, re.MULTILINE), (
                key
            )


def test_the_conclusion_comes_first_and_says_whether_the_order_means_anything(told):
    english, french = build(told, "en"), build(told, "fr")
    assert english.headline.startswith("One of seven engagements is certain to be “Ready”")
    assert french.headline.startswith("Une mission sur sept a le niveau")
    assert english.summary.startswith("The order holds: in nine of ten trials")
    assert french.summary.startswith("L’ordre tient")


def test_what_a_judgement_does_alone_is_never_told_as_more_than_with_others(told):
    """Both are estimated; an error in them is no reason to tell what cannot be."""
    family = told.families[0]
    (first, *_) = family.cohorts[0].drivers
    noisy = replace(family.cohorts[0], drivers=(replace(first, first=first.total + 0.02),))
    one = replace(family, cohorts=(noisy,))
    (comparison,) = build(replace(told, families=(one,)), "en").comparisons
    (driver,) = comparison.drivers
    assert driver.alone == driver.together == pytest.approx(first.total)


def test_names_of_people_s_organisations_are_never_markup():
    evil = '<img src=x onerror=alert(1)>"'
    made = client("acme", organisation={"name": evil, "sector": "<b>"})
    found = assess(Gathered(members(made, client("bolt", 3)), (), ()), AS_OF)
    written = page(build(found, "en", lambda key: f"reports/{key}.html"))
    assert "<img" not in written
    assert "<b>&lt;" not in written
    assert evil in unescape(written)


@pytest.mark.slow
def test_with_many_engagements_only_the_ends_are_shown(many):
    (comparison,) = build(many, "en").comparisons
    assert [len(one.entries) for one in comparison.rankings] == [ENDS, ENDS]
    assert len(comparison.ranks) == ENDS
    assert "portfolio.csv" in comparison.rankings_note
    table = many.cohorts[0].table
    assert comparison.rankings[0].entries[0].who.name == table["name"].iloc[0]
    assert comparison.rankings[1].entries[-1].who.name == table["name"].iloc[-1]
    assert sum(one.count for one in comparison.bins) == len(table)


def test_what_was_not_read_is_told_with_how_to_mend_it(told):
    problem = Problem("“huge” will not do", "use one of: large, small", "frame engagements")
    refused = tuple(RefusedSource(f"frames: c{n}", (problem,)) for n in range(60))
    report = build(replace(told, refused=refused), "en")
    assert len(report.refused) == 50
    assert "60" in report.refused_note
    assert report.refused[0].problems == (
        ("frame engagements: “huge” will not do", "use one of: large, small"),
    )
    assert "→ use one of: large, small" in page(report)


def test_one_engagement_has_no_order():
    alone = assess(Gathered(members(client("acme")), (), ()), AS_OF)
    report = build(alone, "en")
    assert report.headline == "One engagement, and none to compare it with"
    assert report.comparisons[0].verdict == "Only one engagement: no ranking."
    assert report.comparisons[0].ranks == ()


@pytest.mark.slow
def test_frames_say_that_they_hold_no_findings(many):
    (comparison,) = build(many, "en").comparisons
    assert comparison.findings == ()
    assert comparison.findings_note.startswith("Findings need documents")


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ("", {"acme": "", "bolt": ""}),
        ("reports", {"acme": "../reports/acme.fr.html", "bolt": "../reports/bolt.en.html"}),
        ("reports/{key}.html", {"acme": "../reports/acme.html"}),
        ("https://x.example/{lang}/{key}", {"acme": "https://x.example/fr/acme"}),
        ("https://x.example/{key}", {"a b/<": "https://x.example/a%20b%2F%3C"}),
    ],
)
def test_a_report_is_linked_where_it_is(tmp_path, monkeypatch, reports, expected):
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    for name in ("acme.en.html", "acme.fr.html", "bolt.en.html", "core.json"):
        Path("reports", name).touch()
    link = links(reports, Path("out"), "fr")
    assert {key: link(key) for key in expected} == expected
    if reports == "reports":
        assert link("core") == link("dune") == ""


def test_a_folder_of_reports_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(BadInput, match="no such folder"):
        links(str(tmp_path / "none"), tmp_path, "en")


@pytest.mark.slow
def test_a_notebook_shows_the_examples_and_a_stable_text():
    view = show(as_of=AS_OF.isoformat())
    data, told = view._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}
    assert data["text/plain"] == repr(show(as_of=AS_OF.isoformat()))
    assert told["workbook"]["title"] == "Portfolio"
    with pytest.raises(BadInput, match="not a date"):
        show(as_of="soon")


def about(*engagements):
    return build(assess(Gathered(members(*engagements), (), ()), AS_OF), "en")


def test_two_engagements_are_both_or_neither():
    report = about(client("acme", 1), client("bolt", 3))
    assert report.headline.startswith("Neither of the two engagements is certain to be “Ready”")
    assert report.comparisons[0].verdict.startswith("The order of the two holds in nine of ten")


@pytest.mark.parametrize(
    ("count", "headline"),
    [(2, "Both engagements are certain"), (3, "All three engagements are certain")],
)
def test_where_all_are_ready_nobody_is_told_to_be_behind(count, headline):
    ready = load_engagement(f"{EXAMPLES}/northgate-home.yaml").engagement
    report = about(*(ready.model_copy(update={"key": f"e{n}"}) for n in range(count)))
    assert report.headline == f"{headline} to be “Ready”"


def test_a_page_of_refusals_alone_says_that_nothing_was_read():
    refused = RefusedSource("clients/acme.yaml", (Problem("is empty", "write one"),))
    assessed = assess(Gathered((), (), (refused,)), AS_OF)
    report = build(assessed, "en")
    assert report.headline == "Nothing could be read"
    assert "clients/acme.yaml: is empty" in plain(report)
    assert "clients/acme.yaml" in page(report)
    assert assessed.table().empty


def test_engagements_to_which_nothing_applies_have_no_median_and_no_likes():
    rules = in_force(FRAMEWORK)
    ruling = {"state": "not_applicable", "reason": "x"}
    ruled = {
        "decisions": [{"focal_point": key, **ruling} for key in rules.places()],
        "answers": [{"question": key, **ruling} for key in rules.questions()],
        "nominations": [],
        "respondents": [],
    }
    other = {"organisation": {"profile": "small"}}
    report = about(client("acme", **ruled), client("bolt", **ruled, **other))
    assert "–" in [figure.value for figure in report.figures]
    (alike,) = report.alike
    assert alike.basis == "Nothing applies to all of them, so nothing compares them like for like."
    assert "not applicable here" in plain(report)


def test_a_baseline_that_was_measured_otherwise_is_left_out_and_said():
    past = PastState("then", dt.date(2026, 9, 1), client("acme", overlay=OVERLAY))
    told = assess(Gathered(members(client("acme", 2), past=(past,)), (), ()), AS_OF)
    (comparison,) = build(told, "en").comparisons
    assert comparison.trends == ()
    assert "1 baseline is left out: it was measured" in comparison.trends_note


def test_whoever_is_anonymous_is_not_counted_among_findings_and_said_so():
    report = about(*(client(key) for key in ("acme", "bolt")), client("core", anonymous=True))
    note = report.comparisons[0].findings_note
    assert note.startswith("1 engagement is not counted here: anonymous")


def test_equals_share_a_rank_and_nothing_is_said_of_their_order():
    report = about(client("acme", 2), client("bolt", 2))
    (comparison,) = report.comparisons
    assert comparison.verdict == "The two share one rank."
    assert [entry.rank for entry in comparison.rankings[0].entries] == ["1", "1"]
    assert [name.partition(".")[0] for name in comparison.leads.names] == ["1", "1"]
    assert comparison.extremes == ()
    three = about(client("acme", 2), client("bolt", 2), client("core", 5)).comparisons[0]
    assert three.verdict.startswith("The order holds")
    assert three.verdict.endswith("1 of 1 neighbouring pairs. One neighbouring pair shares a rank.")


def test_two_groups_of_one_have_no_ranking_and_one_table_like_for_like():
    report = about(client("acme", 4), client("bolt", 4, organisation={"profile": "small"}))
    assert report.summary.startswith("No two engagements were measured alike: there is no ranking.")
    assert [part.rankings[0].entries[0].rank for part in report.comparisons] == ["–", "–"]
    (alike,) = report.alike
    assert [line.group for line in alike.lines] == ["Large organisation", "Small organisation"]
    assert alike.basis.startswith("Like for like: the score over the ")
    assert 'id="alike1"' in page(report)


def test_one_group_needs_no_table_like_for_like():
    assert about(client("acme", 4), client("bolt", 2)).alike == ()


def test_every_pair_of_the_first_says_how_often_the_better_one_leads(told):
    leads = build(told, "en").comparisons[0].leads
    assert len(leads.names) == 5
    assert len(leads.shares) == 4  # the last leads nobody, and nobody leads the first
    for number, shares in enumerate(leads.shares):
        assert [bool(share) for share in shares] == [number < other for other in range(1, 5)]


def test_parts_of_a_change_add_up_as_they_are_printed():
    past = (PastState("kick-off", dt.date(2026, 9, 1), client("acme", 1, scope={"systems": []})),)
    found = assess(Gathered(members(client("acme", 5), past=past), (), ()), AS_OF)
    (trend,) = build(found, "en").comparisons[0].trends
    change, answers, scope = (
        int(text.replace("\N{MINUS SIGN}", "-"))
        for text in (trend.change, trend.answers, trend.scope)
    )
    assert change == answers + scope
    assert 0 < answers < change
