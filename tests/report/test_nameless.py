"""With names off nobody can be recognised: roles stand in their place, everywhere on the page."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.report.examples import AS_OF, EXAMPLES, example
from workbook import report
from workbook.i18n import voice
from workbook.model.engagement import External, Nomination
from workbook.report.nameless import pseudonymised, without_names
from workbook.scoring import evaluate


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def pages(request):
    """An engagement, its page with names and without, alternative texts and titles included."""
    engagement, rules = example(request.param)
    hidden = without_names(engagement, voice("en"))
    named, nameless = (
        report.page(report.build(rules, told, evaluate(rules, told, AS_OF), "en"))
        for told in (engagement, hidden)
    )
    return engagement, named, nameless


def test_nobody_is_named_and_nobody_is_quoted(pages):
    engagement, named, nameless = pages
    people = [person.name for person in engagement.people]
    assert any(name in named for name in people)
    assert [name for name in people if name in nameless] == []
    notes = [n.note for n in (*engagement.nominations, *engagement.answers) if n.note]
    assert [note for note in notes if note in nameless] == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_figures_stay_what_they_are(name):
    engagement, rules = example(name)
    hidden = without_names(engagement, voice("en"))
    assert evaluate(rules, hidden, AS_OF).score == evaluate(rules, engagement, AS_OF).score


def test_people_of_one_title_are_told_apart():
    engagement, _ = example("maison-lorient")
    people = without_names(engagement, voice("fr")).people
    assert len({person.name for person in people}) == len(people)


def test_no_address_of_anybody_is_left():
    engagement, _ = example("maison-lorient")
    reached = {
        "people": tuple(
            person.model_copy(update={"email": f"{person.id}@example.org"})
            for person in engagement.people
        ),
        "externals": (External(id="agency", name="Agency", contact="jo@example.org"),),
    }
    hidden = without_names(engagement.model_copy(update=reached), voice("en"))
    assert "@example.org" not in hidden.model_dump_json()


def test_whoever_changed_their_mind_is_shown_with_the_later_word_alone():
    """The day itself is told of nobody, so that the two could not be told apart."""
    engagement, _ = example("maison-lorient")
    who, people = engagement.respondents[0].id, engagement.people[:2]
    days = (dt.date(2026, 11, 1), dt.date(2026, 11, 20))
    said = tuple(
        Nomination(respondent=who, focal_point="promotions", party=person.id, on=day)
        for person, day in zip(people, days, strict=True)
    )
    hidden = pseudonymised(engagement.model_copy(update={"nominations": said}), voice("en"))
    (kept,) = hidden.nominations
    assert kept.on is None
    later = pseudonymised(engagement.model_copy(update={"nominations": said[1:]}), voice("en"))
    assert hidden == later
