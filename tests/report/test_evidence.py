"""Findings are told with what they rest on: voices by what they say, decisions, answers, quotes."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.report.examples import EXAMPLES, evaluated, example, report_of, told
from workbook.model.evaluation import Evidence, Finding
from workbook.model.framework import Severity
from workbook.report.value import Findings

BASE = "maison-lorient"


def evidence_of(*evidence, lang="en", kind="contested", focal_point="pos", **facts):
    finding = Finding(
        kind, Severity.HIGH, "technology", focal_point, evidence=tuple(evidence), **facts
    )
    (card,) = cards(told(BASE, lang, findings=(finding,)))
    return card.evidence


def cards(report):
    (block,) = report.section("findings").blocks
    assert isinstance(block, Findings)
    return block.cards


def voice_of(respondent, party):
    return Evidence("nomination", respondent=respondent, party=party, focal_point="pos")


def test_voices_are_gathered_by_what_they_say_the_most_frequent_first():
    said = evidence_of(
        voice_of("paul-ney", "hugo-perrin"),
        voice_of("ana-ruiz", "nobody"),
        voice_of("sofia-marin", "hugo-perrin"),
        voice_of("bruno-fabre", "vacant"),
        voice_of("marc-oudin", "cellule-x+ana-ruiz"),
    )
    assert said == (
        "2 name Hugo Perrin, Responsable SI commerce (Paul Ney and Sofia Marin).",
        "1 names cellule-x and Ana Ruiz together (Marc Oudin).",
        "1 names nobody (Ana Ruiz).",
        "1 says that the post is vacant (Bruno Fabre).",
    )


def test_voices_in_french():
    said = evidence_of(voice_of("paul-ney", "hugo-perrin"), lang="fr")
    assert said == ("1 voix désigne Hugo Perrin, Responsable SI commerce (Paul Ney).",)


def test_many_voices_are_named_in_part():
    who = ("paul-ney", "ana-ruiz", "sofia-marin", "bruno-fabre", "marc-oudin", "theo-blanc")
    (said,) = evidence_of(*(voice_of(one, "nobody") for one in who))
    assert said == "6 name nobody (Paul Ney, Ana Ruiz, Sofia Marin and three more)."


def test_what_people_remark_on_others_stands_in_the_appendix_alone():
    made = report_of(BASE, "en")
    remark = "Je l’exploite, je n’en réponds pas."
    assert remark in str(made.section("appendix"))
    assert remark not in str([part for part in made.sections if part.key != "appendix"])


CASES = [
    (
        Evidence("decision", party="karim-benali", on=dt.date(2026, 11, 10)),
        "Decided on 10 Nov 2026: Karim Benali, Resp. transport & livraison.",
    ),
    (
        Evidence("decision", party="karim-benali", value="pending"),
        "Karim Benali has not answered yet whether they accept.",
    ),
    (
        Evidence("answer", question="it_from_day_one", value="unknown"),
        "Have IT contacts been involved from day one? Those who were asked do not know.",
    ),
    (
        Evidence("answer", question="it_from_day_one", value="missing"),
        "Have IT contacts been involved from day one? Nobody has answered yet.",
    ),
    (
        Evidence("answer", question="ready_date", focal_point="erp", value="2027-07-05"),
        "ERP: When will it be ready for the new platform? 5 Jul 2027.",
    ),
    (
        Evidence("answer", question="needs_current", respondent="ana-ruiz", value="old"),
        (
            "How current is what you know of your customers’ wants and needs? "
            "Ana Ruiz: “More than a year ago”."
        ),
    ),
    (Evidence("count", party="ana-ruiz", focal_point="erp"), "The ERP."),
    (Evidence("count", party="ana-ruiz", value="technology"), "Technology."),
]


@pytest.mark.parametrize(("evidence", "said"), CASES)
def test_each_kind_of_evidence_is_a_sentence(evidence, said):
    assert evidence_of(evidence, kind="overloaded", parties=("ana-ruiz",)) == (said,)


def test_a_finding_says_where_it_lies_and_what_to_do_about_it():
    card = next(c for c in cards(report_of(BASE, "en")) if c.title.startswith("The ERP will"))
    assert card.where == "Technology · ERP"
    assert card.action == "Bring forward the date of the ERP, or plan around it"


def test_findings_of_a_kind_share_a_table_with_a_row_for_each():
    made = report_of(BASE, "en")
    kinds = [finding.kind for finding in evaluated(BASE).findings]
    card = next(c for c in cards(made) if c.title.startswith("Answers differ on who owns"))
    assert card.count == len(card.rows) == kinds.count("contested")
    assert card.action.startswith("Choose one person each to answer for")
    for subject, reasons in card.rows:
        assert subject
        assert " name" in reasons
    assert len({c.title for c in cards(made)}) == len(cards(made)) == len(set(kinds))


def test_minor_findings_of_a_kind_are_told_together_and_none_is_lost():
    kinds = {c.title: c for c in cards(report_of("groupe-kervadec", "en"))}
    missing = kinds["Four systems have no ready date"]
    assert missing.count == 4
    systems = "Order management system (OMS) · Customer service platform · ERP"
    assert missing.evidence == (f"Technology: {systems} · Customer relations (CRM)",)


def test_dates_that_were_answered_are_the_evidence_for_a_gap():
    pauses = next(c for c in cards(report_of(BASE, "en")) if c.title.startswith("Checkpoint"))
    assert pauses.evidence[0].startswith(
        "Which checkpoint dates are in the calendar until go-live? 19 Mar 2026, 16 Apr 2026"
    )


@pytest.mark.parametrize("name", ["maison-lorient", "groupe-kervadec", "mutuelle-ponant"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_finding_of_weight_rests_on_something(name, lang):
    for card in cards(report_of(name, lang)):
        if card.severity in {Severity.CRITICAL, Severity.HIGH}:
            assert card.evidence or all(reason for _, reason in card.rows), card.title
        assert "{" not in card.title + card.explanation + "".join(card.evidence)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_finding_says_what_to_do_even_if_its_subject_is_in_the_list_with_something_else(name):
    assert [card.title for card in cards(report_of(name, "en")) if not card.action] == []


def test_what_is_to_be_done_about_several_counts_all_of_them():
    actions = {card.title: card.action for card in cards(report_of("tidewater-outdoor", "en"))}
    deputies = actions["Nobody stands in for the owners of three subjects"]
    assert deputies == "Name deputies for three subjects"
    assert "speaks for finance" in actions["Two subjects have no owner"]


def test_no_title_is_written_in_the_code():
    kinds = set(example(BASE).rules.findings)
    assert {"orphan", "contested", "it_not_from_day_one"} <= kinds


def test_a_question_is_asked_once_above_its_answers():
    answers = (
        Evidence("answer", question="needs_current", respondent="ana-ruiz", value="old"),
        Evidence("answer", question="needs_current", respondent="paul-ney", value="current"),
    )
    first, second = evidence_of(*answers, kind="overloaded", parties=("ana-ruiz",))
    assert first.startswith("How current is what you know")
    assert second.startswith("Paul Ney: “")
