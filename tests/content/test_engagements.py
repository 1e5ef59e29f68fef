"""A document that is wrong says where, what and how to fix it: everything at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.content.documents import GOOD, changed, check
from workbook.content import check_engagement, load_engagement, load_framework
from workbook.content.engagements import engagement_of
from workbook.content.reading import parse
from workbook.errors import BadInput

CASES = parse((Path(__file__).parent / "cases" / "engagement.yaml").read_text("utf-8")).data


def test_the_small_engagement_is_right():
    assert check(GOOD) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['change']} to {case['to']}")
def test_a_change_is_judged_with_place_cause_and_mend(case):
    assert check(changed((case["change"], case["to"]))) == case["says"]


def test_what_is_no_nomination_in_an_old_document_is_named():
    says = check(
        changed(("schema_version: 2", "schema_version: 1"), ("party: ana", "owner: ana"),
                ("  - {respondent: r2, focal_point: promotions, state: unknown}", "  - nobody"))
    )  # fmt: skip
    (said,) = says
    assert said.startswith("19 nominations[1]: must be keys with values, not “nobody”")


def test_problems_of_shape_and_of_names_come_together_in_the_order_of_lines():
    says = check(
        changed(
            ("key: acme", "key: Acme"),
            ("profile: large", "profile: huge"),
            ("start: 2026-09-01", "start: soon"),
            ("id: bo, name: Bo Lind", "id: bo, nmae: Bo Lind"),
            ("party: ana", "party: anna"),
            ("value: monthly", "value: montly"),
            ("owner: web-team", "owner: web"),
        )
    )
    assert [said.partition(":")[0] for said in says] == [
        "2 key",
        "4 organisation.profile",
        "5 programme.start",
        "9 people[1].nmae",
        "18 nominations[0].party",
        "21 answers[0].value",
        "25 decisions[0].owner",
    ]


MISSING = (
    (
        "  - {respondent: r2, focal_point: promotions, state: unknown}",
        "  - {respondent: r2, focal_point: promotions, state: missing}",
    ),
    (
        "  - {question: checkpoint_cadence, value: monthly}",
        "  - {question: checkpoint_cadence, state: missing}",
    ),
)


def test_what_is_said_to_be_missing_is_as_if_it_were_not_there():
    said = engagement_of(parse(changed(*MISSING))).engagement
    silent = engagement_of(parse(changed(*((old, "") for old, _ in MISSING)))).engagement
    assert said == silent


def test_what_is_said_to_be_missing_names_a_subject_and_nothing_else():
    (_, nomination), (_, answer) = MISSING
    says = check(
        changed(
            (MISSING[0][0], nomination.replace("promotions", "promotion")),
            (MISSING[1][0], answer.replace("state", "value: monthly, state")),
        )
    )
    assert says == [
        (
            "19 nominations[1].focal_point: there is no focal point “promotion”"
            " → did you mean “promotions”?"
        ),
        "21 answers[0].value: is missing, so it cannot have a “value” → drop “value” or “state”",
    ]


def test_whoever_was_written_wrongly_is_not_called_unknown_elsewhere():
    """Bo leads a team, answers and stands in: one mistake in Bo's line is one problem."""
    assert len(check(changed(("name: Bo Lind", "inside: perhaps, name: Bo Lind")))) == 1
    assert len(check(changed(("id: bo, name: Bo Lind", "id: bo, name: ''")))) == 1
    assert len(check(changed(("id: bo, name: Bo Lind", "id: bo, name: Bo, seats: [cfo]")))) == 1


def test_places_after_a_cut_item_are_still_those_of_the_document():
    says = check(
        changed(
            ("{respondent: r1, focal_point: promotions, party: ana, deputy: bo}", "nothing at all"),
            ("state: unknown", "party: zoe"),
        )
    )
    assert [said.partition(":")[0] for said in says] == [
        "18 nominations[0]",
        "19 nominations[1].party",
    ]


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "12\n"])
def test_something_else_than_a_mapping_is_refused(text):
    (said,) = check(text)
    assert said.startswith("1 : must be keys with values")


def test_a_document_of_the_first_schema_is_brought_up_to_date():
    """In schema 1 a nomination's party was called its owner."""
    old = changed(("schema_version: 2", "schema_version: 1"), ("party: ana", "owner: ana"))
    assert engagement_of(parse(old)) == engagement_of(parse(GOOD))


def test_a_problem_in_an_old_document_stands_where_it_was_written():
    old = changed(("schema_version: 2", "schema_version: 1"), ("party: ana", "owner: anna"))
    (said,) = check(old)
    assert said.startswith("18 nominations[0].party: there is no person, team or external “anna”")


@pytest.mark.parametrize("version", ["0", "-1", "1.5", "true", "[2]", "'2'", ""])
def test_a_schema_version_that_never_was_is_refused(version):
    (said,) = check(changed(("schema_version: 2", f"schema_version: {version}")))
    assert "is not a schema version → write schema_version: 2" in said


def test_a_document_loads_with_its_overlay_applied():
    overlay = "overlay: {areas: {technology: {weight: 3}, executive_sponsor: {off: true}}}"
    loaded = engagement_of(parse(f"{GOOD}{overlay}\n"))
    assert [(area.key, area.weight) for area in loaded.rules.areas] == [
        ("experience", 1),
        ("technology", 3),
    ]


def test_an_engagement_without_a_file_is_checked_by_the_same_rules():
    engagement, _ = engagement_of(parse(GOOD))
    framework = load_framework("commerce-stakeholders")
    assert check_engagement(engagement, framework) == ()
    (nomination, *others) = engagement.nominations
    lost = nomination.model_copy(update={"party": "anna"})
    wrong = engagement.model_copy(update={"nominations": (lost, *others)})
    (problem,) = check_engagement(wrong, framework)
    assert (problem.file, problem.line, problem.path) == ("", None, "nominations[0].party")
    assert problem.fix == "did you mean “ana”?"


def test_json_and_yaml_give_the_same_engagement(tmp_path):
    (tmp_path / "acme.json").write_text(json.dumps(parse(GOOD).data, indent=1))
    (tmp_path / "acme.yaml").write_text(GOOD)
    assert load_engagement(tmp_path / "acme.json") == load_engagement(tmp_path / "acme.yaml")


def test_json_has_lines_too(tmp_path):
    data = parse(changed(("party: ana", "party: anna"), ("name: Agency", "name: 'Agence 😀'"))).data
    (tmp_path / "acme.json").write_text(json.dumps(data, indent=1))
    with pytest.raises(BadInput) as caught:
        load_engagement(tmp_path / "acme.json")
    (problem,) = caught.value.problems
    assert '"party": "anna"' in (tmp_path / "acme.json").read_text().splitlines()[problem.line - 1]


def test_a_name_that_lacks_a_word_is_found_and_one_mistake_is_told_once():
    with pytest.raises(BadInput) as caught:
        load_engagement(Path(__file__).parent / "cases" / "nearest_names.yaml")
    assert [(problem.path, problem.fix) for problem in caught.value.problems] == [
        ("organisation.business_models[0]", "use lower-case letters, digits, - and _: “b2b”"),
        ("scope.systems[0]", "did you mean “tax_software”?"),
        ("scope.systems[1]", "did you mean “payment_gateway”?"),
        ("scope.systems[2]", "did you mean “shipping_carriers”?"),
    ]
