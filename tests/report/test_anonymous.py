"""Anonymous mode: nobody is named for what they said, nothing is told that rests on few answers."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.report.examples import evaluated, example, report_of, told
from workbook import report
from workbook.fragments.statements import Statement, StatementList
from workbook.model.engagement import Answer
from workbook.model.evaluation import Evidence, Finding
from workbook.model.framework import Severity
from workbook.report.unattributed import unattributed
from workbook.report.value import Terms
from workbook.scoring import evaluate

BASE = "maison-lorient"


@pytest.fixture(scope="module")
def anonymous():
    engagement, framework = example(BASE)
    hushed = engagement.model_copy(update={"anonymous": True})
    evaluation = evaluate(framework, hushed, evaluated(BASE).as_of)
    return report.build(framework, hushed, evaluation, "en")


def lines_of(card):
    return "\n".join((*card.evidence, *(reasons for _, reasons in card.rows)))


def statements(made):
    """What the appendix says, by subject."""
    lists = (b for b in made.section("appendix").blocks if isinstance(b, StatementList))
    return {group.subject: group.statements for listed in lists for group in listed.groups}


def few(focal_point):
    """The example with three nominations of one focal point only, and no decision on it."""
    engagement, framework = example(BASE)
    kept = [n for n in engagement.nominations if n.focal_point == focal_point][:3]
    rest = [n for n in engagement.nominations if n.focal_point != focal_point]
    hushed = engagement.model_copy(
        update={
            "anonymous": True,
            "nominations": (*rest, *kept),
            "decisions": tuple(d for d in engagement.decisions if d.focal_point != focal_point),
        }
    )
    evaluation = evaluate(framework, hushed, evaluated(BASE).as_of)
    return report.build(framework, hushed, evaluation, "en")


def test_no_respondent_is_named_who_is_not_named_as_an_owner(anonymous):
    (block,) = anonymous.section("findings").blocks
    evidence = "\n".join(lines_of(card) for card in block.cards)
    assert " names " in evidence or " name " in evidence
    assert "Valérie Hamon:" not in evidence
    assert "Je l’exploite" not in report.html(anonymous)
    open_page = report.html(report_of(BASE, "en"))
    for said in ("Simon Vidal (6 Nov", "Pascal Riou (17 Nov"):
        assert said in open_page
        assert said not in report.html(anonymous)


def test_answers_are_counted_and_not_attributed(anonymous):
    said = statements(anonymous)["Product assortment"]
    assert [s.attribution for s in said if s.text == "Inès Carrel"] == ["22 votes"]


def test_a_focal_point_with_few_answers_shows_that_they_are_withheld():
    made = few("product_assortment")
    map_row = next(
        row
        for area in made.section("map").blocks[0].areas
        for row in area.rows
        if row.label == "Product assortment"
    )
    assert (map_row.marks, map_row.note) == ((), "withheld: few answers")
    heat_row = next(
        row
        for group in made.section("heat").blocks[0].groups
        for row in group.rows
        if row.label == "Product assortment"
    )
    assert all(cell.withheld for cell in heat_row.cells)
    assert "product assortment" not in made.summary
    assert statements(made)["Product assortment"] == (Statement("withheld: few answers"),)


@pytest.mark.parametrize(("voices", "shown"), [(4, False), (5, True)])
def test_answers_to_a_question_are_counted_from_five_voices_on(voices, shown):
    engagement, framework = example(BASE)
    asked = engagement.respondents[:voices]
    given = [
        Answer(question="checkpoint_cadence", respondent=one.id, value="never") for one in asked
    ]
    hushed = engagement.model_copy(update={"anonymous": True, "answers": tuple(given)})
    made = report.build(framework, hushed, evaluate(framework, hushed, evaluated(BASE).as_of), "en")
    (cadence,) = (said for subject, said in statements(made).items() if "checkpoint?" in subject)
    told = Statement("never", "5 answers") if shown else Statement("withheld: few answers")
    assert cadence == (told,)


def test_a_finding_on_few_answers_is_not_told():
    engagement = few_engagement = example(BASE).engagement.model_copy(
        update={"anonymous": True, "nominations": ()}
    )
    orphan = Finding("orphan", Severity.HIGH, "experience", "promotions")
    decided = Finding("no_deputy", Severity.LOW, "technology", "crm", parties=("ana-ruiz",))
    made = told(BASE, engagement=few_engagement, findings=(orphan, decided))
    (block,) = made.section("findings").blocks
    assert [card.where for card in block.cards] == ["Technology · Customer relations (CRM)"]
    assert engagement.anonymous


def test_a_claim_that_only_the_claimant_made_is_never_told(anonymous):
    claim = Finding(
        "unconfirmed_self_nomination",
        Severity.MEDIUM,
        "experience",
        "promotions",
        parties=("ana-ruiz",),
        evidence=(Evidence("nomination", respondent="ana-ruiz", party="ana-ruiz"),),
    )
    hushed = example(BASE).engagement.model_copy(update={"anonymous": True})
    made = told(BASE, engagement=hushed, findings=(claim,))
    (block,) = made.section("findings").blocks
    assert block.cards == ()
    assert "claims" not in report.html(anonymous)


def test_agreement_beyond_chance_needs_more_than_a_few_respondents():
    engagement, framework = example(BASE)
    four = tuple(r.id for r in engagement.respondents)[:4]
    hushed = engagement.model_copy(
        update={
            "anonymous": True,
            "respondents": tuple(r for r in engagement.respondents if r.id in four),
            "nominations": tuple(n for n in engagement.nominations if n.respondent in four),
            "answers": tuple(a for a in engagement.answers if a.respondent in (None, *four)),
        }
    )
    made = report.build(framework, hushed, evaluate(framework, hushed, evaluated(BASE).as_of), "en")
    whole = report_of(BASE, "en")
    shown = [
        [b for b in r.section("appendix").blocks if isinstance(b, Terms)] for r in (whole, made)
    ]
    assert [len(blocks) for blocks in shown] == [1, 0]


def test_what_hangs_on_another_question_stays_with_the_area_of_that_one():
    """A document of an anonymous engagement deals answers out among those asked of an area."""
    engagement, rules = example(BASE)
    days = (dt.date(2027, 1, 15),)
    said = tuple(
        Answer(question="checkpoint_calendar", respondent=respondent.id, value=days)
        for respondent in engagement.respondents[:6]
    )
    hushed = engagement.model_copy(update={"anonymous": True, "answers": said})
    told = unattributed(rules, hushed)
    assert [answer.value for answer in told.answers] == [days] * len(said)
