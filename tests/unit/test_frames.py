"""Frames and documents are one path: the same answers give the same scores to the last bit."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.small import (
    AS_OF,
    PEOPLE,
    WORKED_DECISIONS,
    WORKED_NOMINATIONS,
    engagement,
    focal_point,
    framework_doc,
    person,
    question,
    rules,
    says,
)
from workbook.errors import BadInput
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring import columns, evaluate, parties, tables
from workbook.scoring import frames as frames_module
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.portfolio import joined
from workbook.scoring.tables import frames_of, score_frames, score_portfolio
from workbook.scoring.values import value

AREAS = framework_doc()["areas"]
AREAS[1]["focal_points"] += [
    focal_point(key, kind="system", scope="systems") for key in ("oms", "erp")
]
AREAS[1]["questions"] += [
    question("ready", kind="date", options=[], per="systems"),
    question("cadence"),
    question(
        "calendar", kind="dates", options=[], parent={"question": "cadence", "options": ["full"]}
    ),
]
AREAS[0]["focal_points"] += [focal_point("trade", applies={"business_models": ["b2b"]})]
AREAS[0]["questions"] += [
    question("b2b", applies={"business_models": ["b2b"], "profiles": ["small"]})
]
TITLES = framework_doc()["titles"]
TITLES[0]["fits_when"] = {"profiles": ["large"]}
RULES: Rules = rules(areas=AREAS, titles=TITLES)
B2B: Any = {"name": "B", "profile": "small", "business_models": ["b2c", "b2b"]}
TEAMS = [{"id": "led", "name": "Led", "lead": "ana"}, {"id": "loose", "name": "Loose"}]
AGENCY = [{"id": "agency", "name": "Agency"}]

ENGAGEMENTS = [
    engagement(key="worked"),
    engagement(key="empty", nominations=[], answers=[], decisions=[], respondents=[]),
    engagement(key="small", organisation=B2B, scope={"systems": ["oms"]}),
    engagement(
        key="teams",
        teams=TEAMS,
        externals=AGENCY,
        nominations=[
            says("r1", "f1", "led", deputy="ana"),
            says("r2", "f1", "loose", deputy="eve"),
            says("r3", "f1", "agency", deputy="led"),
            says("r1", "f2", "ana"),
            says("r1", "f2", "eve"),
            {"respondent": "r2", "focal_point": "f2", "state": "not_applicable", "reason": "x"},
        ],
        decisions=[{"focal_point": "f3", "state": "not_applicable", "reason": "none here"}],
        people=[person("ana", "tx", inside=None), person("eve", "other", inside=False)],
    ),
    engagement(  # a team and its lead are one owner, whoever names both
        key="both",
        teams=TEAMS,
        nominations=[
            *(says("r1", "f2", party, deputy="eve") for party in ("led", "ana")),
            *(says("r2", "f2", party) for party in ("loose", "ana")),
            says("r3", "f2", "ana"),
            *(says("r3", "f3", party) for party in ("nobody", "bo")),
        ],
        decisions=[],
    ),
    engagement(
        key="answers",
        scope={"systems": ["oms", "erp"]},
        decisions=[*WORKED_DECISIONS, {"focal_point": "erp", "owner": "eve", "title_reason": "ok"}],
        answers=[
            {"question": "q2", "value": "full"},
            {"question": "ready", "subject": "oms", "value": "2027-05-01"},
            {"question": "ready", "subject": "erp", "value": "2027-07-01"},
            {"question": "cadence", "value": "no"},
            {"question": "calendar", "value": ["2027-01-01"]},
        ],
    ),
    engagement(  # live before its system is ready
        key="sooner",
        programme={"start": "2026-10-15", "go_live": "2027-04-01"},
        scope={"systems": ["oms"]},
        answers=[
            {"question": "ready", "subject": "oms", "value": "2027-05-01"},
            {"question": "calendar", "value": ["2026-10-01", "2027-03-15"]},
        ],
    ),
    engagement(
        key="calendar",
        nominations=WORKED_NOMINATIONS[:2],
        answers=[
            {"question": "calendar", "value": ["2026-10-01", "2027-05-25"]},
            {"question": "q1", "state": "not_applicable", "reason": "x"},
        ],
    ),
    engagement(
        key="areas",
        respondents=[{"id": "r1", "areas": ["x"]}, {"id": "r2", "areas": ["t"]}, {"id": "r3"}],
        nominations=[
            says("r2", "f1", "eve", deputy="ana"),  # who was not asked speaks all the same
            says("r3", "f2", "ana", on="2026-02-01", deputy="eve"),
            says("r3", "f2", "eve", on="2026-01-01", deputy="cy"),
            says("r3", "f3"),
        ],
        answers=[{"question": "calendar", "value": []}],
    ),
    engagement(  # what counts of several deputies, of a row without the A, and of a decision
        key="besides",
        people=[{**PEOPLE[1], "accepted_titles": [{"area": "x", "reason": "x"}]}, *PEOPLE[2:]],
        nominations=[
            *(says("r1", "f1", "eve", deputy=deputy) for deputy in ("none", "dee", "none")),
            says("r2", "f1", "eve"),
            says("r2", "f1", "eve", role="R", deputy="dee"),
            *(says("r3", "f1", "eve", deputy=deputy) for deputy in ("dee", "none")),
            says("r1", "f2", "cy", deputy="none"),
        ],
        decisions=[
            {"focal_point": "f1", "state": "unknown", "owner": "cy"},
            {"focal_point": "gone", "owner": "cy"},
        ],
    ),
]


@pytest.mark.parametrize("one", ENGAGEMENTS, ids=lambda one: one.key)
def test_a_row_of_the_table_is_the_evaluation(one: Engagement) -> None:
    table = score_frames(RULES, frames_of(RULES, ENGAGEMENTS))
    row, found = table.loc[one.key], evaluate(RULES, one, AS_OF)
    expected = (found.score.low, found.score.point, found.score.high)
    assert np.array_equal(
        row[["low", "point", "high"]].astype(float), np.array(expected, float), equal_nan=True
    )
    assert row["status"] == found.score.status
    assert found.level is not None
    assert (row["level_low"], row["level"] or None, row["level_high"]) == (
        found.level.low,
        found.level.level,
        found.level.high,
    )
    for area in found.areas:
        of_area = [row[f"{area.area}_{bound}"] for bound in ("low", "point", "high")]
        told = [area.score.low, area.score.point, area.score.high]
        assert np.array_equal(of_area, np.array(told, float), equal_nan=True)
    assert row["gate_g"] == (found.gates[0].state if found.gates else "")


def test_every_cell_of_the_frames_is_a_text_or_says_whether_somebody_is_inside() -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    for field in fields(frames):
        frame = getattr(frames, field.name).drop(columns="inside", errors="ignore")
        assert {type(cell) for cell in frame.to_numpy().ravel()} == {str}, field.name
    assert set(frames.parties["inside"]) == {True, False, None}


def test_what_does_not_apply_is_worth_nothing() -> None:
    read = [read_engagement(RULES, one) for one in ENGAGEMENTS]
    values = value(encode(RULES, read))
    assert not values.applicable.all()
    for numbers in (values.low, values.high):
        assert not numbers[~values.applicable].any()
    assert np.isnan(values.point[~values.applicable]).all()


def test_the_order_of_rows_is_free() -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    table = score_frames(RULES, frames)
    for name in ("nominations", "parties", "decisions", "answers"):
        shuffled = getattr(frames, name).sample(frac=1, random_state=7)
        frames = replace(frames, **{name: shuffled})
    assert score_frames(RULES, frames).equals(table)


@pytest.mark.parametrize(
    ("module", "limit", "value"),
    [
        (parties, "DENSE", 0),
        (columns, "DENSE", 0),
        (tables, "AT_ONCE", 2),
        (frames_module, "MANY", 0),
    ],
)
def test_how_much_is_read_at_once_changes_nothing(
    module: Any, limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    table = score_frames(RULES, frames)
    monkeypatch.setattr(module, limit, value)
    assert score_frames(RULES, frames).equals(table)


def test_every_unknown_key_is_named_with_the_nearest_valid_one() -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    frames.nominations.loc[0, "focal_point"] = "f11"
    frames.answers.loc[0, "question"] = "calender"
    with pytest.raises(BadInput) as refused:
        score_frames(RULES, frames)
    told = [(p.file, p.fix) for p in refused.value.problems]
    assert told == [
        ("frame nominations", "did you mean “f1”?"),
        ("frame answers", "did you mean “calendar”?"),
    ]


@pytest.mark.parametrize(
    ("frame", "column", "written", "nearest"),
    [
        ("engagements", "profile", "larges", "large"),
        ("nominations", "engagement", "workd", "worked"),
        ("nominations", "focal_point", "f22", "f2"),
        ("parties", "engagement", "workd", "worked"),
        ("decisions", "engagement", "workd", "worked"),
        ("decisions", "focal_point", "f33", "f3"),
        ("answers", "engagement", "workd", "worked"),
        ("answers", "question", "redy", "ready"),
    ],
)
def test_a_word_that_nobody_knows_is_told_with_its_frame_and_column(
    frame: str, column: str, written: str, nearest: str
) -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    getattr(frames, frame).loc[0, column] = written
    with pytest.raises(BadInput) as refused:
        score_frames(RULES, frames)
    problem = refused.value.problems[0]
    assert (problem.file, problem.path) == (f"frame {frame}", column)
    assert problem.message == f"unknown {column.replace('_', ' ')} “{written}”"
    assert problem.fix == f"did you mean “{nearest}”?"


def test_respondents_who_were_asked_and_have_no_row_are_silent_on_a_subject() -> None:
    """A frame may count them in place of giving each a row."""
    voices = [{"id": f"r{n}"} for n in range(1, 6)]  # more than the profile asks for
    said = [says("r1", "f2", "eve", deputy="none")]
    frames = frames_of(RULES, [engagement(key="asked", respondents=voices, nominations=said)])
    spoken = frames.nominations[frames.nominations["state"] != "unknown"]
    counted = frames.engagements.assign(respondents=len(voices))
    assert len(spoken) < len(frames.nominations)
    whole, short = (
        score_frames(RULES, replace(frames, engagements=facts, nominations=rows))
        for facts, rows in ((frames.engagements, frames.nominations), (counted, spoken))
    )
    assert short.equals(whole)


def test_days_may_be_times_and_an_answer_without_a_state_is_answered() -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    table = score_frames(RULES, frames)
    times = frames.engagements.assign(
        **{name: frames.engagements[name] + " 00:00:00" for name in ("go_live", "start")}
    )
    states = frames.answers["state"].replace("answered", "")
    assert "" in set(states)
    frames = replace(frames, engagements=times, answers=frames.answers.assign(state=states))
    assert score_frames(RULES, frames).equals(table)


def test_inside_may_be_written_as_numbers() -> None:
    frames = frames_of(RULES, ENGAGEMENTS)
    table = score_frames(RULES, frames)
    numbers = frames.parties.assign(inside=frames.parties["inside"].astype("float64"))
    assert {0.0, 1.0} <= set(numbers["inside"])
    assert score_frames(RULES, replace(frames, parties=numbers)).equals(table)


def test_portfolios_joined_score_as_each_alone() -> None:
    parts = [
        encode(RULES, [read_engagement(RULES, one) for one in some])
        for some in (ENGAGEMENTS[:4], ENGAGEMENTS[4:5], ENGAGEMENTS[5:])
    ]
    together = score_portfolio(joined(parts))
    assert together.equals(score_frames(RULES, frames_of(RULES, ENGAGEMENTS)))


def test_one_portfolio_joined_with_none_is_itself() -> None:
    alone = encode(RULES, [read_engagement(RULES, one) for one in ENGAGEMENTS[:3]])
    assert score_portfolio(joined([alone])).equals(score_portfolio(alone))


@pytest.mark.parametrize("blank", ["", None])
@pytest.mark.parametrize("spelled", ["abc", "cab", "ab"])
def test_a_blank_cell_stands_nowhere_among_what_is_known(spelled: str, blank: str | None) -> None:
    """Whether a column spells all that is known in its order, or not."""
    rows = ["b", blank, "a", *spelled]
    column = columns.Column.of(pd.DataFrame({"name": [*spelled, *rows]}), "name")
    expected = ["abc".find(row) if row else columns.ABSENT for row in [*spelled, *rows]]
    assert column.positions(["a", "b", "c"]).tolist() == expected


def test_respondents_who_were_asked_and_have_no_row_are_silent_on_a_question() -> None:
    voices = [{"id": f"r{n}"} for n in range(1, 6)]
    answers = [{"question": "q1", "respondent": "r1", "value": "full"}]
    answers += [{"question": "cadence", "respondent": "r2", "value": "no"}]
    one = engagement(key="asked", respondents=voices, answers=answers, nominations=[])
    frames = frames_of(RULES, [one])
    spoken = frames.answers[frames.answers["state"] != "missing"]
    counted = frames.engagements.assign(respondents=len(voices))
    whole, short = (
        score_frames(RULES, replace(frames, engagements=facts, answers=rows))
        for facts, rows in ((frames.engagements, frames.answers), (counted, spoken))
    )
    assert short.equals(whole)
