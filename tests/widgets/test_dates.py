"""Dates and names that people type: what is half typed or blank never enters the history."""

from __future__ import annotations

import pytest


def say(screen, about, **given):
    screen.hear({"do": "facts", "about": about, "set": given})


@pytest.mark.parametrize("text", ["0002-03-01", "0202-03-01", "1899-12-31", "2101-01-01", "20"])
@pytest.mark.parametrize("field", ["start", "go_live"])
def test_a_year_that_is_half_typed_is_refused_and_leaves_no_trace(fresh, field, text):
    programme, events = fresh.session.engagement.programme, len(fresh.session.history())
    say(fresh, "programme", **{field: text})
    assert fresh.session.engagement.programme == programme
    assert len(fresh.session.history()) == events
    assert f"“{text}” is not a plausible date" in fresh.view()["notice"]["text"]


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("checkpoint_calendar", ["2027-01-10", "0202-02-10"]),
        ("ready_date", "0002-01-10"),
    ],
)
def test_an_answer_that_is_half_a_date_is_refused(fresh, question, value):
    fresh.hear({"do": "answer", "question": question, "instance": None, "set": {"value": value}})
    assert fresh.session.engagement.answers == ()
    assert fresh.state.notice["tone"] == "not"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"start": "2027-10-01"}, "The start, 1 Oct 2027, lies after go-live, 30 Sept 2027."),
        ({"go_live": "2020-06-30"}, "Go-live, 30 Jun 2020, is more than a year ago."),
        ({"start": "2027-09-30"}, None),
        ({"go_live": "2026-01-31"}, None),
    ],
)
def test_a_date_that_contradicts_another_is_said_at_once_and_stands(fresh, given, said):
    say(fresh, "programme", **given)
    assert (fresh.state.notice["text"] if fresh.state.notice else None) == said
    programme = fresh.session.engagement.programme.model_dump(mode="json")
    assert given.items() <= programme.items()


def test_a_go_live_of_years_ago_is_said_as_the_engagement_begins(workspace):
    from tests.widgets.conftest import AS_OF
    from workbook.widgets.conversation import Conversation

    screen = Conversation(workspace, None, as_of=AS_OF)
    facts = {"name": "Old Ltd", "profile": "large", "business_models": ["b2c"]}
    screen.hear({"do": "new", **facts, "go_live": "0203-01-01"})
    assert (screen.session, screen.state.notice["tone"]) == (None, "not")
    screen.hear({"do": "new", **facts, "go_live": "2021-01-01"})
    assert (screen.session.key, screen.state.notice["tone"]) == ("old-ltd", "risk")


@pytest.mark.parametrize(
    ("about", "given", "said"),
    [
        ("organisation", {"name": "  "}, "The organisation’s name cannot be blank"),
        ("organisation", {"name": None}, "The organisation’s name cannot be blank"),
        ("programme", {"go_live": None}, "The go-live date cannot be blank"),
    ],
)
def test_what_cannot_be_blank_is_said_and_its_field_shows_the_stored_value_again(
    fresh, about, given, said
):
    shown = fresh.view()
    say(fresh, about, **given)
    again = fresh.view()
    assert said in again["notice"]["text"]
    assert again["page"][about] == shown["page"][about]
    assert again["refused"] == shown["refused"] + 1
