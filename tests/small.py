"""A small framework and engagement for the scoring tests, of which every number fits on a page.

Area x has the focal points f1, f2 and the question q1; area t has f3 and q2, which is a gate.
Titles: tx fits x, tt fits t, boss fits both by seniority, other fits none.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbook.model.engagement import Engagement
from workbook.model.framework import Framework
from workbook.model.rules import Rules, in_force

AS_OF = dt.date(2026, 11, 23)
Doc = dict[str, Any]


def text(said: str) -> Doc:
    """The same text in both languages."""
    return {"en": said, "fr": said}


def focal_point(key: str, **facts: object) -> Doc:
    """A focal point with only what is compulsory."""
    return {"key": key, "title": text(key), "source": "s", **facts}


def question(key: str, **facts: object) -> Doc:
    """A choice between no (0), half (½) and full (1)."""
    options = [
        {"key": name, "title": text(name), "value": value}
        for name, value in (("no", 0), ("half", 0.5), ("full", 1))
    ]
    return {"key": key, "title": text(key), "source": "s", "options": options, **facts}


def area(key: str, focal_points: list[Doc], questions: list[Doc], **facts: object) -> Doc:
    """An area for which only titles of seniority 5 are senior enough."""
    said = {"title": text(key), "heading": text(key), "why": text(key)}
    items = {"focal_points": focal_points, "questions": questions}
    return {"key": key, "senior_from": 5, "source": "s", **said, **items, **facts}


def title(key: str, fits: list[str], seniority: int = 3) -> Doc:
    """A title known by its key."""
    return {"key": key, "title": text(f"Job {key}"), "fits": fits, "seniority": seniority}


def framework_doc(**changes: object) -> Doc:
    """The framework as a document; `changes` replace whole entries."""
    bands = (("not_ready", 0, "not"), ("at_risk", 40, "risk"), ("nearly_ready", 65, "nearly"))
    return {
        "key": "small",
        "version": "1.0",
        "title": text("Small"),
        "summary": text("Small"),
        "why_now": text("Now"),
        "languages": ["en", "fr"],
        "sources": {"s": {"title": text("Source")}},
        "weights": {"named": 30, "clear": 25, "fitting": 10, "backed_up": 15, "committed": 20},
        "profiles": [
            {"key": "large", "title": text("large"), "help": text("large"), "r_min": 3},
            {
                "key": "small",
                "title": text("small"),
                "help": text("small"),
                "r_min": 2,
                "without": ["fitting"],
                "one_team": True,
            },
        ],
        "business_models": [
            {"key": "b2c", "title": text("b2c")},
            {"key": "b2b", "title": text("b2b")},
        ],
        "scopes": [{"key": "systems", "title": text("systems"), "help": text("systems")}],
        "levels": [
            {
                "key": key,
                "title": text(key),
                "help": text(key),
                "start": start,
                "sign": "·",
                "tone": tone,
            }
            for key, start, tone in (*bands, ("ready", 85, "ready"))
        ],
        "areas": [
            area("x", [focal_point("f1"), focal_point("f2")], [question("q1")]),
            area("t", [focal_point("f3")], [question("q2")]),
        ],
        "titles": [
            title("tx", ["x"]),
            title("tt", ["t"]),
            title("boss", [], 5),
            title("other", []),
        ],
        "gates": [
            {
                "key": "g",
                "title": text("g"),
                "question": "q2",
                "threshold": 1,
                "cap": "at_risk",
                "source": "s",
            }
        ],
        "findings": {},
        "actions": {},
        **changes,
    }


def framework(**changes: object) -> Framework:
    """The small framework."""
    return Framework.model_validate(framework_doc(**changes))


def rules(**changes: object) -> Rules:
    """The small framework in force."""
    return in_force(framework(**changes))


def person(key: str, title_key: str | None = None, *, inside: bool | None = True) -> Doc:
    """A person; without `title_key` the title is missing."""
    return {"id": key, "name": key.title(), "title_key": title_key, "inside": inside}


def says(respondent: str, about: str, party: str | None = None, **facts: object) -> Doc:
    """A nomination; without a party, "don't know"."""
    state = {} if party else {"state": "unknown"}
    return {"respondent": respondent, "focal_point": about, "party": party, **state, **facts}


PEOPLE = [
    person("ana", "tx"),
    person("eve", "other"),
    person("cy", "tt", inside=False),
    person("bo"),
    person("dee", "tt"),
]
WORKED_NOMINATIONS = [
    says("r1", "f2", "eve", deputy="dee"),
    says("r2", "f2", "eve", deputy="none"),
    says("r3", "f2"),
    says("r1", "f3", "cy", deputy="bo"),
    says("r2", "f3", "nobody"),
    says("r3", "f3", "bo", deputy="none"),
]
WORKED_ANSWERS = [{"question": "q1", "value": "half"}]
WORKED_DECISIONS = [{"focal_point": "f1", "owner": "ana", "deputy": "none"}]


def engagement(**changes: object) -> Engagement:
    """METHOD's worked example; `changes` replace whole entries."""
    return Engagement.model_validate(
        {
            "key": "worked",
            "framework": {"key": "small", "version": "1.0"},
            "organisation": {"name": "Worked", "profile": "large", "business_models": ["b2c"]},
            "programme": {"start": "2026-09-01", "go_live": "2027-06-01"},
            "people": PEOPLE,
            "respondents": [{"id": "r1"}, {"id": "r2"}, {"id": "r3"}],
            "nominations": WORKED_NOMINATIONS,
            "answers": WORKED_ANSWERS,
            "decisions": WORKED_DECISIONS,
            **changes,
        }
    )
