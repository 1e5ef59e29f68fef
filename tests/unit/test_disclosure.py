"""Anonymous mode: nothing is shown that rests on fewer than five answered cells (METHOD §6)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.small import AS_OF, engagement, says
from tests.unit.test_findings import OMS, PEOPLE, RULES, answer, decide
from workbook.model.evaluation import Action, Assumed, Evidence, Finding
from workbook.model.framework import Severity
from workbook.scoring import evaluate
from workbook.scoring.disclosure import Disclosure, shown_data
from workbook.scoring.encode import read_engagement

VOICES = [{"id": f"r{n}"} for n in range(1, 10)]


def shown(**changes: Any) -> set[str]:
    """The kinds of findings that may be shown of an anonymous engagement."""
    whole: dict[str, Any] = {
        "people": PEOPLE,
        "teams": [{"id": "loose", "name": "Loose"}],
        "respondents": VOICES,
        "anonymous": True,
        "nominations": [],
        "answers": [],
        "decisions": [],
        **changes,
    }
    one = engagement(**whole)
    disclosure = Disclosure(RULES, one, evaluate(RULES, one, AS_OF), read_engagement(RULES, one))
    return {finding.kind for finding in disclosure.findings}


def voices(count: int, about: str, party: str | None, **facts: Any) -> list[dict[str, Any]]:
    return [says(f"r{n}", about, party, **facts) for n in range(1, count + 1)]


def answers(count: int, key: str, value: Any) -> list[dict[str, Any]]:
    return [{"question": key, "respondent": f"r{n}", "value": value} for n in range(1, count + 1)]


CERTAIN = voices(6, "f1", "ana")
RESTING: list[tuple[str, Any]] = [
    ("orphan", lambda n: {"nominations": voices(n, "f1", "nobody")}),
    ("contested", lambda n: {"nominations": [
        *voices(n, "f1", "ana")[2:], says("r1", "f1", "eve"), says("r2", "f1", "max")]}),
    ("team_without_lead", lambda n: {"nominations": voices(n, "f1", "loose")}),
    ("title_does_not_fit", lambda n: {"nominations": voices(n, "f1", "eve")}),
    ("it_not_from_day_one", lambda n: {"answers": answers(n, "day_one", "no")}),
    ("many_unknowns", lambda n: {"nominations": voices(n, "f1", None)}),
    ("low_confidence", lambda n: {"nominations": [
        *voices(n, "f1", "ana", confidence="guess"), *[{**v, "respondent": f"r{8 + i}"}
        for i, v in enumerate(CERTAIN[:2])]]}),
    ("no_deputy", lambda n: {"nominations": [
        *voices(n, "f1", "ana", deputy="none"), *[{**v, "respondent": f"r{8 + i}"}
        for i, v in enumerate(CERTAIN[:2])]]}),
    ("single_person_dependency", lambda n: {"nominations": [
        row for f in ("f1", "f2", "f4") for row in voices(n, f, "ana", deputy="none")]}),
    ("sponsor_outside_c_suite", lambda n: {"nominations": voices(n, "money", "eve")}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "resting_on"), RESTING, ids=[kind for kind, _ in RESTING])
def test_a_finding_is_shown_from_five_answered_cells_on(kind: str, resting_on: Any) -> None:
    assert kind in shown(**resting_on(5))
    assert kind not in shown(**resting_on(4))


def test_what_one_person_answered_is_never_shown_however_many_others_did() -> None:
    person = [{"id": "r1", "person": "max"}, *VOICES[1:]]
    claim = [says("r1", "f1", "max"), *voices(8, "f1", "ana")[1:]]
    roles = [says("r1", "f1", "eve", role=role) for role in "RCI"]
    raised = shown(respondents=person, nominations=[*claim, *roles])
    assert not {"unconfirmed_self_nomination", "too_many_roles"} & raised


def test_what_the_team_answered_together_is_shown() -> None:
    late = OMS | {"answers": [answer("ready", "2027-06-02", "oms")]}
    assert "back_office_date_late" in shown(**late)


def test_decisions_are_shown_whatever_voices_there_are() -> None:
    decided = [decide(key, "ana", "none") for key in ("f1", "f2", "f4")]
    raised = shown(decisions=decided, nominations=voices(2, "f1", "eve"))
    assert {"no_deputy", "single_person_dependency"} <= raised


@pytest.mark.parametrize(("count", "reason"), [(4, "withheld"), (5, "few_units")])
def test_alpha_of_an_area_counts_answered_cells_not_respondents(count: int, reason: str) -> None:
    """Nine respondents are asked; what four of them say is not told, whatever it is divided by."""
    said = [*voices(count, "f1", "ana")[1:], says("r1", "f1", "eve")]
    one = engagement(
        people=PEOPLE,
        respondents=VOICES,
        anonymous=True,
        nominations=said,
        answers=[],
        decisions=[],
    )
    agreement = evaluate(RULES, one, AS_OF).agreement
    assert dict(agreement.areas)["x"].reason == reason
    assert agreement.overall.reason == reason


@pytest.mark.parametrize(
    ("count", "decisions", "hidden"),
    [(4, [], True), (5, [], False), (4, [decide("f1", "ana", "none")], False)],
)
def test_what_few_say_of_a_focal_point_is_hidden_unless_it_is_decided(
    count: int, decisions: list[Any], *, hidden: bool
) -> None:
    one = engagement(
        people=PEOPLE,
        respondents=VOICES,
        anonymous=True,
        nominations=voices(count, "f1", "ana"),
        answers=[],
        decisions=decisions,
    )
    disclosure = Disclosure(RULES, one, evaluate(RULES, one, AS_OF), read_engagement(RULES, one))
    assert disclosure.hides("f1") is hidden
    assert not disclosure.hides("no such focal point")
    assert not disclosure.decided("no such focal point")


def disclosure(count: int, *, anonymous: bool = True, **changes: Any) -> Disclosure:
    """What may be shown of an engagement in which `count` voices name an owner of f1."""
    one = engagement(
        people=PEOPLE,
        respondents=VOICES,
        anonymous=anonymous,
        nominations=voices(count, "f1", "ana"),
        answers=[],
        decisions=[],
    )
    evaluation = replace(evaluate(RULES, one, AS_OF), **changes)
    return Disclosure(RULES, one, evaluation, read_engagement(RULES, one))


def test_who_answers_under_a_name_hides_nothing() -> None:
    assert not disclosure(1, anonymous=False).withholds(1)
    assert disclosure(1).withholds(4)
    assert not disclosure(1).withholds(5)


@pytest.mark.parametrize(
    "finding",
    [
        Finding("any", Severity.LOW, "x", focal_point="f1"),
        Finding("any", Severity.LOW, "x", evidence=(Evidence("nomination", focal_point="f1"),)),
        Finding("any", Severity.LOW, "x", "f9", evidence=(Evidence("count", focal_point="f1"),)),
    ],
    ids=["its subject", "its evidence", "its evidence, its subject is another"],
)
def test_a_finding_is_hidden_with_any_focal_point_that_it_rests_on(finding: Finding) -> None:
    assert not disclosure(4).shows(finding)
    assert disclosure(5).shows(finding)


def test_a_claim_of_ones_own_is_hidden_even_if_it_counts_no_cells() -> None:
    claim = Finding("unconfirmed_self_nomination", Severity.LOW, "x", "f1")
    assert not disclosure(9).shows(claim)
    assert disclosure(9, anonymous=False).shows(claim)


OWNER = (Assumed(focal_point="f1", owner="ana"),)
HIDDEN = Finding("any", Severity.LOW, "x", "f1", cells=4)
SHOWN = Finding("any", Severity.LOW, "x", "f9")


def action(kind: str, *findings: Finding, assumed: tuple[Assumed, ...] = ()) -> Action:
    keys = tuple(finding.key for finding in findings)
    return Action(
        kind=kind,
        area="x",
        focal_point=None,
        question=None,
        findings=keys,
        assumed=assumed,
        who=None,
        due=AS_OF,
        effort_hours=1,
        gain_low=0,
        gain_point=None,
    )


@pytest.mark.parametrize(
    ("actions", "kinds"),
    [
        ([action("one", HIDDEN), action("other", SHOWN)], ["other"]),
        ([action("one", HIDDEN, SHOWN)], ["one"]),
        ([action("one"), action("other")], ["one", "other"]),
        ([action("one", assumed=OWNER), action("other", assumed=OWNER)], ["one"]),
        ([action("one", assumed=OWNER), action("other")], ["one", "other"]),
    ],
    ids=["its finding is hidden", "one may be shown", "no finding", "same answer", "no answer"],
)
def test_an_action_is_shown_with_its_finding_and_the_same_answer_only_once(
    actions: list[Action], kinds: list[str]
) -> None:
    told = disclosure(5, findings=(HIDDEN, SHOWN), actions=tuple(actions)).actions
    assert [one.kind for one in told] == kinds


def test_the_data_of_an_anonymous_evaluation_tell_nobody_s_answer() -> None:
    """Who, when and why stand nowhere; a subject of few answers has no items and no findings."""
    notes = [{**said, "note": "secret"} for said in voices(7, "f1", "loose")]
    few = [{**said, "note": "secret"} for said in voices(4, "f2", "nobody")]
    whole = engagement(
        people=PEOPLE,
        teams=[{"id": "loose", "name": "Loose"}],
        respondents=VOICES,
        decisions=[],
        nominations=[*notes, *few],
        answers=[{**said, "note": "secret"} for said in answers(6, "day_one", "no")],
    )
    evaluation = evaluate(RULES, whole, AS_OF)
    named, hushed = (
        shown_data(RULES, whole.model_copy(update={"anonymous": anonymous}), evaluation)
        for anonymous in (False, True)
    )
    told = json.dumps(hushed)
    assert "secret" in json.dumps(named)
    assert "secret" not in told
    assert not re.search(r'"r\d"', told)
    assert all(fact["on"] is None for finding in hushed["findings"] for fact in finding["evidence"])
    subjects = {kind: {entry["subject"] for entry in data["items"]} for kind, data in
                (("named", named), ("hushed", hushed))}  # fmt: skip
    assert subjects["named"] - subjects["hushed"] == {"f2"}
    assert "f2" not in {finding["focal_point"] for finding in hushed["findings"]}
    assert {"team_without_lead"} <= {finding["kind"] for finding in hushed["findings"]}


@pytest.mark.parametrize(("count", "told"), [(0, True), (1, False), (4, False), (5, True)])
def test_what_few_tell_of_a_focal_point_is_left_out_from_the_first_voice_on(
    count: int, *, told: bool
) -> None:
    """Where nobody has spoken, that is no secret."""
    items = disclosure(count).shown.items
    assert ("f1" in {item.subject for item in items}) is told


@pytest.mark.parametrize(("count", "told"), [(4, False), (5, True)])
def test_what_was_answered_about_a_system_goes_with_what_few_say_of_its_owner(
    count: int, *, told: bool
) -> None:
    dates = [{**one, "subject": "oms"} for one in answers(6, "ready", "2027-05-01")]
    one = engagement(
        people=PEOPLE,
        respondents=VOICES,
        anonymous=True,
        nominations=voices(count, "oms", "ana"),
        answers=dates,
        decisions=[],
        **OMS,
    )
    evaluation = evaluate(RULES, one, AS_OF)
    shown_items = Disclosure(RULES, one, evaluation, read_engagement(RULES, one)).shown.items
    assert ("ready" in {item.subject for item in shown_items}) is told
