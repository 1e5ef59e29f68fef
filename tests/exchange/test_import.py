"""A client's files into an engagement: shown first, all or nothing, and nothing dropped unsaid."""

from __future__ import annotations

import csv
import datetime as dt

import openpyxl
import pytest
from typer.testing import CliRunner

from tests.exchange.conftest import session
from workbook.cli.main import app
from workbook.store import Change
from workbook.workspace import Workspace

DAY = dt.date(2026, 11, 23)


def test_a_directory_gives_the_people_and_lists_all_that_is_not_used(take):
    plan = take("directory.csv")
    assert plan["kind"] == "people"
    assert plan["mapping"]["jobTitle"] == "title"
    people = {person.id: person for person in session().engagement.people}
    assert set(people) == {"lea-martin", "jo-martin", "bo-li", "max-ott"}
    assert people["max-ott"].inside is False
    assert people["bo-li"].email == "bo.li@acme.example"
    assert plan["unused"] == [
        "column userPrincipalName",
        "column surname",
        "column givenName",
        "column id",
        "Eve Roy · Head of Merchandising: has left and is not known here",
    ]


@pytest.mark.parametrize("file", ["directory.csv", "applications.csv", "raci.csv"])
def test_a_second_import_changes_nothing_and_one_undo_takes_the_first_back(take, file):
    before = session().engagement
    assert take(file)["changes"] > 1
    after = session().engagement
    assert after != before
    assert take(file)["changes"] == 0
    work = session()
    work.undo()
    assert work.engagement == before


def test_a_dry_run_shows_the_same_and_records_nothing(take):
    shown = take("directory.csv", "--dry-run")
    assert (shown["changes"], shown["recorded"]) == (4, False)
    assert session().engagement.people == ()
    assert take("directory.csv") == {**shown, "recorded": True}


def test_an_inventory_gives_scope_and_claims_that_do_not_count(take):
    take("directory.csv")
    scored = session().evaluate(DAY)
    plan = take("applications.csv", "--map", "Akeneo PIM=")
    assert plan["kind"] == "systems"
    assert "Payroll: no system of the framework bears this name" in plan["unused"]
    claims = {decision.focal_point: decision for decision in session().engagement.decisions}
    assert claims["erp"].note == (
        "applications.csv, business owner Bo Li, IT owner Léa Martin, criticality 1 - most critical"
    )
    assert claims["erp"].owner is None
    assert claims["erp"].discuss_later
    work = session()
    only_scope = {d.focal_point for d in work.engagement.decisions}
    assert only_scope <= {"erp", "pim"}
    erp_alone = work.engagement.model_copy(
        update={
            "scope": scored_scope(work),
            "decisions": tuple(d for d in work.engagement.decisions if d.focal_point == "erp"),
        }
    )
    again = work.evaluator.evaluate(work.rules, erp_alone, DAY)
    assert (again.score, again.level) == (scored.score, scored.level)


def scored_scope(work):
    """The scope as it was before the inventory came."""
    return work.at(4 + sum(1 for e in work.history() if e.kind.value == "created")).scope


def test_a_decision_that_is_there_keeps_its_owner(take):
    take("directory.csv")
    session().record(Change(("decision", "erp"), {"owner": "lea-martin"}))
    plan = take("applications.csv")
    assert [line for line in plan["questions"] if line.startswith("erp has a decision already")]
    (erp,) = [d for d in session().engagement.decisions if d.focal_point == "erp"]
    assert (erp.owner, erp.note) == ("lea-martin", None)


def test_a_matrix_becomes_the_proposals_of_its_file(take):
    take("directory.csv")
    take("applications.csv")
    plan = take("raci.csv")
    assert plan["kind"] == "matrix"
    assert plan["mapping"] == {
        "CIO": "lea-martin",
        "Jo Martin": "jo-martin",
        "CFO": "bo-li",
        "Agency": "agency",
    }
    assert "column Remarks" in plan["unused"]
    assert "line RACI of 3 May" in plan["unused"]
    assert "row 6, Summer party: no focal point bears this name" in plan["unused"]
    engagement = session().engagement
    accountable = {n.focal_point: n.party for n in engagement.nominations if n.role == "A"}
    assert accountable == {"erp": "lea-martin", "pim": "jo-martin", "promotions": "jo-martin"}
    assert {n.respondent for n in engagement.nominations} == {"raci-csv"}
    assert engagement.decisions[0].owner is None


def test_a_matrix_that_was_agreed_becomes_decisions(take):
    take("directory.csv")
    take("raci.csv", "--decided", "--map", "Summer party=current_needs")
    decisions = {d.focal_point: d for d in session().engagement.decisions}
    assert decisions["promotions"].owner == "jo-martin"
    assert decisions["promotions"].consulted == ("bo-li",)
    assert decisions["promotions"].decided_by == "raci.csv"


def test_of_a_matrix_nothing_is_decided_twice_over_or_by_two(take, folder):
    """A decision that is there stays; of two rows of one subject the first counts."""
    take("directory.csv")
    rows = ("Promotions,A,C", "ERP,A,A", "Inventory visibility,A,", "Promotions,,A")
    (folder / "again.csv").write_text("\n".join(["Task,Jo Martin,CFO", *rows]), "utf-8")
    session().record(Change(("decision", "inventory_visibility"), {"owner": "lea-martin"}))
    plan = take("again.csv", "--decided", "--as", "matrix")
    assert plan["questions"] == [
        "erp: 2 accountable, so nothing is decided",
        "inventory_visibility has a decision already, which stays",
    ]
    assert "row 5, Promotions: promotions is taken by a row above" in plan["unused"]
    owners = {d.focal_point: d.owner for d in session().engagement.decisions}
    assert owners == {"promotions": "jo-martin", "inventory_visibility": "lea-martin"}


@pytest.mark.parametrize(
    ("left", "words"),
    [(("CFO,Finance,True", "CFO,Finance,False"), ()), (("bo.li", "new.cfo"), ("--complete",))],
)
def test_what_an_owner_who_left_decided_is_to_be_confirmed_again(take, folder, left, words):
    take("directory.csv")
    decided = {"owner": "bo-li", "deputy": "jo-martin", "confirmed_on": "2026-11-20"}
    session().record(Change(("decision", "promotions"), decided))
    text = (folder / "directory.csv").read_text("utf-8").replace(*left)
    text = text.replace("Bo Li,Li", "Kim Roe,Roe") if words else text
    (folder / "today.csv").write_text(text, "utf-8")
    questions = take("today.csv", *words)["questions"]
    assert "Bo Li has left; to be confirmed again: promotions" in questions
    (decision,) = session().engagement.decisions
    assert (decision.owner, decision.confirmed_on, decision.discuss_later) == ("bo-li", None, True)
    assert take("today.csv", *words)["changes"] == 0


@pytest.mark.parametrize(
    ("was", "becomes", "remark"),
    [
        ("CFO,Finance,True", "Plant Manager,Finance,True", "“CFO” to “Plant Manager”"),
        ("CFO,Finance,True", "CFO,Logistics,True", "“Finance” to “Logistics”"),
        ("CFO,Finance,True", "Chief Financial Officer,Finance,True", ""),
    ],
)
def test_what_an_owner_decided_who_moved_is_to_be_confirmed_again(
    take, folder, was, becomes, remark
):
    take("directory.csv")
    session().record(
        Change(("decision", "erp"), {"owner": "bo-li", "confirmed_on": "2026-11-20"}),
        Change(("decision", "pim"), {"owner": "jo-martin", "confirmed_on": "2026-11-20"}),
    )
    text = (folder / "directory.csv").read_text("utf-8").replace(was, becomes)
    (folder / "today.csv").write_text(
        f"{text}kim@acme.example,Kim Roe,Roe,kim@acme.example", "utf-8"
    )
    told = take("today.csv", "--complete", "--overwrite")["questions"]
    again = f"Bo Li moved from {remark}; to be confirmed again: erp"
    assert told == ([again] if remark else []) + ["new in the list: Kim Roe"]
    decisions = {d.focal_point: d for d in session().engagement.decisions}
    assert (decisions["erp"].confirmed_on is None) == bool(remark)
    assert decisions["pim"].confirmed_on is not None
    assert take("today.csv", "--complete", "--overwrite")["changes"] == 0


def test_a_changed_title_stays_until_it_is_asked_for(take, folder):
    take("directory.csv")
    text = (folder / "directory.csv").read_text("utf-8")
    (folder / "today.csv").write_text(text.replace("CFO,Finance", "CEO,Finance"), "utf-8")
    plan = take("today.csv")
    assert plan["questions"] == ["Bo Li: title stays “CFO”, the file says “CEO”"]
    assert plan["changes"] == 0
    assert take("today.csv", "--overwrite")["changes"] == 1
    assert {p.title for p in session().engagement.people if p.id == "bo-li"} == {"CEO"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--as", "people"), "no line of headings was found"),
        (("--as", "matrix"), "holds no RACI matrix"),
        (("--as", "peple"), "did you mean “people”?"),
        ((), "looks like a table that begins with Shopping list"),
    ],
)
def test_a_file_of_no_kind_is_refused_with_what_it_looks_like(take, folder, words, message):
    (folder / "list.csv").write_text("Shopping list\nmilk\nbread\n", "utf-8")
    refused = take("list.csv", *words)
    assert refused.exit_code == 2
    assert message in refused.stderr


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("jobTitel=title", "did you mean “jobTitle”?"),
        ("jobTitle=titel", "did you mean “title”?"),
        ("jobTitle", "write --map TEXT=NAME"),
    ],
)
def test_a_mapping_of_something_else_is_refused(take, pair, message):
    refused = take("directory.csv", "--map", pair)
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert session().engagement.people == ()


def test_a_mapping_changes_one_column(take):
    take("directory.csv", "--map", "department=", "--map", "id=unit")
    assert {person.unit for person in session().engagement.people} == {"1", "2", "3", "5"}


HOSTILE = ('=HYPERLINK("http://x.example","CFO")', "<script>alert(1)</script>", "\x1b[2JCFO")


def test_formulas_and_markup_in_cells_stay_text(take, folder):
    with (folder / "hostile.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Job title", "E-mail"])
        writer.writerows([f"P{n}", text, f"p{n}@x.example"] for n, text in enumerate(HOSTILE))
    plan = take("hostile.csv")
    assert plan["changes"] == 3
    titles = {person.title for person in session().engagement.people}
    assert titles == set(HOSTILE)
    printed = CliRunner().invoke(
        app, ["import", "hostile.csv", "--engagement", "acme", "--dry-run"]
    )
    assert "\x1b" not in printed.output


def test_a_million_rows_are_refused_before_anything_changes(take, folder):
    (folder / "long.csv").write_text("Name,E-mail\n" + "Ana,ana@x.example\n" * 400_000, "utf-8")
    refused = take("long.csv")
    assert refused.exit_code == 2
    assert "keep the table alone in the file" in refused.stderr
    assert session().engagement.people == ()


def test_a_list_in_a_workbook_is_read_from_the_sheet_that_has_it(take, folder):
    book = openpyxl.Workbook()
    book.active.append(["About", "this file"])
    people = book.create_sheet("Staff")
    for row in (["Name", "Job title", "E-mail"], ["Ana Ruiz", "CTO", "ana@x.example"]):
        people.append(row)
    book.save(folder / "staff.xlsx")
    plan = take("staff.xlsx")
    assert plan["changes"] == 1
    assert plan["unused"] == ["sheet Sheet: not read"]


def test_a_mapping_is_kept_for_the_next_file_of_the_engagement(take, folder):
    take("directory.csv", "--map", "id=unit")
    assert {person.unit for person in session().engagement.people} == {"1", "2", "3", "5"}
    text = (folder / "directory.csv").read_text("utf-8").replace("Bo Li,Li", "Kim Roe,Roe")
    (folder / "next.csv").write_text(text.replace("bo.li", "kim.roe"), "utf-8")
    plan = take("next.csv")
    assert "as chosen before: id → unit" in plan["questions"]
    assert plan["mapping"]["id"] == "unit"
    assert "kim-roe" in {person.id for person in session().engagement.people}
    assert take("next.csv", "--afresh", "--dry-run")["mapping"]["department"] == "unit"
    assert take("next.csv", "--map", "id=", "--dry-run")["mapping"]["id"] == "not used"


def test_a_mapping_of_one_engagement_is_no_other_ones(take, folder):  # noqa: ARG001
    take("directory.csv", "--map", "id=unit")
    assert Workspace.at().mapping("acme") == {"id": "unit"}
    assert Workspace.at().mapping("another") == {}


def test_a_dry_run_keeps_no_mapping_nor_does_a_word_for_a_person_stay(take, folder):
    take("directory.csv", "--map", "id=unit", "--dry-run")
    assert Workspace.at().mapping("acme") == {}
    take("directory.csv")
    rows = ("Timestamp,Email,Who owns promotions?", "2026/10/08 9:04:06 AM UTC+2,x@acme.example,B")
    (folder / "form.csv").write_text("\n".join(rows), "utf-8")
    take("form.csv", "--map", "B=bo-li")
    assert [n.party for n in session().engagement.nominations] == ["bo-li"]
    assert Workspace.at().mapping("acme") == {}


def test_systems_that_the_framework_lacks_are_told_with_what_to_do(take):
    questions = take("applications.csv", "--dry-run")["questions"]
    assert [line for line in questions if line.startswith("systems that the framework lacks: 1;")]
