"""What is written as a document is read back as the same engagement."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.documents import GOOD
from workbook import resources
from workbook.content import dump_engagement, load_engagement
from workbook.content.engagements import engagement_of
from workbook.content.reading import parse
from workbook.content.shape import validated
from workbook.model.engagement import (
    Acceptance,
    Answer,
    Confidence,
    Decision,
    Dissent,
    Engagement,
    Nomination,
    Person,
    Role,
    State,
)

SMALL = engagement_of(parse(GOOD)).engagement

# Every character that a text may hold, and words that mean something in YAML.
SIGNS = ["- a", "a: b", "a #b", "{x}", "[x]", "'", '"', "\\", "|", "*a", "&a", "!a", ">", "%", "@"]
WORDS = [
    *("no", "yes", "on", "null", "~", "true", "1.0", "0x1F", "1_000", "12:30", "2026-11-23"),
    *("- a", "a: b", "a #b", "#993300", "{x}", "[x]", "'", '"', "\\", "|", "*a", "&a", "!a", ">"),
    *("%", "@", "`", " a", "a ", "", "a\tb", "a\nb"),
]
characters = st.characters(exclude_categories=["Cs"])
words = st.one_of(st.sampled_from(WORDS), st.text(characters, max_size=12))
text = st.one_of(st.none(), words)
full = words.filter(bool)
key = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
keys = st.one_of(st.none(), key)
days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
day = st.one_of(st.none(), days)

people = st.builds(
    Person, id=key, name=full, title=text, unit=text, inside=st.sampled_from([True, False, None])
)
nominations = st.builds(
    Nomination,
    respondent=key,
    focal_point=key,
    state=st.sampled_from([State.ANSWERED, State.UNKNOWN]),
    party=keys,
    role=st.sampled_from(Role),
    deputy=keys,
    confidence=st.one_of(st.none(), st.sampled_from(Confidence)),
    note=text,
    discuss_later=st.booleans(),
    on=day,
)
answers = st.builds(
    Answer,
    question=key,
    subject=keys,
    value=st.one_of(st.none(), words, st.lists(days, max_size=3).map(tuple)),
    reason=text,
)
decisions = st.builds(
    Decision,
    focal_point=key,
    owner=keys,
    responsible=st.lists(key, max_size=2).map(tuple),
    decided_by=words,
    decided_on=day,
    dissent=st.lists(st.builds(Dissent, party=key, note=text), max_size=2).map(tuple),
    acceptance=st.one_of(
        st.none(), st.builds(Acceptance, state=st.sampled_from(["accepted", "pending"]), on=day)
    ),
)
engagements = st.builds(
    SMALL.model_copy,
    update=st.fixed_dictionaries(
        {
            "people": st.lists(people, max_size=3).map(tuple),
            "nominations": st.lists(nominations, max_size=3).map(tuple),
            "answers": st.lists(answers, max_size=3).map(tuple),
            "decisions": st.lists(decisions, max_size=3).map(tuple),
            "scope": st.dictionaries(key, st.lists(key, max_size=3).map(tuple), max_size=3),
            "anonymous": st.booleans(),
        }
    ),
)


@settings(deadline=None)
@given(engagements)
def test_whatever_people_wrote_comes_back_to_the_letter(engagement):
    read = validated(Engagement, parse(dump_engagement(engagement)).data)
    assert read == engagement


@pytest.mark.parametrize(
    "path",
    sorted((resources.templates() / "engagements").glob("*.yaml")),
    ids=lambda path: path.stem,
)
def test_an_example_comes_back_equal_and_settles_after_one_writing(path):
    engagement = load_engagement(path).engagement
    written = dump_engagement(engagement)
    again = engagement_of(parse(written)).engagement
    assert again == engagement
    assert dump_engagement(again) == written


def test_a_document_reads_as_a_person_would_write_it():
    assert dump_engagement(SMALL) == (
        """\
schema_version: 2
key: acme
framework: {key: commerce-stakeholders, version: 1.0.0}
organisation: {name: Acme, profile: large, business_models: [b2b]}
programme: {start: 2026-09-01, go_live: 2027-03-31}
scope: {systems: [oms, erp], seats: [ceo, cfo]}

people:
  - {id: ana, name: Ana Ruiz, title: CTO, seat: cfo}
  - {id: bo, name: Bo Lind}

teams:
  - {id: web-team, name: Web team, lead: bo}

externals:
  - {id: agency, name: Agency}

respondents:
  - {id: r1, person: ana, areas: [experience]}
  - {id: r2, person: bo}

nominations:
  - {respondent: r1, focal_point: promotions, party: ana, deputy: bo}
  - {respondent: r2, focal_point: promotions, state: unknown}

answers:
  - {question: checkpoint_cadence, value: monthly}
  - {question: checkpoint_calendar, value: [2026-10-01, 2026-11-01]}
  - {question: ready_date, subject: erp, value: 2027-01-31}

decisions:
  - {focal_point: oms, owner: web-team, decided_on: 2026-10-05}
"""
    )


def test_older_yaml_readers_see_the_same_words():
    """A colleague's script with PyYAML must not read “no” as false."""
    import yaml

    engagement = SMALL.model_copy(
        update={"people": (Person(id="no", name="No", title="on", unit="1_000"),)}
    )
    (person,) = yaml.safe_load(dump_engagement(engagement))["people"]
    assert person == {"id": "no", "name": "No", "title": "on", "unit": "1_000"}
