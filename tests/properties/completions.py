"""Every completion of a small engagement: the oracle for the bounds (METHOD §2, completion).

Each free cell becomes none, a group, or any single (known or new, fitting or not, with or without a
deputy, inside or not); unknown attributes and questions take any value.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations_with_replacement, product
from typing import TYPE_CHECKING, Any

from tests.small import AS_OF, Doc
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring import evaluate
from workbook.scoring.aggregate import aggregate
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.inquiry import inquiries
from workbook.scoring.panel import panels
from workbook.scoring.values import value

if TYPE_CHECKING:
    import numpy as np

NEW = ("new-fit", "new-unfit")
STRANGERS = [
    {"id": "new-fit", "name": "New", "title_key": "boss", "inside": True},
    {"id": "new-unfit", "name": "New", "title_key": "other", "inside": False},
]


def with_voices(document: Doc, rules: Rules) -> Doc:
    """The document with as many respondents as METHOD asks for: a voice for every free cell."""
    r_min = next(p.r_min for p in rules.profiles if p.key == document["organisation"]["profile"])
    voices = [r["id"] for r in document["respondents"]]
    more = [f"v{n}" for n in range(max(r_min - len(voices), 0))]
    respondents = [*document["respondents"], *({"id": voice} for voice in more)]
    return {**document, "respondents": respondents, "people": [*document["people"], *STRANGERS]}


def completions(rules: Rules, document: Doc) -> Iterator[Engagement]:
    """Every completion as an engagement in which nothing is free or unknown."""
    document = with_voices(document, rules)
    base = Engagement.model_validate(document)
    decided = {key for key, d in base.standing_decisions().items() if d.owner}
    spoken = {(n.respondent, n.focal_point) for n in base.nominations if n.party}
    cells = [
        (r.id, key)
        for key in panels(rules, base)
        if key not in decided
        for r in base.respondents
        if (r.id, key) not in spoken
    ]
    known = sorted({n.party for n in base.nominations if n.party in base.parties()})
    asked = [i for i in inquiries(rules, base) if i.free or any(c.low < c.high for c in i.cells)]
    together = [
        list(_alike([r for r, f in cells if f == key], key, known))
        for key in dict.fromkeys(f for _, f in cells)
    ]
    people = [list(_people(p)) for p in document["people"]]
    blanks = [list(_deputies(n)) for n in document["nominations"]]
    choices = product(
        product(*people),
        product(*blanks),
        *together,
        *([[(i.question.key, o.key) for o in i.question.options] for i in asked if i.free]),
    )
    kept = [n for n in document["nominations"] if n.get("party")]
    for who, deputies, *filled in choices:
        cells_filled, answered = filled[: len(together)], filled[len(together) :]
        nominations = [
            d for d, n in zip(deputies, document["nominations"], strict=True) if n in kept
        ]
        answers = [{"question": q, "value": v} for q, v in answered]
        yield Engagement.model_validate(
            {
                **document,
                "people": list(who),
                "nominations": [*nominations, *chain.from_iterable(cells_filled)],
                "answers": [*document["answers"], *answers],
            }
        )


def _people(person: Doc) -> Iterator[Doc]:
    titles = [person["title_key"]] if person["title_key"] else ["boss", "other"]
    insides = [True, False] if person["inside"] is None else [person["inside"]]
    for title, inside in product(titles, insides):
        yield {**person, "title_key": title, "inside": inside}


def _deputies(nomination: Doc) -> Iterator[Doc]:
    if nomination.get("party") in (None, "nobody") or nomination.get("deputy"):
        yield nomination
        return
    for deputy in ("none", *NEW):
        if deputy != nomination["party"]:
            yield {**nomination, "deputy": deputy}


def _alike(respondents: list[str], focal_point: str, known: list[str]) -> Iterator[list[Doc]]:
    """What all the silent may say of a focal point; which of them says what makes no difference."""
    said = [list(_cell(respondent, focal_point, known)) for respondent in respondents]
    for chosen in combinations_with_replacement(range(len(said[0])), len(said)):
        yield [n for cell, choice in zip(said, chosen, strict=True) for n in cell[choice]]


def _cell(respondent: str, focal_point: str, known: list[str]) -> Iterator[tuple[Doc, ...]]:
    said: dict[str, Any] = {"respondent": respondent, "focal_point": focal_point}
    yield ({**said, "party": "nobody"},)
    yield tuple({**said, "party": party} for party in NEW)
    for party in (*known, *NEW):
        for deputy in ("none", *(n for n in NEW if n != party)):
            yield ({**said, "party": party, "deputy": deputy},)


def scores(rules: Rules, engagements: list[Engagement]) -> tuple[np.ndarray, ...]:
    """(low, point, high) of many engagements in one pass."""
    portfolio = encode(rules, [read_engagement(rules, one) for one in engagements])
    found = aggregate(portfolio.layout, value(portfolio))
    return found.low, found.point, found.high


def bounds(rules: Rules, document: Doc) -> tuple[float, float, float]:
    """What `evaluate` says before anything is completed."""
    score = evaluate(rules, Engagement.model_validate(document), AS_OF).score
    return score.low or 0.0, -1.0 if score.point is None else score.point, score.high or 0.0
