"""What findings rest on: whose answers, how many of them, and what does not raise them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.small import AS_OF, area, focal_point, person, rules, says
from tests.unit.test_findings import (
    ACCEPTED,
    MONTHLY,
    OMS,
    PEOPLE,
    RAISED,
    RULES,
    answer,
    asked,
    decide,
    decisions,
    found,
    kinds,
    nominations,
    votes,
)
from workbook.model.evaluation import Finding
from workbook.model.framework import Framework
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.encode import read_engagement
from workbook.scoring.findings.people import area_leads

KINDS_OF_EVIDENCE = {"nomination", "decision", "answer", "person", "scope", "count"}


@pytest.mark.parametrize(("kind", "raising", "_harmless"), RAISED)
def test_a_finding_rests_on_evidence_of_a_known_kind(
    kind: str, raising: dict[str, Any], _harmless: Any
) -> None:
    one = next(finding for finding in found(**raising) if finding.kind == kind)
    assert one.evidence
    assert {fact.kind for fact in one.evidence} <= KINDS_OF_EVIDENCE


def raised(kind: str, **changes: Any) -> list[Finding]:
    return [finding for finding in found(**changes) if finding.kind == kind]


def voices(finding: Finding) -> list[str | None]:
    """Whose answers the evidence holds."""
    return [fact.respondent for fact in finding.evidence]


def test_of_one_severity_what_is_about_no_subject_comes_first_then_the_frameworks_order() -> None:
    """In x the focal points stand before the question, and x before t; keys have no say."""
    said = decisions(*(decide(f, "nobody") for f in ("f3", "f4", "f1")))
    lead = decisions(*said["decisions"], *(decide(f, "nobody") for f in ("f2", "f5")))
    ordered = found(**lead, answers=[answer("day_one", "no")])
    assert [f.focal_point or f.question for f in ordered] == [
        *("f1", "f2", "f4", "day_one"),
        *("f3", "f5"),
    ]
    owned = decisions(*(decide(f, "ana", "none") for f in ("f1", "f2", "f4")))
    assert next(f.kind for f in found(**owned)) == "single_person_dependency"


# What was answered


def respondents_said(question: str, *values: Any) -> list[dict[str, Any]]:
    return [
        {"question": question, "respondent": f"r{n}", "value": value}
        for n, value in enumerate(values, start=1)
    ]


@pytest.mark.parametrize(
    ("values", "evidence"),
    [
        (("no", "no", "half"), ["r1", "r2"]),
        (("half", "no", "half"), None),
        (("half", "no"), ["r2"]),
        (("full", "no", "half"), ["r2"]),
    ],
)
def test_a_question_comes_to_what_most_answered_and_of_two_as_frequent_to_the_worse(
    values: tuple[str, ...], evidence: list[str] | None
) -> None:
    """The finding rests on the voices that gave this answer alone."""
    one = raised("it_not_from_day_one", answers=respondents_said("day_one", *values))
    assert [voices(finding) for finding in one] == ([evidence] if evidence else [])


def test_of_two_outcomes_worth_as_much_the_first_by_name_stands() -> None:
    """A calendar without dates and one that stops are both worth nothing."""
    both = respondents_said("calendar", MONTHLY[:4], [])
    assert kinds(answers=[answer("cadence", "full"), *both]) == {"checkpoints_not_planned"}


def test_what_nobody_answered_rests_on_just_that() -> None:
    (one,) = raised("back_office_date_missing", **OMS)
    (fact,) = one.evidence
    assert (fact.kind, fact.question, fact.focal_point) == ("answer", "ready", "oms")
    assert (fact.respondent, fact.value, one.cells) == (None, "missing", None)


def test_a_question_that_is_ruled_out_raises_nothing() -> None:
    ruling = {"question": "ready", "subject": "oms", "state": "not_applicable", "reason": "x"}
    late = respondents_said("ready", "2027-06-02")
    assert kinds(**OMS, answers=[ruling, *({**one, "subject": "oms"} for one in late)]) == set()


def test_a_finding_counts_the_voices_for_whom_the_question_does_not_arise() -> None:
    """Of three, one says that there is no cadence, so that a calendar has nothing to cover."""
    said = [
        *respondents_said("cadence", "no", "full", "full"),
        *respondents_said("calendar", None, [], [])[1:],
    ]
    (one,) = raised("checkpoints_not_planned", answers=said)
    assert (voices(one), one.count, one.total, one.cells) == (["r2", "r3"], 2, 3, 3)


def test_a_calendar_without_checkpoints_is_open_from_the_start_of_the_programme() -> None:
    (one,) = raised(
        "checkpoints_not_planned", answers=[answer("cadence", "full"), answer("calendar", [])]
    )
    assert one.date == dt.date(2026, 9, 1)
    assert one.days == (dt.date(2027, 6, 1) - one.date).days


def test_of_several_gaps_between_checkpoints_the_widest_is_told() -> None:
    days = [*MONTHLY[:1], *MONTHLY[2:4], *MONTHLY[6:]]
    (one,) = raised(
        "checkpoints_gap", answers=[answer("cadence", "full"), answer("calendar", days)]
    )
    assert (one.date, one.days) == (dt.date(2027, 1, 1), 90)


def test_a_framework_that_knows_no_empty_calendar_says_that_it_stops() -> None:
    written = RULES.framework.model_dump(mode="json")
    del written["areas"][2]["questions"][1]["findings"]["none"]
    older = in_force(Framework.model_validate(written))
    empty = asked(answers=[answer("cadence", "full"), answer("calendar", [])])
    kinds_raised = {finding.kind for finding in evaluate(older, empty, AS_OF).findings}
    assert kinds_raised == {"checkpoints_stop"}


def test_what_nobody_answered_counts_those_who_said_that_they_do_not_know() -> None:
    """Of whoever does not know, a few tell as much as of whoever does."""
    written = RULES.framework.model_dump(mode="json")
    written["areas"][0]["questions"][0]["findings"]["unknown"] = "it_not_from_day_one"
    asking = in_force(Framework.model_validate(written))
    unsure = [{"question": "day_one", "respondent": f"r{n}", "state": "unknown"} for n in (1, 2)]
    told = evaluate(asking, asked(answers=unsure), AS_OF).findings
    (one,) = (finding for finding in told if finding.kind == "it_not_from_day_one")
    assert (one.cells, one.total) == (2, 0)


@pytest.mark.parametrize(
    ("decision", "count"),
    [({"state": "unknown"}, 1), ({"responsible": ["ana"]}, None)],
)
def test_a_decision_that_the_team_does_not_know_is_an_unknown(
    decision: dict[str, Any], count: int | None
) -> None:
    one = raised("many_unknowns", **decisions({"focal_point": "f1", **decision}))
    assert [finding.count for finding in one] == ([count] if count else [])


# Who owns a subject


def test_an_orphan_rests_on_those_who_said_so() -> None:
    (one,) = raised("orphan", **nominations(votes("f1", "nobody", "nobody", "nobody", "ana")))
    assert (voices(one), one.count, one.total) == (["r1", "r2", "r3"], 3, 4)


def test_a_row_without_the_a_of_a_matrix_meant_to_be_complete_says_nobody() -> None:
    row = votes("f1", "ana", "ana", "eve", role="R")
    (one,) = raised("orphan", **nominations(row), matrix_complete=True)
    assert {fact.party for fact in one.evidence} == {"nobody"}


def test_several_of_whom_one_is_a_team_are_several_and_no_team_without_a_lead() -> None:
    both = kinds(**nominations(votes("f1", "loose"), votes("f1", "max")))
    assert "several_accountable" in both
    assert "team_without_lead" not in both


def test_of_voices_as_frequent_the_first_by_name_is_told_first() -> None:
    (one,) = raised("contested", **nominations(votes("f1", "eve", "eve", "ana", "ana")))
    assert one.parties == ("ana", "eve")


def test_the_owner_is_whoever_most_name_and_not_the_first_by_name() -> None:
    """The finding rests on those who name eve, and not on whoever names ana."""
    said = nominations(votes("f1", "ana", "eve", "eve", "eve", deputy="none"))
    (one,) = raised("no_deputy", **said)
    assert (one.parties, voices(one), one.cells) == (("eve",), ["r2", "r3", "r4"], 3)


def test_a_decision_without_a_deputy_has_none_and_voices_that_do_not_say_leave_it_open() -> None:
    assert "no_deputy" in kinds(**decisions(decide("f1", "ana", None)))
    assert "no_deputy" not in kinds(**nominations(votes("f1", *["ana"] * 4)))


def test_who_names_somebody_else_does_not_say_that_the_owner_stands_in_for_themselves() -> None:
    most = votes("f1", "ana", "ana", "ana", deputy="none")
    other = says("r4", "f1", "eve", deputy="ana")
    assert {"no_deputy"} == kinds(**nominations(most, [other])) & {"no_deputy", "deputy_is_owner"}
    own = says("r4", "f1", "ana", deputy="ana")
    assert "deputy_is_owner" in kinds(**nominations(most, [own]))


# Who holds how much


R5 = {"respondents": [{"id": f"r{n}"} for n in range(1, 6)]}


def test_one_lead_of_two_areas_rests_on_the_fewest_voices_about_what_they_hold_there() -> None:
    """What they hold elsewhere, and what others hold, says nothing of it."""
    counts = {"f1": 4, "f2": 5, "f3": 4, "f5": 5, "money": 3}
    said = nominations(*(votes(f, *["ana"] * count) for f, count in counts.items()))
    (one,) = raised("same_lead_in_areas", **R5, **said)
    assert (one.parties, one.count, one.total, one.cells) == (("ana",), 2, 3, 4)
    assert [fact.value for fact in one.evidence] == ["x", "t"]


@pytest.mark.parametrize(
    ("owners", "lead"),
    [
        ("eve ana eve ana eve", "eve"),
        ("eve ana eve ana max", "ana"),
        ("max max ana eve out", "max"),
        ("max ana eve out cy", None),
    ],
)
def test_whoever_holds_most_of_an_area_leads_it_from_two_subjects_on(
    owners: str, lead: str | None
) -> None:
    keys = [f"f{n}" for n in range(5)]
    wide = rules(areas=[area("x", [focal_point(key) for key in keys], [])], gates=[])
    decided = [decide(key, owner) for key, owner in zip(keys, owners.split(), strict=True)]
    one = asked(decisions=decided, people=[*PEOPLE, person("cy")])
    assert area_leads(read_engagement(wide, one)) == ({"x": lead} if lead else {})


# Roles


def test_a_decided_subject_of_which_nobody_does_the_work_is_told_where_others_name_somebody() -> (
    None
):
    worked, idle = decide("f1", "ana", responsible=["eve"]), decide("f2", "ana")
    told = raised("nobody_responsible", **decisions(worked, idle))
    assert [finding.focal_point for finding in told] == ["f2"]
    nobody = decide("f2", "nobody")
    assert raised("nobody_responsible", **decisions(worked, nobody)) == []


def test_nobody_need_work_on_a_seat() -> None:
    written = RULES.framework.model_dump(mode="json")
    written["areas"][0]["focal_points"][1]["kind"] = "seat"
    seated = in_force(Framework.model_validate(written))
    one = asked(**decisions(decide("f1", "ana", responsible=["eve"]), decide("f2", "ana")))
    kinds_raised = {finding.kind for finding in evaluate(seated, one, AS_OF).findings}
    assert "nobody_responsible" not in kinds_raised


def test_who_accepted_is_not_told_with_those_who_have_not_answered() -> None:
    told = raised(
        "role_not_accepted", **decisions(decide("f1", "ana", **ACCEPTED), decide("f2", "ana"))
    )
    assert [finding.focal_point for finding in told] == ["f2"]
    assert [fact.value for fact in told[0].evidence] == ["missing"]
    nobody = decisions(decide("f1", "ana", **ACCEPTED), decide("f2", "nobody"))
    assert raised("role_not_accepted", **nobody) == []


@pytest.mark.parametrize(
    "besides",
    [
        [says(f"r{n}", "f1", "eve", role="R", confidence="guess") for n in (1, 2, 3)],
        [says("r4", "f1", confidence="guess")],
    ],
)
def test_only_how_sure_people_are_of_who_is_accountable_counts(
    besides: list[dict[str, Any]],
) -> None:
    """Not of who does the work, nor of somebody whom they do not name."""
    sure = votes("f1", "ana", "ana", "ana", confidence="certain")
    assert "low_confidence" not in kinds(**nominations(sure, besides))
    guess = votes("f1", "ana", "ana", confidence="guess")
    (one,) = raised("low_confidence", **nominations(guess, sure[2:], besides))
    assert (one.count, one.total, one.cells) == (2, 3, 3)
