"""Anonymous mode: nothing is shown that rests on fewer than five answered cells (METHOD §6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import AS_OF, engagement, says
from tests.unit.test_findings import OMS, PEOPLE, RULES, answer, decide
from workbook.scoring import evaluate
from workbook.scoring.disclosure import Disclosure
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
