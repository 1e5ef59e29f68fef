"""Documents and frames are one reader: drawn engagements score alike to the last bit."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.small import area, engagement, focal_point, person, question, rules
from workbook.model.engagement import Engagement
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.frames import encode_frames
from workbook.scoring.portfolio import Cells, Portfolio
from workbook.scoring.tables import frames_of, score_portfolio

OPENS = {"options": ["half", "full"]}
SYSTEMS = ("erp", "oms")
FOCAL_POINTS = ("f1", "f2", "f3", *SYSTEMS)
RULES = rules(
    areas=[
        area(
            "x",
            [focal_point("f1"), focal_point("f2")],
            [
                question("q1"),
                question("cadence"),
                question("child", parent={"question": "cadence", **OPENS}),
                question("grandchild", parent={"question": "child", **OPENS}),
                question(
                    "calendar",
                    kind="dates",
                    options=[],
                    parent={"question": "cadence", "options": ["full"]},
                ),
                question("wholesale", applies={"business_models": ["b2b"]}),
                question("discounts", parent={"question": "wholesale", **OPENS}),
            ],
        ),
        area(
            "t",
            [focal_point("f3"), *(focal_point(s, kind="system", scope="systems") for s in SYSTEMS)],
            [
                question("q2"),
                question("kept", per="systems"),
                question(
                    "ready",
                    kind="date",
                    options=[],
                    per="systems",
                    parent={"question": "kept", **OPENS},
                ),
            ],
        ),
    ]
)
PARTIES = ("ana", "eve", "out", "led", "loose", "agency")
VOICES = ("r1", "r2", "r3", "r4")
OWNERS = st.sampled_from((*PARTIES, "nobody", "vacant", None))
DEPUTIES = st.sampled_from((*PARTIES, "none", "vacant", None, None))
DAYS = st.dates(dt.date(2026, 8, 1), dt.date(2027, 8, 1)).map(str)
DAY = st.none() | DAYS
CHOICES = ("q1", "cadence", "child", "grandchild", "wholesale", "discounts", "q2", "kept")
ASKED = [
    *((key, None) for key in (*CHOICES[:-1], "calendar")),
    *((key, system) for key in ("kept", "ready") for system in SYSTEMS),
]
VALUES = {"calendar": st.lists(DAYS, max_size=4), "ready": DAYS}


@st.composite
def nominations(draw: Any) -> dict[str, Any]:
    state = draw(st.sampled_from(("answered", "answered", "answered", "unknown", "not_applicable")))
    spoken = {"state": state, "on": draw(st.sampled_from((None, "2026-09-01", "2026-10-01")))}
    if state == "answered":
        spoken |= {"party": draw(OWNERS), "deputy": draw(DEPUTIES)}
        spoken["role"] = draw(st.sampled_from(("A", "A", "A", "R")))
    about = {"respondent": draw(st.sampled_from(VOICES))}
    return {**about, "focal_point": draw(st.sampled_from(FOCAL_POINTS)), **spoken}


@st.composite
def answers(draw: Any) -> dict[str, Any]:
    key, subject = draw(st.sampled_from(ASKED))
    who = draw(st.sampled_from((None, *VOICES)))
    state = draw(st.sampled_from(("answered", "answered", "answered", "unknown", "not_applicable")))
    about = {"question": key, "subject": subject, "respondent": who, "state": state, "reason": "x"}
    value = VALUES.get(key, st.sampled_from(("no", "half", "full")))
    return {**about, "value": draw(value)} if state == "answered" else about


@st.composite
def decisions(draw: Any) -> dict[str, Any]:
    about = {
        "focal_point": draw(st.sampled_from(FOCAL_POINTS)),
        "decided_on": draw(DAY),
        "withdrawn": draw(st.booleans()),
    }
    state = draw(st.sampled_from(("answered", "answered", "unknown", "not_applicable")))
    if state != "answered":
        return {**about, "state": state, "reason": "x"}
    owner = {"owner": draw(OWNERS), "deputy": draw(DEPUTIES)}
    return {**about, **owner, "title_reason": draw(st.sampled_from((None, "agreed")))}


@st.composite
def engagements(draw: Any) -> Engagement:
    titles = st.sampled_from(("tx", "tt", "boss", "other", None))
    inside = st.sampled_from((True, False, None))
    people = [person(key, draw(titles), inside=draw(inside)) for key in ("ana", "eve", "out")]
    people[0]["seat"] = draw(st.sampled_from((None, "f1")))
    people[1]["accepted_titles"] = draw(st.sampled_from(([], [{"area": "t", "reason": "x"}])))
    people[2]["title"] = draw(st.sampled_from(("Job tx / Job boss", "Gardener", None)))
    models = draw(st.sampled_from((["b2c"], ["b2b"], ["b2c", "b2b"])))
    profile = draw(st.sampled_from(("large", "small")))
    limits = st.sampled_from(([], ["x"], ["t"]))
    return engagement(
        organisation={"name": "W", "profile": profile, "business_models": models},
        programme={"start": draw(st.sampled_from((None, "2026-09-01"))), "go_live": "2027-06-01"},
        scope={"systems": draw(st.lists(st.sampled_from(SYSTEMS), unique=True))},
        people=people,
        teams=[{"id": "led", "name": "Led", "lead": "ana"}, {"id": "loose", "name": "Loose"}],
        externals=[{"id": "agency", "name": "Agency"}],
        respondents=[
            {
                "id": r,
                "areas": draw(limits),
                "withdrawn": draw(st.sampled_from((False,) * 4 + (True,))),
            }
            for r in draw(st.lists(st.sampled_from(VOICES), unique=True))
        ],
        nominations=draw(st.lists(nominations(), max_size=14)),
        answers=draw(
            st.lists(
                answers(),
                max_size=14,
                unique_by=lambda a: (a["question"], a["subject"], a["respondent"]),
            )
        ),
        decisions=draw(st.lists(decisions(), max_size=4)),
        matrix_complete=draw(st.booleans()),
    )


def coded(cells: Cells) -> list[tuple[Any, ...]]:
    """Cells without regard to their order within a unit; who is named by the votes they share."""
    rows = zip(*(getattr(cells, f.name).tolist() for f in fields(Cells)), strict=True)
    named: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for unit, kind, party, *values in rows:
        whom = party if kind else -1
        named.setdefault((unit, whom), []).append((kind, *values))
    return sorted((unit, sorted(values)) for (unit, _), values in named.items())


def assert_alike(documents: Portfolio, frames: Portfolio) -> None:
    for name in ("applicable", "scored", "free", "r_min"):
        assert np.array_equal(getattr(documents, name), getattr(frames, name)), name
    for name in ("q_applicable", "q_answered", "q_low", "q_high"):
        assert np.array_equal(getattr(documents, name), getattr(frames, name)), name
    spoken = documents.q_answered > 0  # where nobody speaks, one free cell is as good as many
    assert np.array_equal(documents.q_free[spoken], frames.q_free[spoken])
    assert coded(documents.cells) == coded(frames.cells)
    assert coded(documents.votes) == coded(frames.votes)
    assert score_portfolio(documents).equals(score_portfolio(frames))


@given(several=st.lists(engagements(), min_size=1, max_size=3))
def test_drawn_engagements_score_alike_as_documents_and_as_frames(
    several: list[Engagement],
) -> None:
    keyed = [one.model_copy(update={"key": f"e{n}"}) for n, one in enumerate(several)]
    documents = encode(RULES, [read_engagement(RULES, one) for one in keyed])
    assert_alike(documents, encode_frames(RULES, frames_of(RULES, keyed)))
