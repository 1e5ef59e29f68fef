"""Exports of Microsoft Forms and Google Forms: who answered what, and nothing dropped unsaid."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.exchange.conftest import session
from workbook.cli.main import app
from workbook.exchange.answers.moments import day_comes_first, days_of, moment_of
from workbook.model.engagement import NOBODY, VACANT, State

FILES = Path(__file__).parent / "answers"
UNKNOWN = State.UNKNOWN
PROMOTIONS = {
    "google_en.csv": ["jo-martin", "jo-martin", "bo-li"],
    "google_fr.csv": ["jo-martin", "jo-martin"],
    "google_grid.csv": ["jo-martin", "jo-martin"],
    "google_quiz.csv": ["jo-martin", VACANT],
    "google_sheet_en.xlsx": ["jo-martin", "jo-martin"],
    "google_sheet_fr.csv": ["jo-martin", "jo-martin"],
    "google_sheet_gb.csv": ["jo-martin", "jo-martin", "bo-li"],
    "ms_en.csv": ["jo-martin", "jo-martin", UNKNOWN],
    "ms_en.xlsx": ["jo-martin", "jo-martin", "bo-li"],
    "ms_en_anonymous.csv": ["jo-martin", NOBODY, "bo-li"],
    "ms_en_drift.csv": ["jo-martin", "jo-martin"],
    "ms_en_duplicates.csv": ["jo-martin", "jo-martin"],
    "ms_en_older.csv": ["jo-martin", "jo-martin"],
    "ms_en_own_address.csv": ["jo-martin", "jo-martin"],
    "ms_en_quiz.csv": ["jo-martin", "jo-martin"],
    "ms_fr.csv": ["jo-martin", "jo-martin", UNKNOWN],
    "ms_fr.xlsx": ["jo-martin", "jo-martin"],
    "ms_fr_ca.csv": ["jo-martin", "jo-martin"],
    "ms_fr_quiz.csv": ["jo-martin", NOBODY],
    "ms_grid.csv": ["jo-martin", "jo-martin"],
    "ms_languages.csv": ["jo-martin", "jo-martin"],
}
"""Whom each reply of a file names for the promotions, as a person reads it."""
TWICE = ("google_grid.csv", "ms_fr.xlsx")
"""What the quick tests import twice: one of each maker and of each kind."""
UNASKED = {
    "google_grid.csv": ["Who owns what? [Office plants]"],
    "ms_en_drift.csv": ["Which tools do you use every day?"],
    "ms_en_own_address.csv": ["Anything else?"],
}


def said(focal_point="promotions"):
    """What respondents say of a focal point, in the order of the file."""
    nominations = [n for n in session().engagement.nominations if n.focal_point == focal_point]
    return [n.party if n.state is State.ANSWERED else n.state for n in nominations]


def answered(question):
    return [a.value or a.state for a in session().engagement.answers if a.question == question]


def write(folder, rows, name="form.csv"):
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return name


GOOGLE = ["Timestamp", "Email Address"]
LEA, JO = "lea.martin@acme.example", "jo.martin@acme.example"
NINE, TEN = "2026/10/08 9:04:06 AM UTC+2", "2026/10/08 10:04:06 AM UTC+2"
PROMO = "Who ultimately answers for promotions?"
IT = "Have IT contacts been involved from day one?"


def test_every_file_has_an_expectation():
    assert set(PROMOTIONS) == {path.name for path in FILES.iterdir()}
    assert len(PROMOTIONS) >= 20


@pytest.mark.parametrize("file", PROMOTIONS)
def test_an_export_is_read_without_a_mapping_by_hand(company, file):
    plan = company(FILES / file)
    assert plan["kind"] == "answers"
    assert sorted(map(str, said())) == sorted(map(str, PROMOTIONS[file]))
    assert plan["unused"] == [f"column {heading}" for heading in UNASKED.get(file, ())]


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, marks=() if file in TWICE else pytest.mark.slow) for file in PROMOTIONS],
)
def test_importing_it_again_changes_nothing_and_one_undo_takes_it_back(company, file):
    before = session().engagement
    assert company(FILES / file)["changes"] > 0
    assert company(FILES / file)["changes"] == 0
    work = session()
    work.undo()
    assert work.engagement == before


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("google_sheet_fr.csv", dt.date(2026, 4, 8)),
        ("google_sheet_gb.csv", dt.date(2026, 4, 8)),
        ("google_en.csv", dt.date(2026, 4, 8)),
        ("ms_en.csv", dt.date(2026, 7, 27)),
        ("ms_en.xlsx", dt.date(2026, 7, 27)),
        ("ms_en_anonymous.csv", dt.date(2026, 10, 1)),
        ("ms_fr.csv", dt.date(2026, 10, 6)),
        ("ms_fr.xlsx", dt.date(2026, 10, 6)),
    ],
)
def test_days_are_read_in_the_order_of_the_files_locale(company, file, day):
    company(FILES / file)
    assert min(nomination.on for nomination in session().engagement.nominations) == day


def test_the_later_of_two_replies_counts_and_it_is_said(company):
    plan = company(FILES / "ms_en_duplicates.csv")
    assert plan["questions"] == ["row 2: answered again in row 4", "row 4: answered again in row 5"]
    assert said() == ["jo-martin", "jo-martin"]


def test_an_older_file_does_not_replace_what_came_later(company, folder):
    company(write(folder, [[*GOOGLE, PROMO], [TEN.replace("08", "09"), LEA, "Jo Martin"]]))
    plan = company(write(folder, [[*GOOGLE, PROMO], [TEN, LEA, "Bo Li"]]))
    assert plan["changes"] == 0
    assert plan["questions"] == ["lea-martin/promotions stays as of 2026-10-09"]
    assert said() == ["jo-martin"]


def test_options_are_matched_whole_with_their_commas(company):
    company(FILES / "google_en.csv")
    assert answered("it_from_day_one") == ["day_one", "later"]
    company(FILES / "google_sheet_gb.csv")
    assert answered("raci_accepted") == ["drafted", "accepted"]


def test_a_reply_says_me_a_role_a_first_name_somebody_new(company, folder):
    rows = [[*GOOGLE, PROMO, "Who owns the ERP?", "Who owns the product assortment?"]]
    rows += [[TEN, LEA, "Bo", "me", "Kim Roe"], [NINE, JO, "The shop team", "CIO", "Kim Roe"]]
    plan = company(write(folder, rows))
    assert said("erp") == ["lea-martin", "lea-martin"]
    assert said() == ["bo-li", "the-shop-team"]
    assert said("product_assortment") == ["kim-roe", "kim-roe"]
    assert plan["questions"] == [
        "“Bo” was taken for Bo Li",
        "“Kim Roe” is new here: taken in as a person",
        "“The shop team” is new here: taken in as a team",
        "“CIO” was taken for Léa Martin",
    ]


def test_deputies_stand_beside_the_owner_of_their_row(company):
    company(FILES / "google_sheet_fr.csv")
    assert [n.deputy for n in session().engagement.nominations] == ["bo-li", "none"]


def test_a_deputy_without_an_owner_is_listed(company, folder):
    file = write(folder, [[*GOOGLE, PROMO, "Promotions: who stands in?"], [TEN, LEA, "", "Bo Li"]])
    (line,) = company(file)["unused"]
    assert line.endswith("“Bo Li”: a deputy without one owner in the same row")


def test_of_several_deputies_the_first_is_taken_and_not_knowing_is_none(company, folder):
    rows = [[*GOOGLE, PROMO, "Promotions: who stands in?"]]
    rows += [[TEN, LEA, "Jo Martin", "Bo Li, Léa Martin"], [NINE, JO, "Léa Martin", "Don’t know"]]
    (line,) = company(write(folder, rows))["unused"]
    assert line.endswith("“Bo Li, Léa Martin”: only the first deputy is taken")
    assert [n.deputy for n in session().engagement.nominations] == ["bo-li", None]


def test_what_is_mapped_to_nothing_is_left_out_and_listed(company, folder):
    rows = [[*GOOGLE, PROMO, IT], [TEN, LEA, "Somebody", "Perhaps"], [NINE, JO, "Bo Li", "Not yet"]]
    plan = company(write(folder, rows), "--map", "Somebody=", "--map", "Perhaps=")
    assert said() == ["bo-li"]
    assert answered("it_from_day_one") == ["no"]
    assert [line.rpartition(": ")[2] for line in plan["unused"]] == ["left out by --map"] * 2


def test_a_heading_that_was_cut_is_read_where_one_question_alone_begins_so(company, folder):
    rows = [[*GOOGLE, PROMO[:32], "Who ultimately answers for "], [TEN, LEA, "Jo Martin", "Bo Li"]]
    plan = company(write(folder, rows))
    assert said() == ["jo-martin"]
    assert plan["unused"] == ["column Who ultimately answers for"]


def test_of_two_columns_of_addresses_the_first_that_says_one_counts(company, folder):
    rows = [[*GOOGLE, "E-mail", PROMO], [TEN, LEA, JO, "me"]]
    company(write(folder, rows))
    assert said() == ["lea-martin"]


def test_every_bad_cell_is_named_by_its_row_and_nothing_is_recorded(company, folder):
    ready = "ERP: When will it be ready for the new platform?"
    rows = [[*GOOGLE, PROMO, IT, ready]]
    rows += [[NINE, LEA, "Jo Martin", "Not yet", "soon"], [TEN, JO, "Bo Li", "Perhaps", "1/2/2027"]]
    before = session().engagement
    refused = company(write(folder, rows))
    assert refused.exit_code == 2
    assert f"form.csv:2: {ready}: “soon” is no day" in refused.stderr
    assert f"form.csv:3: {IT}: “Perhaps” is no option" in refused.stderr
    assert session().engagement == before
    mended = company("form.csv", "--map", "Perhaps=later", "--map", f"{ready}=")
    assert mended["unused"] == [f"column {ready}"]
    assert answered("it_from_day_one") == ["no", "later"]


def test_what_came_in_is_a_document_that_passes_its_check(company, folder):
    rows = [[*GOOGLE, PROMO, IT], [TEN, LEA, "Does not apply", "I don’t know"]]
    company(write(folder, [*rows, [NINE, "", "vacant", "Does not apply"]]))
    assert said() == [State.NOT_APPLICABLE, VACANT]
    for words in (["export", "acme", "-o", "acme.yaml"], ["check", "acme.yaml"]):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, result.output


def test_me_of_somebody_without_a_name_is_refused(company, folder):
    refused = company(write(folder, [["Timestamp", PROMO], [TEN, "me"]]))
    assert refused.exit_code == 2
    assert "form.csv:2" in refused.stderr


def test_a_heading_nobody_recognises_can_be_mapped(company, folder):
    file = write(folder, [[*GOOGLE, "Promo boss"], [TEN, LEA, "Jo Martin"]])
    assert "no column is a question of this engagement" in company(file).stderr
    company(file, "--map", "Promo boss=promotions")
    assert said() == ["jo-martin"]


def test_a_sheet_that_states_a_false_size_is_read_whole(company, folder):
    """Microsoft Forms writes a dimension of one cell."""
    with (
        zipfile.ZipFile(FILES / "ms_en.xlsx") as book,
        zipfile.ZipFile(folder / "f.xlsx", "w") as f,
    ):
        for name in book.namelist():
            small = rb'<dimension ref="A1"'
            f.writestr(name, re.sub(rb'<dimension ref="[^"]+"', small, book.read(name)))
    company("f.xlsx")
    assert said() == ["jo-martin", "jo-martin", "bo-li"]


def questions(*words):
    result = CliRunner().invoke(app, ["forms", "acme", "--json", *words])
    return json.loads(result.stdout)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("provider", [GOOGLE, ["Horodateur", "Adresse e-mail"]])
def test_what_a_form_asks_comes_back_without_a_word_of_mapping(company, folder, language, provider):
    asked = questions("--lang", language, "--deputies")
    cells = {question["subject"]: reply(question) for question in asked}
    rows = [[*provider, *(question["text"] for question in asked)], [TEN, LEA, *cells.values()]]
    plan = company(write(folder, rows))
    assert plan["unused"] == []
    assert list(plan["mapping"].values()) == ["time", "email", *cells]
    engagement = session().engagement
    owners = {n.focal_point: (n.party, n.deputy) for n in engagement.nominations}
    focal_points = [s for s in cells if f"{s}/deputy" in cells]
    assert owners == dict.fromkeys(focal_points, ("jo-martin", "bo-li"))
    values = {"/".join(filter(None, (a.question, a.subject))): a.value for a in engagement.answers}
    assert set(values) == {s for s in cells if s not in owners and not s.endswith("/deputy")}
    assert values["it_from_day_one"] == "day_one"
    assert values["ready_date/erp"] == "2027-03-01"
    assert values["checkpoint_calendar"] == (dt.date(2027, 1, 15), dt.date(2027, 2, 12))


def reply(question):
    """A plausible answer to a question as it was printed."""
    subject = question["subject"]
    if question["options"]:
        return question["options"][-3]
    if subject.startswith("checkpoint_calendar"):
        return "2027-01-15, 2027-02-12"
    if subject.startswith("ready_date"):
        return "2027-03-01"
    return "Bo Li" if subject.endswith("/deputy") else "Jo Martin"


def test_the_form_prints_every_option_and_asks_in_the_language_of_the_engagement(folder):  # noqa: ARG001
    printed = CliRunner().invoke(app, ["forms", "acme", "--lang", "fr"]).stdout
    assert "Qui porte les promotions en dernier ressort\u00a0?" in printed
    assert "   ○ Pas encore\n" in printed
    assert "   ○ Je ne sais pas\n" in printed
    assert "suppléant" not in printed


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026/04/08 10:04:06 AM UTC+2", "2026-04-08T10:04:06"),
        ("2026/04/08 12:04:06 AM UTC+2", "2026-04-08T00:04:06"),
        ("08/04/2026 18:04:06", "2026-04-08T18:04:06"),
        ("8.4.26 18:04", "2026-04-08T18:04:00"),
        ("46120.5", "2026-04-08T12:00:00"),
        ("2026-04-08T18:04:06Z", "2026-04-08T18:04:06"),
        ("31/02/2026 18:04", None),
        ("08/04/2026 25:04", None),
        ("yesterday", None),
    ],
)
def test_a_time_is_read_as_it_is_written(text, moment):
    read = moment_of(text, day_first=True)
    assert (read and read.isoformat()) == moment


@pytest.mark.parametrize(
    ("texts", "day_first"),
    [
        (["7/27/26 19:06"], False),
        (["27/7/26 19:06"], True),
        (["1/2/2026", "2/2/2026", "3/2/2026", "1/3/2026"], True),
        (["2/1/2026", "2/2/2026", "2/3/2026", "3/1/2026"], False),
        (["2026-04-08"], True),
        ([], True),
    ],
)
def test_which_of_day_and_month_stands_first_is_told_by_the_whole_column(texts, day_first):
    assert day_comes_first(texts, usual=True) is day_first
    assert day_comes_first(["1/2/2026"], usual=False) is False


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2027-01-15 and 2027-02-12", 2),
        ("15/01/2027;12/02/2027;", 2),
        ("15/01/2027 or later", None),
    ],
)
def test_days_are_read_only_where_nothing_else_is_said(text, count):
    days = days_of(text, day_first=True)
    assert (None if days is None else len(days)) == count
