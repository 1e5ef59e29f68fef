"""METHOD §5: who is asked to act on a finding, and that nobody appoints or judges themselves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import area, engagement, focal_point, rules
from workbook.model.evaluation import Asked, Finding
from workbook.model.framework import Severity
from workbook.scoring.assignees import Assignee, Assignees
from workbook.scoring.encode import read_engagement

RULES = rules(
    areas=[
        area("x", [focal_point(key) for key in ("f1", "f2", "f5")], []),
        area("t", [focal_point("f3", sponsor=True), focal_point("f4", kind="seat")], []),
    ],
    gates=[],
)
SMALL = {"name": "S", "profile": "small", "business_models": ["b2c"]}
PERSON, NOBODY = Asked.PERSON, Asked.TO_BE_NAMED


def asked(role: str, about: str, owners: dict[str, Any], **facts: Any) -> tuple[Any, ...]:
    """Who acts on a finding about a focal point, or an area, where these own what there is."""
    decisions = [
        {"focal_point": key, "deputy": "none", **({"owner": o} if isinstance(o, str) else o)}
        for key, o in owners.items()
    ]
    whole = engagement(decisions=decisions, nominations=[], answers=[], **facts)
    people = Assignees.of(read_engagement(RULES, whole))
    focal = about if about in RULES.places() else None
    where = RULES.places()[about][0].key if focal else about
    return tuple(people.asked(role, Finding("k", Severity.HIGH, where, focal_point=focal)))


DECLINED = {"owner": "ana", "acceptance": {"state": "declined", "on": "2026-11-01"}}
ALL = {"f1": "ana", "f2": "ana", "f3": "dee"}
CASES = [
    ("owner", "f1", ALL, (PERSON, "ana", None)),
    ("owner", "f2", {"f1": "ana", "f2": "eve"}, (PERSON, "eve", None)),
    # Whoever owns most of an area leads it, if their title fits and nobody owns as much.
    ("area_lead", "x", ALL, (PERSON, "ana", None)),
    ("area_lead", "x", {"f1": "eve", "f2": "ana", "f5": "ana"}, (PERSON, "ana", None)),
    ("area_lead", "f2", {"f1": "ana", "f2": "eve", "f5": "ana"}, (PERSON, "ana", None)),
    ("area_lead", "x", {"f1": "ana", "f2": "eve", "f3": "dee"}, (NOBODY, None, "dee")),
    ("area_lead", "x", {"f1": "eve", "f2": "eve", "f3": "dee"}, (NOBODY, None, "dee")),
    ("area_lead", "x", {"f1": "eve", "f2": "eve"}, (NOBODY, None, None)),
    ("owner", "f1", {"f2": "ana"}, (PERSON, "ana", None)),
    # Outsiders and who has declined are never asked.
    ("owner", "f1", {"f1": "cy"}, (NOBODY, None, None)),
    ("owner", "f1", {"f1": DECLINED}, (NOBODY, None, None)),
    ("sponsor", "x", ALL, (PERSON, "dee", None)),
    ("sponsor", "x", {"f1": "ana"}, (Asked.C_SUITE, None, None)),
    ("facilitator", "f1", ALL, (Asked.FACILITATOR, None, None)),
    ("facilitator", "x", ALL, (Asked.FACILITATOR, None, None)),
    ("facilitator", "f4", ALL, (PERSON, "dee", None)),
    # Nobody appoints themselves, nor judges whether they fit.
    ("facilitator", "f3", ALL, (Asked.C_SUITE, None, None)),
    ("area_lead", "f3", ALL, (Asked.C_SUITE, None, None)),
    ("owner", "f3", ALL, (PERSON, "dee", None)),
    ("area_lead", "f4", {**ALL, "f4": "ana"}, (PERSON, "dee", None)),
    ("area_lead", "t", ALL, (PERSON, "dee", None)),
    ("area_lead", "t", {"f4": "dee"}, (Asked.C_SUITE, None, None)),
]


@pytest.mark.parametrize(("role", "about", "owners", "assignee"), CASES)
def test_who_is_asked(role: str, about: str, owners: dict[str, Any], assignee: Any) -> None:
    assert asked(role, about, owners) == tuple(Assignee(*assignee))


def test_where_titles_do_not_count_whoever_owns_most_leads() -> None:
    owners = {"f1": "eve", "f2": "eve"}
    assert asked("area_lead", "x", owners, organisation=SMALL) == (PERSON, "eve", None)
