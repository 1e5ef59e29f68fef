"""The registry of commands: what the front end sends is what the screen reads, field by field."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import FrozenInstanceError

import pytest

from workbook.widgets.front import STATIC
from workbook.widgets.registry import COMMANDS, BadMessage
from workbook.widgets.respondent.commands import COMMANDS as RESPONDENT_COMMANDS

SCREENS = (COMMANDS, RESPONDENT_COMMANDS)
SENT = re.compile(r"""\bdo:\s*([^,}]+)""")
NAME = re.compile(r'"(\w+)"')


NAMED = {"do": "facts", "about": "programme", "set": {"name": "Marketplace"}}


def sent():
    """Every command that the front end sends, as its sources say it."""
    sources = "\n".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    return {name for said in SENT.findall(sources) for name in NAME.findall(said)}


def declared():
    """The fields of every command, as the front end's types declare them."""
    types = (STATIC / "messages.d.ts").read_text("utf-8")
    union = types[types.index("type Command =") : types.index("type Message =")]
    found: dict[str, set[str]] = {}
    for shape in re.split(r"^ {2}\| ", union, flags=re.MULTILINE)[1:]:
        # What stands in inner braces are fields of fields.
        flat = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}(?=[^{}]*\})", "", shape.strip()[1:]))
        names = NAME.findall(flat.split(";")[0])
        for name in names:
            found.setdefault(name, set()).update(re.findall(r"(\w+)\??:", flat.split(";", 1)[-1]))
    return {name: fields - {"do"} for name, fields in found.items()}


def test_the_types_of_the_front_end_declare_each_command_with_its_fields():
    assert declared() == {
        name: frozenset().union(*(screen[name].fields for screen in SCREENS if name in screen))
        for name in frozenset().union(*SCREENS)
    }


def test_the_front_end_sends_every_command_of_the_registry_and_no_other():
    assert sent() == frozenset().union(*SCREENS)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"do": "explode"}, "there is no command “explode”"),
        ({"do": "decides"}, "did you mean “decide”?"),
        ({}, "there is no command “None”"),
        ({"do": "decide", "set": {}}, "focal_point: "),
        ({"do": "go", "step": "start", "stop": 1}, "stop: "),
        ({"do": "speak", "language": 3}, "language: "),
        ({"do": "settle", "key": "decision/oms", "keep": "neither"}, "keep: "),
        # They become columns of an event: what waits behind such a one would never be written.
        ({**NAMED, "edit": {"visit": 1}}, "edit: no token"),
        ({**NAMED, "edit": "a" * 65}, "edit: no token"),
        ({**NAMED, "once": "\ud83d"}, "once: no token"),
    ],
)
def test_a_message_that_no_command_reads_is_said_and_changes_nothing(fresh, message, said):
    before, state = fresh.view(), fresh.state
    with pytest.raises(BadMessage, match=re.escape(said)):
        fresh.hear(message)
    assert (fresh.view(), fresh.state) == (before, state)


def test_a_command_that_needs_an_engagement_is_no_message_while_none_is_open(fresh):
    fresh.hear({"do": "close_engagement"})
    with pytest.raises(BadMessage, match="before an engagement was open"):
        fresh.hear({"do": "undo"})


ODD = {
    "nobody is removed": [
        {"do": "decide", "focal_point": "oms", "set": {"owner": "nobody"}},
        {"do": "person", "id": "nobody", "set": None},
    ],
    "no name of a person": [{"do": "actor", "name": "\ud83d"}, NAMED],
    "no name of a person who begins": [
        {"do": "actor", "name": "\ud83d"},
        {
            "do": "new",
            "name": "Acme",
            "profile": "large",
            "business_models": ["b2b"],
            "go_live": "2027-03-31",
        },
    ],
    "no name of a moment": [{"do": "baseline", "name": "\ud83d"}],
    "no number of weeks": [
        {"do": "answer", "question": "checkpoint_calendar", "set": {"every": "two"}}
    ],
    "no name of an organisation": [{"do": "facts", "about": "organisation", "set": {"name": 5}}],
}


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_an_odd_message_is_refused_and_holds_up_nobody(fresh, said):
    for message in said:
        with suppress(BadMessage):
            fresh.hear(message)
    for message in ({"do": "actor", "name": "Marie"}, NAMED):
        fresh.hear(message)
    fresh.session.flush()
    assert fresh.session.engagement.programme.name == "Marketplace"


def test_the_state_of_a_screen_cannot_be_changed_in_place(fresh):
    with pytest.raises(FrozenInstanceError):
        fresh.state.step = "review"


def test_a_message_that_is_sent_again_with_its_token_is_done_once(fresh):
    party = {"kind": "person", "name": "Ana"}
    for token in ("a", "a", "b"):
        fresh.hear({"do": "add_party", "party": party, "once": token})
    assert [person.id for person in fresh.session.engagement.people] == ["ana", "ana-2"]


def test_what_was_refused_may_be_sent_again_with_its_token(fresh):
    fresh.hear({"do": "baseline", "name": " ", "once": "a"})
    assert fresh.state.notice["tone"] == "not"
    fresh.hear({"do": "baseline", "name": "Kick-off", "once": "a"})
    assert [one.name for one in fresh.session.baselines] == ["Kick-off"]
