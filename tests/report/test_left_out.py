"""What a report leaves out where it would say nothing, or something that is not so."""

from __future__ import annotations

import pytest

from tests.report.examples import EXAMPLES, report_of
from workbook import report
from workbook.fragments.heat import HeatMap
from workbook.fragments.timeline import Timeline
from workbook.report.value import Actions, Prose, Terms, TextTable

SMALL, LARGE = "lantern-games", "tidewater-outdoor"
REGULATED, MATRIX, MERGER = "mutuelle-ponant", "borealis-parts", "groupe-kervadec"


def block(name, section, kind, lang="en"):
    return next(b for b in report_of(name, lang).section(section).blocks if isinstance(b, kind))


def test_a_criterion_that_the_size_rules_out_has_no_column():
    assert "Fitting" in block(LARGE, "heat", HeatMap).columns
    small = block(SMALL, "heat", HeatMap)
    assert "Fitting" not in small.columns
    rows = [row for group in small.groups for row in group.rows]
    assert {len(row.cells) for row in rows} == {len(small.columns)}


def test_sources_have_a_column_of_addresses_only_if_there_are_any():
    assert block(LARGE, "method", TextTable).columns == ("Source", "Address")
    assert block(SMALL, "method", TextTable).columns == ("Source",)


@pytest.mark.parametrize(
    ("name", "calendar"),
    [(SMALL, ""), (REGULATED, "reviews of access"), (LARGE, "checkpoints")],
)
def test_a_calendar_is_drawn_where_it_is_asked_for_and_by_its_own_name(name, calendar):
    drawn = block(name, "timeline", Timeline)
    assert drawn.calendar == calendar
    assert ("checkpoint" in report.html(report_of(name, "en"))) == (calendar == "checkpoints")


def test_an_area_agrees_as_far_as_the_rows_below_show():
    assert "Agreement" not in block(MATRIX, "heat", HeatMap).columns  # a matrix is one voice
    for group in block(MERGER, "heat", HeatMap).groups:
        whole, *shown = [row.cells[-1].value for row in group.rows if row.cells[-1].applies]
        assert whole == pytest.approx(sum(shown) / len(shown))


@pytest.mark.parametrize(("name", "told"), [(SMALL, False), (MATRIX, False), (LARGE, True)])
def test_agreement_beyond_chance_stands_in_the_appendix_where_it_says_something(name, told):
    shown = report_of(name, "en")
    assert any(isinstance(b, Terms) for b in shown.section("appendix").blocks) == told
    assert not any(isinstance(b, Terms) for b in shown.section("agreement").blocks)


def test_doubts_are_explained_where_somebody_had_one():
    spoken = {
        name: any(isinstance(b, Prose) for b in report_of(name, "en").section("method").blocks)
        for name in ("northgate-home", MERGER)
    }
    assert spoken == {"northgate-home": False, MERGER: True}


def test_a_sponsor_is_not_asked_whether_the_sponsor_fits():
    """In the merger the title of the sponsor is unusual: the C-suite has to confirm it."""
    steps = [line.title for line in block(MERGER, "actions", Actions).lines]
    decisions = block(MERGER, "actions", TextTable)
    confirming = "Confirm, with a reason, that the owner of the investment decision fits"
    assert confirming in steps
    assert decisions.columns[0] == "For Maud Leroux to decide"
    assert confirming not in [row[0] for row in decisions.rows]


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_deputy_says_itself(name):
    assert "deputy: no deputy" not in report.html(report_of(name, "en"))


@pytest.mark.parametrize(
    ("lang", "remark"), [("en", "“Quand Yann passe.”"), ("fr", "«\xa0Quand Yann passe.\xa0»")]
)
def test_what_is_quoted_already_is_quoted_once_in_the_marks_of_the_reader(lang, remark):
    assert f"({'20 Nov' if lang == 'en' else '20 nov.'}, {remark})" in report.html(
        report_of(MERGER, lang)
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_finding_names_its_subject_twice(name):
    (findings,) = report_of(name, "en").section("findings").blocks
    rows = [row for card in findings.cards for row in card.rows]
    assert [row for row in rows if row[1].startswith(f"{row[0]}:")] == []
