"""Each finding as a table: what raises it, and the nearest thing that does not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.small import (
    AS_OF,
    area,
    engagement,
    focal_point,
    person,
    question,
    rules,
    says,
    text,
)
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Finding
from workbook.model.framework import Framework
from workbook.model.rules import in_force
from workbook.scoring import evaluate

KINDS = [
    "orphan",
    "contested",
    "several_accountable",
    "nobody_responsible",
    "team_without_lead",
    "vacant",
    "outside_without_inside",
    "no_deputy",
    "deputy_is_owner",
    "title_does_not_fit",
    "overloaded",
    "single_person_dependency",
    "too_many_roles",
    "unconfirmed_self_nomination",
    "it_not_from_day_one",
    "back_office_date_late",
    "back_office_date_missing",
    "system_without_owner",
    "no_sponsor",
    "sponsor_outside_c_suite",
    "seat_not_supporting",
    "no_checkpoints",
    "checkpoints_not_planned",
    "checkpoints_stop",
    "checkpoints_gap",
    "role_not_accepted",
    "role_declined",
    "stale_ownership",
    "low_confidence",
    "many_unknowns",
    "same_lead_in_areas",
]

RULES = rules(
    gates=[],
    areas=[
        area(
            "x",
            [focal_point("f1"), focal_point("f2"), focal_point("f4")],
            [question("day_one", findings={"no": "it_not_from_day_one"})],
        ),
        area(
            "t",
            [
                focal_point("f3"),
                focal_point("f5"),
                focal_point("oms", kind="system", scope="systems"),
            ],
            [
                question(
                    "ready",
                    kind="date",
                    options=[],
                    per="systems",
                    findings={
                        "late": "back_office_date_late",
                        "missing": "back_office_date_missing",
                    },
                )
            ],
        ),
        area(
            "s",
            [focal_point("money", sponsor=True)],
            [
                question("cadence", findings={"no": "no_checkpoints"}),
                question(
                    "calendar",
                    kind="dates",
                    options=[],
                    parent={"question": "cadence", "options": ["half", "full"]},
                    findings={
                        "none": "checkpoints_not_planned",
                        "stops": "checkpoints_stop",
                        "gap": "checkpoints_gap",
                    },
                ),
            ],
        ),
    ],
    findings={
        kind: {"title": text(kind), "explanation": text(kind), "severity": "medium", "source": "s"}
        for kind in KINDS
    },
    thresholds={"overloaded_focal_points": 3},
)
PEOPLE = [
    person("ana", "tx"),
    person("eve", "other"),
    person("out", "tx", inside=False),
    {**person("max", "boss"), "seat": "ceo"},
]
R4 = [{"id": f"r{n}"} for n in range(1, 5)]


def asked(**changes: Any) -> Engagement:
    """Four respondents of whom nobody has said anything, unless changed."""
    blank: dict[str, Any] = {
        "people": PEOPLE,
        "teams": [{"id": "loose", "name": "Loose"}],
        "respondents": R4,
        "nominations": [],
        "answers": [],
        "decisions": [],
    }
    return engagement(**{**blank, **changes})


def found(**changes: Any) -> list[Finding]:
    one = asked(**changes)
    return list(evaluate(in_force(RULES.framework, one.overlay), one, AS_OF).findings)


def kinds(**changes: Any) -> set[str]:
    return {finding.kind for finding in found(**changes)}


def votes(about: str, *parties: str | None, **facts: Any) -> list[dict[str, Any]]:
    return [says(f"r{n}", about, party, **facts) for n, party in enumerate(parties, start=1)]


def decide(about: str, owner: str, deputy: str | None = "eve", **facts: Any) -> dict[str, Any]:
    return {"focal_point": about, "owner": owner, "deputy": deputy, **facts}


def decisions(*made: dict[str, Any]) -> dict[str, Any]:
    return {"decisions": list(made)}


def nominations(*said: list[dict[str, Any]]) -> dict[str, Any]:
    return {"nominations": [one for row in said for one in row]}


def answer(key: str, value: Any, subject: str | None = None) -> dict[str, Any]:
    return {"question": key, "value": value, "subject": subject}


OMS = {"scope": {"systems": ["oms"]}}
ACCEPTED = {"acceptance": {"state": "accepted"}}
MONTHLY = [f"2026-{month}-01" for month in (10, 11, 12)] + [f"2027-0{m}-01" for m in range(1, 7)]

RAISED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # kind, what raises it, what does not
    (
        "orphan",
        nominations(votes("f1", *["nobody"] * 4)),
        nominations(votes("f1", "nobody", "ana")),
    ),
    ("orphan", decisions(decide("f1", "nobody")), nominations(votes("f1", None, None))),
    ("vacant", decisions(decide("f1", "vacant")), decisions(decide("f1", "nobody"))),
    (
        "system_without_owner",
        OMS | nominations(votes("oms", "nobody", "nobody", "nobody")),
        nominations(votes("oms", "nobody", "nobody", "nobody")),
    ),
    ("no_sponsor", decisions(decide("money", "nobody")), decisions(decide("money", "max"))),
    (
        "sponsor_outside_c_suite",
        decisions(decide("money", "ana")),
        decisions(decide("money", "max")),
    ),
    (
        "contested",
        nominations(votes("f1", "ana", "ana", "eve")),
        nominations(votes("f1", "ana", "ana", "ana", "eve")),
    ),
    (
        "contested",
        nominations(votes("f1", "ana", "eve", "max")),
        nominations(votes("f1", "ana", "eve", "max")) | decisions(decide("f1", "ana")),
    ),
    (
        "overloaded",
        nominations(*(votes(f, *["ana"] * 4) for f in ("f1", "f2", "f4", "f3"))),
        nominations(
            *(votes(f, "loose", "loose", "loose", "ana") for f in ("f1", "f2", "f4", "f3"))
        ),
    ),
    (
        "several_accountable",
        nominations(votes("f1", "ana"), votes("f1", "eve")),
        nominations(votes("f1", "ana"), votes("f2", "eve")),
    ),
    (
        "nobody_responsible",
        nominations(votes("f1", "ana"), votes("f2", "ana"), votes("f2", "eve", role="R")),
        nominations(votes("f1", "ana"), votes("f2", "ana")),
    ),
    ("team_without_lead", decisions(decide("f1", "loose")), decisions(decide("f1", "ana"))),
    (
        "outside_without_inside",
        decisions(decide("f1", "out", "none")),
        decisions(decide("f1", "out", "ana")),
    ),
    (
        "outside_without_inside",
        decisions(decide("f1", "out", None)),
        nominations(votes("f1", "out", "out", "out")),
    ),
    (
        "no_deputy",
        nominations(
            votes("f1", "ana", deputy="eve"), votes("f1", None, "ana", "ana", deputy="none")
        ),
        nominations(
            votes("f1", "ana", deputy="none"), votes("f1", None, "ana", "ana", deputy="eve")
        ),
    ),
    ("no_deputy", decisions(decide("f1", "ana", "none")), decisions(decide("f1", "ana", "eve"))),
    (
        "deputy_is_owner",
        decisions(decide("f1", "ana", "ana")),
        decisions(decide("f1", "ana", "none")),
    ),
    (
        "title_does_not_fit",
        decisions(decide("f1", "eve", "ana")),
        decisions(decide("f1", "eve", "ana", title_reason="proven")),
    ),
    (
        "overloaded",
        decisions(*(decide(f, "ana") for f in ("f1", "f2", "f4", "f3"))),
        decisions(*(decide(f, "ana") for f in ("f1", "f2", "f4"))),
    ),
    (
        "single_person_dependency",
        decisions(*(decide(f, "ana", "none") for f in ("f1", "f2", "f4"))),
        decisions(decide("f1", "ana"), *(decide(f, "ana", "none") for f in ("f2", "f4"))),
    ),
    (
        "same_lead_in_areas",
        decisions(*(decide(f, "ana") for f in ("f1", "f2", "f3", "f5"))),
        decisions(*(decide(f, "ana") for f in ("f1", "f2", "f3")), decide("f5", "max")),
    ),
    (
        "too_many_roles",
        decisions(decide("f1", "ana", responsible=["ana"], consulted=["ana"])),
        decisions(decide("f1", "ana", responsible=["ana"], consulted=["eve"])),
    ),
    (
        "unconfirmed_self_nomination",
        {"respondents": [{"id": "r1", "person": "ana"}, *R4[1:]]}
        | nominations(votes("f1", "ana", "eve", "eve")),
        {"respondents": [{"id": "r1", "person": "ana"}, *R4[1:]]}
        | nominations(votes("f1", "ana", "ana", "eve")),
    ),
    (
        "it_not_from_day_one",
        {"answers": [answer("day_one", "no")]},
        {"answers": [answer("day_one", "half")]},
    ),
    (
        "back_office_date_late",
        OMS | {"answers": [answer("ready", "2027-06-02", "oms")]},
        OMS | {"answers": [answer("ready", "2027-06-01", "oms")]},
    ),
    ("back_office_date_missing", OMS, OMS | {"answers": [answer("ready", "2027-06-02", "oms")]}),
    (
        "no_checkpoints",
        {"answers": [answer("cadence", "no")]},
        {"answers": [answer("cadence", "half")]},
    ),
    (
        "checkpoints_not_planned",
        {"answers": [answer("cadence", "full"), answer("calendar", [])]},
        {"answers": [answer("cadence", "full"), answer("calendar", MONTHLY[:1])]},
    ),
    (
        "checkpoints_not_planned",  # a meeting after go-live counts nothing
        {"answers": [answer("cadence", "full"), answer("calendar", ["2027-07-01"])]},
        {"answers": [answer("cadence", "full"), answer("calendar", ["2027-06-01"])]},
    ),
    (
        "checkpoints_stop",
        {"answers": [answer("cadence", "full"), answer("calendar", MONTHLY[:4])]},
        {"answers": [answer("cadence", "no"), answer("calendar", MONTHLY[:4])]},
    ),
    (
        "checkpoints_gap",
        {"answers": [answer("cadence", "full"), answer("calendar", [MONTHLY[0], *MONTHLY[4:]])]},
        {"answers": [answer("cadence", "full"), answer("calendar", MONTHLY)]},
    ),
    (
        "role_not_accepted",
        decisions(decide("f1", "ana", **ACCEPTED), decide("f2", "ana")),
        decisions(decide("f1", "ana"), decide("f2", "ana")),
    ),
    (
        "role_declined",
        decisions(decide("f1", "ana", acceptance={"state": "declined"})),
        decisions(decide("f1", "ana", acceptance={"state": "pending"})),
    ),
    (
        "role_not_accepted",
        decisions(decide("f1", "ana", acceptance={"state": "pending"})),
        decisions(decide("f1", "ana", acceptance={"state": "declined"})),
    ),
    (
        "stale_ownership",
        decisions(decide("f1", "ana", decided_on=str(AS_OF - dt.timedelta(days=181)))),
        decisions(decide("f1", "ana", decided_on=str(AS_OF - dt.timedelta(days=180)))),
    ),
    (
        "stale_ownership",
        decisions(decide("f1", "ana", decided_on="2026-05-26")),
        decisions(decide("f1", "ana", decided_on="2026-05-26", confirmed_on="2026-11-01")),
    ),
    (
        "low_confidence",
        nominations(
            [
                *votes("f1", "ana", "ana", confidence="guess"),
                says("r3", "f1", "ana", confidence="certain"),
            ]
        ),
        nominations(votes("f1", "ana", "ana", confidence="guess")),
    ),
    (
        "many_unknowns",
        nominations(votes("f1", None, None, "ana")),
        nominations(votes("f1", None, None, "ana")) | decisions(decide("f1", "ana")),
    ),
    (
        "many_unknowns",
        nominations(votes("f1", None, "ana", "ana")),
        nominations(votes("f1", None, "ana", "ana", "ana")),
    ),
]


@pytest.mark.parametrize(("kind", "raising", "harmless"), RAISED)
def test_a_finding_is_raised_by_what_it_names_and_not_by_its_neighbour(
    kind: str, raising: dict[str, Any], harmless: dict[str, Any]
) -> None:
    assert kind in kinds(**raising)
    assert kind not in kinds(**harmless)


def test_voices_on_a_decided_subject_leave_the_count_of_unknowns_and_its_divisor() -> None:
    doubtful = nominations(votes("f1", None, None, "ana", "ana"), votes("f2", *["eve"] * 4))
    assert "many_unknowns" not in kinds(**doubtful)  # two of eight, and the limit is 0.3
    assert "many_unknowns" in kinds(**doubtful, **decisions(decide("f2", "eve")))  # two of four
    assert "many_unknowns" not in kinds(**doubtful, **decisions(decide("f1", "ana")))


SMALL: Any = {"organisation": {"name": "S", "profile": "small", "business_models": ["b2c"]}}


@pytest.mark.parametrize("owner", ["eve", "ana"])
def test_a_small_organisation_may_let_one_person_own_everything(owner: str) -> None:
    other = "ana" if owner == "eve" else "eve"
    everything = decisions(
        *(decide(f, owner, other) for f in ("f1", "f2", "f3", "f4", "f5", "money"))
    )
    raised = kinds(**everything, **SMALL)
    assert raised <= {"sponsor_outside_c_suite", "many_unknowns"}


def test_a_date_that_is_not_known_is_no_late_date() -> None:
    unknown = {"answers": [{"question": "ready", "subject": "oms", "state": "unknown"}]}
    assert not {"back_office_date_late", "back_office_date_missing"} & kinds(**OMS, **unknown)


def test_a_finding_carries_its_evidence() -> None:
    split = next(
        f for f in found(**nominations(votes("f1", "ana", "ana", "eve"))) if f.kind == "contested"
    )
    assert (split.parties, split.count, split.total) == (("ana", "eve"), 2, 3)
    assert [(e.respondent, e.party) for e in split.evidence] == [
        ("r1", "ana"),
        ("r2", "ana"),
        ("r3", "eve"),
    ]


def test_whoever_disagrees_by_saying_nobody_is_named_among_the_answers() -> None:
    said = nominations(votes("f1", "nobody", "nobody", "ana"))
    split = next(f for f in found(**said) if f.kind == "contested")
    assert (split.parties, split.count, split.total) == (("nobody", "ana"), 2, 3)


def test_where_voices_are_divided_on_the_deputy_there_is_none() -> None:
    divided = [says(f"r{n}", "f1", "ana", deputy=("eve", "none")[n % 2]) for n in range(1, 5)]
    assert "no_deputy" in kinds(**nominations(divided))


def test_a_decision_made_on_a_guess_is_of_low_confidence() -> None:
    assert "low_confidence" in kinds(**decisions(decide("f1", "ana", confidence="guess")))
    assert "low_confidence" not in kinds(**decisions(decide("f1", "ana", confidence="certain")))
    sure = nominations(votes("f1", "ana", "ana", "ana", confidence="guess"))
    decided = decisions(decide("f1", "ana", confidence="certain"))
    assert "low_confidence" not in kinds(**sure, **decided)


@pytest.mark.parametrize(
    ("share", "unknown", "voices", "raised"),
    [(0.3, 3, 10, True), (0.3, 2, 10, False), (0.55, 55, 100, True), (0.55, 54, 100, False)],
)
def test_a_limit_is_reached_by_its_share_itself(
    share: float, unknown: int, voices: int, *, raised: bool
) -> None:
    """0.55 of 100 is 55.00000000000001 to a computer, and yet 55 reach it."""
    said = [says(f"r{n}", "f1", "ana" if n >= unknown else None) for n in range(voices)]
    asked = {"respondents": [{"id": f"r{n}"} for n in range(voices)]}
    limits = {"overlay": {"thresholds": {"unknown_share": share}}}
    assert ("many_unknowns" in kinds(**asked, **limits, **nominations(said))) == raised


@pytest.mark.parametrize(
    ("kind", "raising"),
    [
        ("orphan", votes("f1", "nobody", "nobody", "nobody", "ana")),
        ("vacant", votes("f1", "vacant", "vacant", "nobody", "nobody")),
        (
            "low_confidence",
            [
                *(says(f"r{n}", "f1", "ana", confidence="guess") for n in (1, 2)),
                *(says(f"r{n}", "f1", "ana", confidence="certain") for n in (3, 4)),
            ],
        ),
    ],
)
def test_voices_that_just_reach_a_share_raise_its_finding(
    kind: str, raising: list[dict[str, Any]]
) -> None:
    assert kind in kinds(**nominations(raising))


@pytest.mark.parametrize("programme", [{"go_live": "2026-06-01"}, {"go_live": "2027-06-01"}])
def test_an_empty_calendar_counts_no_days_below_none(programme: dict[str, str]) -> None:
    """Go-live may lie behind us, and the programme may not say when it starts."""
    empty = {"answers": [answer("cadence", "full"), answer("calendar", [])]}
    finding = next(
        f for f in found(**empty, programme=programme) if f.kind == "checkpoints_not_planned"
    )
    assert finding.days is not None
    assert finding.days >= 0


def test_the_evidence_of_an_answer_says_what_was_answered_by_whom() -> None:
    said = [{"question": "day_one", "respondent": f"r{n}", "value": "no"} for n in (1, 2)]
    raised = next(f for f in found(answers=said) if f.kind == "it_not_from_day_one")
    assert [(e.respondent, e.value) for e in raised.evidence] == [("r1", "no"), ("r2", "no")]


def test_a_date_is_late_from_the_day_that_was_needed_not_from_go_live() -> None:
    """With two weeks of margin a system may be late and yet come before go-live on 1 June."""
    written = RULES.framework.model_dump(mode="json")
    written["areas"][1]["questions"][0]["margin_days"] = 14
    rules = in_force(Framework.model_validate(written))
    ready = {"answers": [answer("ready", "2027-05-20", "oms")], "nominations": []}
    raised = evaluate(rules, engagement(**OMS, **ready, decisions=[]), AS_OF).findings
    late = next(f for f in raised if f.kind == "back_office_date_late")
    assert late.days == 2


@pytest.mark.parametrize(
    ("person_says", "title", "title_key"),
    [
        ({"title": "Gardener", "title_key": "other"}, "Gardener", "other"),
        ({"title_key": "other"}, None, "other"),
        ({"title": "Job other"}, "Job other", None),
    ],
)
def test_a_title_that_does_not_fit_is_told_as_written_or_by_the_title_that_overrules_it(
    person_says: Any, title: str | None, title_key: str | None
) -> None:
    people = [{"id": "eve", "name": "Eve", **person_says}]
    raised = found(people=people, **decisions(decide("f1", "eve")))
    one = next(f for f in raised if f.kind == "title_does_not_fit")
    assert (one.title, one.title_key) == (title, title_key)


def test_the_most_severe_comes_first_then_the_order_of_the_framework() -> None:
    said = decisions(decide("f2", "nobody"), decide("f1", "ana", "none"), decide("f4", "nobody"))
    ordered = [(f.kind, f.focal_point) for f in found(**said)]
    assert ordered == [("no_deputy", "f1"), ("orphan", "f2"), ("orphan", "f4")]


def test_every_kind_has_a_row() -> None:
    same_rule_as_other_answers = {"seat_not_supporting"}
    assert {kind for kind, _, _ in RAISED} == set(KINDS) - same_rule_as_other_answers


GONE = {"respondents": [*R4[:3], {"id": "r4", "withdrawn": True}]}
LOOSE_MOST = votes("f1", "loose", "loose", "loose", "ana")


def test_a_team_without_a_lead_that_most_name_leaves_nobody_the_owner() -> None:
    kinds_raised = kinds(**nominations(LOOSE_MOST))
    assert "team_without_lead" in kinds_raised
    assert not {"no_deputy", "title_does_not_fit", "contested", "orphan"} & kinds_raised


SURE = [
    says("r1", "f1", "ana", confidence="guess"),
    says("r2", "f1", "ana", confidence="certain"),
    says("r3", "f1", "ana", confidence="certain"),
]


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        ("nobody_responsible", [says("r4", "f2", "eve", role="R")]),
        ("too_many_roles", [says("r4", "f1", "eve", role=role) for role in "ARC"]),
        ("low_confidence", [says("r4", "f1", "ana", confidence="guess")]),
    ],
)
def test_whoever_has_withdrawn_raises_nothing_more(kind: str, voice: list[dict[str, Any]]) -> None:
    assert kind in kinds(**nominations(SURE, voice))
    assert kind not in kinds(**nominations(SURE, voice), **GONE)


@pytest.mark.parametrize(
    ("title", "seat", "raised"),
    [
        ("Job boss", None, False),
        ("Job other", None, True),
        ("Job other", "ceo", False),
        ("Gardener", None, False),
        (None, None, False),
    ],
)
def test_a_sponsor_is_outside_the_c_suite_only_if_that_is_known(
    title: str | None, seat: str | None, *, raised: bool
) -> None:
    people = [{"id": "zoe", "name": "Zoe", "title": title, "seat": seat}, *PEOPLE]
    decided = decisions(decide("money", "zoe"))
    assert ("sponsor_outside_c_suite" in kinds(people=people, **decided)) == raised


def test_an_external_sponsor_has_no_seat() -> None:
    agency = {"externals": [{"id": "agency", "name": "Agency"}]}
    assert "sponsor_outside_c_suite" in kinds(**agency, **decisions(decide("money", "agency")))
