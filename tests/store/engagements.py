"""Random engagements: every field, every state, texts in any script."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from workbook.model.engagement import (
    Acceptance,
    AcceptedTitle,
    Answer,
    AreaOverlay,
    Confidence,
    Decision,
    Dissent,
    Engagement,
    External,
    FrameworkRef,
    Nomination,
    Organisation,
    Overlay,
    Person,
    Programme,
    Respondent,
    Role,
    Team,
)
from workbook.model.framework import Weights

KEYS = st.sampled_from(["ana", "bo", "cy", "dee", "eve", "erp", "x-1"])
PARTIES = KEYS | st.sampled_from(["nobody", "vacant", "none"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
MAYBE_TEXT = st.none() | TEXTS
DATES = st.dates(dt.date(2025, 1, 1), dt.date(2029, 1, 1))
STATES = st.sampled_from(["answered", "unknown", "not_applicable"])
NUMBERS = st.floats(0, 100)
WEIGHTS = st.builds(
    Weights, named=NUMBERS, clear=NUMBERS, fitting=NUMBERS, backed_up=NUMBERS, committed=NUMBERS
)


def unique(one: st.SearchStrategy[Any], subject: str) -> st.SearchStrategy[Any]:
    """A few elements with different ids."""
    return st.lists(one, unique_by=lambda each: getattr(each, subject), max_size=4).map(tuple)


def grouped(one: st.SearchStrategy[Any], *names: str) -> st.SearchStrategy[Any]:
    """A few elements; those that say the same subject stand together, as in a document."""

    def together(elements: list[Any]) -> tuple[Any, ...]:
        groups: dict[Any, list[Any]] = {}
        for each in elements:
            groups.setdefault(tuple(getattr(each, name) for name in names), []).append(each)
        return tuple(each for group in groups.values() for each in group)

    return st.lists(one, max_size=6).map(together)


PEOPLE = st.builds(
    Person,
    id=KEYS,
    name=TEXTS,
    title=MAYBE_TEXT,
    title_key=st.none() | KEYS,
    accepted_titles=st.lists(st.builds(AcceptedTitle, area=KEYS, reason=TEXTS), max_size=2).map(
        tuple
    ),
    inside=st.none() | st.booleans(),
    email=MAYBE_TEXT,
)
NOMINATIONS = st.builds(
    Nomination,
    respondent=KEYS,
    focal_point=KEYS,
    state=STATES,
    party=st.none() | PARTIES,
    role=st.sampled_from(list(Role)),
    deputy=st.none() | PARTIES,
    confidence=st.none() | st.sampled_from(list(Confidence)),
    evidence=MAYBE_TEXT,
    note=MAYBE_TEXT,
    discuss_later=st.booleans(),
    on=st.none() | DATES,
)
ANSWERS = st.builds(
    Answer,
    question=KEYS,
    subject=st.none() | KEYS,
    respondent=st.none() | KEYS,
    state=STATES,
    value=st.none() | TEXTS | KEYS | st.lists(DATES, max_size=3).map(tuple),
    reason=MAYBE_TEXT,
)
DECISIONS = st.builds(
    Decision,
    focal_point=KEYS,
    state=STATES,
    owner=st.none() | PARTIES,
    responsible=st.lists(KEYS, max_size=2).map(tuple),
    decided_by=st.just("session") | KEYS | TEXTS,
    decided_on=st.none() | DATES,
    dissent=st.lists(st.builds(Dissent, party=KEYS, note=MAYBE_TEXT), max_size=2).map(tuple),
    acceptance=st.none()
    | st.builds(Acceptance, state=st.sampled_from(["accepted", "pending"]), on=st.none() | DATES),
    note=MAYBE_TEXT,
    withdrawn=st.booleans(),
)
ENGAGEMENTS = st.builds(
    Engagement,
    key=st.just("acme"),
    language=st.sampled_from(["en", "fr"]),
    framework=st.just(FrameworkRef(key="small", version="1.0")),
    overlay=st.builds(
        Overlay,
        weights=st.none() | WEIGHTS,
        areas=st.dictionaries(KEYS, st.builds(AreaOverlay, off=st.booleans()), max_size=2),
    ),
    organisation=st.builds(
        Organisation, name=TEXTS, profile=KEYS, business_models=st.just(("b2b",)), sector=MAYBE_TEXT
    ),
    programme=st.builds(Programme, go_live=DATES, name=MAYBE_TEXT),
    scope=st.dictionaries(KEYS, st.lists(KEYS, max_size=3).map(tuple), max_size=2),
    people=unique(PEOPLE, "id"),
    teams=unique(st.builds(Team, id=KEYS, name=TEXTS, lead=st.none() | KEYS), "id"),
    externals=unique(st.builds(External, id=KEYS, name=TEXTS, contact=MAYBE_TEXT), "id"),
    respondents=unique(
        st.builds(Respondent, id=KEYS, person=st.none() | KEYS, name=MAYBE_TEXT), "id"
    ),
    nominations=grouped(NOMINATIONS, "respondent", "focal_point"),
    answers=grouped(ANSWERS, "question", "subject", "respondent"),
    decisions=grouped(DECISIONS, "focal_point"),
    anonymous=st.booleans(),
    matrix_complete=st.booleans(),
)
