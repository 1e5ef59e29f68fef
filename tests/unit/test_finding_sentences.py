"""What each kind of finding says, beside the nearest engagement of which it would not be true."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.small import AS_OF
from tests.unit.test_findings import KINDS, MONTHLY, RAISED, RULES, answer, asked
from workbook.content import load_framework
from workbook.i18n import voice
from workbook.model.engagement import Engagement
from workbook.model.framework import Framework
from workbook.model.rules import Rules, in_force
from workbook.scoring import evaluate
from workbook.scoring.findings import RULES as BY_RULE
from workbook.wording.findings import finding_explanation, finding_title
from workbook.wording.phrases import Phrases

COMMERCE, DATA = "commerce-stakeholders", "data-platform"

OWNERSHIP = {
    # kind, and what it says of the first engagement that raises it in `RAISED`
    "orphan": "Nobody owns “f1”. Most answers, or the decision itself, name nobody.",
    "vacant": "The post that owns “f1” is vacant. The role exists, the person does not.",
    "system_without_owner": "Nobody owns “oms”, a system in scope.",
    "no_sponsor": "The programme has no executive sponsor. Nobody stands behind the investment",
    "sponsor_outside_c_suite": "Ana sponsors the programme without a seat in the C-suite.",
    "contested": "Answers differ on who owns “f1”. No name gathers enough votes: 2 of 3 at most.",
    "overloaded": "Ana owns 4 subjects.",
    "several_accountable": "More than one person or team is accountable for “f1”. Ana and Eve are",
    "nobody_responsible": "Nobody is responsible for the work on “f1”.",
    "team_without_lead": "A team without a lead is named as owner of “f1”.",
    "outside_without_inside": "An outside party owns “f1”; nobody inside shares it. Out may do",
    "no_deputy": "Nobody stands in for the owner of “f1”. If Ana is away, it has no owner",
    "deputy_is_owner": "Owner and deputy are the same person for “f1”. Nobody can stand in for",
    "title_does_not_fit": "“Job other” is an unusual title for owning “f1”. Eve may still be",
    "single_person_dependency": "If Ana leaves, 3 of 6 subjects have no owner.",
    "same_lead_in_areas": "Ana leads 2 areas at once.",
    "too_many_roles": "Ana holds 3 roles at once for “f1”.",
    "unconfirmed_self_nomination": "Ana claims “f1”, and nobody confirms it. Nobody else names",
    "role_not_accepted": "The owner of “f2” has not yet accepted the role.",
    "role_declined": "Ana has declined to own “f1”.",
    "stale_ownership": "Nobody has confirmed for 181 days who owns “f1”.",
    "low_confidence": "People only guess who owns “f1”. Guesses: 2 of 3 answers.",
    "many_unknowns": "X: too many answers are “don’t know” (2 of 3).",
}

FULL = {"question": "checkpoint_cadence", "value": "weekly"}
RULED = {"question": "access_rule", "value": "by_rule"}
ASKED: list[tuple[str, str, Any, Any, str]] = [
    # framework, question, what raises it, what nearly does, what it says
    (COMMERCE, "needs_current", "old", "current", "What customers want and need today is not"),
    (COMMERCE, "needs_future", "ideas", "agreed", "What customers will want and need tomorrow"),
    (COMMERCE, "b2b_needs", "no", "partly", "The needs of business customers are not known apart"),
    (COMMERCE, "it_from_day_one", "later", "day_one", "IT has not been involved from day one."),
    (COMMERCE, "ready_date", "2027-06-02", "2027-06-01", "The order management system will be re"),
    (COMMERCE, "ready_date", None, "2027-06-02", "There is no ready date for the order management"),
    (COMMERCE, "seat_support", "partial", "full", "The programme lacks the full support of gen"),
    (COMMERCE, "checkpoint_cadence", "ad_hoc", "quarterly", "No regular checkpoint meetings with"),
    (COMMERCE, "checkpoint_calendar", [], MONTHLY[:1], "No regular checkpoint meetings with lead"),
    (COMMERCE, "checkpoint_calendar", MONTHLY[:4], MONTHLY, "Checkpoint meetings stop 151 days be"),
    (
        COMMERCE,
        "checkpoint_calendar",
        [*MONTHLY[:1], *MONTHLY[2:]],
        [MONTHLY[0], "2026-11-12", *MONTHLY[2:]],
        "The checkpoint meetings have a gap of 61 days. The gap begins on 1 Oct 2026.",
    ),
    (COMMERCE, "escalation_path", "none", "unwritten", "Not everybody knows who takes the decis"),
    (COMMERCE, "raci_accepted", "drafted", "accepted", "Not everyone has accepted who does what"),
    (COMMERCE, "discovery", "none", "running", "No discovery has confirmed that the organisatio"),
    (DATA, "agreed_delivery", "none", "partly", "Nothing is written about how to deliver the cu"),
    (DATA, "available_from", "2027-05-19", "2027-05-18", "Go-live leaves too little time to try"),
    (DATA, "available_from", None, "2027-05-19", "There is no ready date for the data wareh"),
    (DATA, "breakdowns", "readers", "by_chance", "Readers find breakdowns before the team does."),
    (DATA, "access_rule", "anyone", "case_by_case", "Whoever asks for access gets it."),
    (DATA, "access_reviews", MONTHLY[:4], MONTHLY, "Access is reviewed too rarely. Up to 151 da"),
    (DATA, "one_figure", "mostly", "always", "The same figure differs between departments."),
]
"""None is no answer at all."""


def sentences(rules: Rules, engagement: Engagement) -> dict[str, list[str]]:
    """What is said of an engagement, by kind: conclusion and why it matters."""
    evaluation = evaluate(rules, engagement, AS_OF)
    phrases = Phrases(rules, voice("en"), engagement, evaluation)
    texts: dict[str, list[str]] = {}
    for finding in evaluation.findings:
        whole = f"{finding_title(phrases, finding)}. {finding_explanation(phrases, finding)}"
        texts.setdefault(finding.kind, []).append(whole)
    return texts


@cache
def shipped(key: str) -> Framework:
    return load_framework(key)


def of_small(changes: dict[str, Any]) -> dict[str, list[str]]:
    """The small framework speaks as the shipped one does."""
    spoken = shipped(COMMERCE)
    texts = {kind: spoken.findings.get(kind, spoken.findings["orphan"]) for kind in KINDS}
    framework = RULES.framework.model_copy(update={"findings": texts, "actions": spoken.actions})
    engagement = asked(**changes)
    return sentences(in_force(framework, engagement.overlay), engagement)


def of_shipped(key: str, question: str, value: object) -> dict[str, list[str]]:
    """One system and one seat in scope, and this answer."""
    framework = shipped(key)
    scope: dict[str, list[str]] = {group.key: [] for group in framework.scopes}
    for area in framework.areas:
        for point in area.focal_points:
            if point.scope and not scope[point.scope]:
                scope[point.scope] = [point.key]
    asked = next(q for area in framework.areas for q in area.questions if q.key == question)
    subject = scope[asked.per][0] if asked.per else None
    parents = [p for p in (FULL, RULED) if asked.parent and p["question"] == asked.parent.question]
    given = [] if value is None else [answer(question, value, subject)]
    engagement = Engagement.model_validate(
        {
            "key": "one",
            "framework": {"key": key, "version": framework.version},
            "organisation": {
                "name": "One",
                "profile": framework.profiles[-1].key,
                "business_models": [model.key for model in framework.business_models[:2]],
            },
            "programme": {"start": "2026-09-01", "go_live": "2027-06-01"},
            "scope": scope,
            "answers": [*parents, *given],
        }
    )
    return sentences(in_force(framework), engagement)


@pytest.mark.parametrize(("kind", "sentence"), OWNERSHIP.items())
def test_a_finding_says_what_is_so_and_not_of_its_neighbour(kind: str, sentence: str) -> None:
    raising, harmless = next((raised, not_) for key, raised, not_ in RAISED if key == kind)
    assert any(text.startswith(sentence) for text in of_small(raising)[kind])
    assert kind not in of_small(harmless)


@pytest.mark.parametrize(("key", "question", "raising", "harmless", "sentence"), ASKED)
def test_an_answer_is_said_as_it_was_given_and_not_as_the_next_better_one(
    key: str, question: str, raising: object, harmless: object, sentence: str
) -> None:
    (kind,) = (
        kind
        for kind, texts in of_shipped(key, question, raising).items()
        if any(text.startswith(sentence) for text in texts)
    )
    texts = of_shipped(key, question, harmless).get(kind, [])
    assert not [text for text in texts if text.startswith(sentence)]


def test_no_sentence_has_a_gap_left() -> None:
    everything = [of_small(raising) for _, raising, _ in RAISED]
    everything += [of_shipped(key, question, raising) for key, question, raising, _, _ in ASKED]
    assert not [t for said in everything for texts in said.values() for t in texts if "{" in t]


def test_every_kind_says_its_sentence_here() -> None:
    asked = {
        kind
        for key in (COMMERCE, DATA)
        for area in shipped(key).areas
        for question in area.questions
        for kind in question.findings.values()
    }
    said = {
        kind
        for key, question, raising, _, sentence in ASKED
        for kind, texts in of_shipped(key, question, raising).items()
        if any(text.startswith(sentence) for text in texts)
    }
    assert said == asked
    assert OWNERSHIP.keys() == BY_RULE.keys()
