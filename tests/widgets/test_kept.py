"""What is kept from one keystroke to the next never shows: a screen made from nothing is the same.

Whole sessions drawn at random, compared after every step.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import settings

from workbook.scoring.identity_cache import IdentityCache
from workbook.widgets.conversation import Conversation
from workbook.widgets.registry import COMMANDS

from .conftest import AS_OF

STEPS = min(40, settings.default.max_examples // 2)
"""A fourth of them among the quick tests."""
SLOW = pytest.mark.slow
SHOWN = ("page", "side", "nav", "parties", "why")


def drawn(draw, engagement, framework):
    """A command that somebody might give now."""
    people = [person.id for person in engagement.people]
    places = [f.key for area in framework.areas for f in area.focal_points]
    owners = [*people, *(team.id for team in engagement.teams), "nobody", "vacant", None]
    choices = [q for _, q in framework.questions().values() if q.kind == "choice" and not q.per]
    question = draw.choice(choices)
    models = [model.key for model in framework.business_models]
    commands = [
        {"set": {"owner": draw.choice(owners)}},
        {"set": {"deputy": draw.choice(owners)}},
        {"set": {"confidence": draw.choice(["guess", "fairly", "certain"])}},
        {"set": {"state": draw.choice(["unknown", None])}},
        {"set": {"state": "not_applicable", "reason": draw.choice(["elsewhere", "sold"])}},
        {"set": {"discuss_later": draw.choice([True, False])}},
        {"set": {"title_reason": draw.choice(["ran it for years", None])}},
        {"do": "answer", "set": {"value": draw.choice([o.key for o in question.options])}},
        {"do": "answer", "set": {"value": None, "state": "unknown"}},
        {"do": "person", "set": {"title": draw.choice(["CTO", "Head of Sales", "Poet"])}},
        {"do": "person", "set": {"name": draw.choice(["Ana", "Zoé"])}},
        {"do": "person", "set": {"inside": draw.choice([True, False])}},
        {"do": "facts", "about": "organisation", "set": {"business_models": [draw.choice(models)]}},
        {
            "do": "facts",
            "about": "organisation",
            "set": {"profile": draw.choice([p.key for p in framework.profiles])},
        },
        {
            "do": "facts",
            "about": "scope",
            "group": "systems",
            "set": draw.sample(["oms", "pim"], 1),
        },
        {"do": "go", "step": draw.choice([area.key for area in framework.areas])},
        {"do": "speak", "language": draw.choice(["en", "fr"])},
        {"do": "undo"},
    ]
    told = {"do": "decide", "focal_point": draw.choice(places), "question": question.key}
    told |= {"instance": None, "id": draw.choice(people), **draw.choice(commands)}
    return {key: told[key] for key in told if key in {"do", *COMMANDS[told["do"]].fields}}


def empty_handed(_, __, make, ___=None):
    return make()


@pytest.mark.parametrize(
    "example",
    [
        "tidewater-outdoor",
        *(pytest.param(key, marks=SLOW) for key in ("maison-lorient", "groupe-kervadec")),
    ],
)
def test_a_screen_shows_what_one_made_from_nothing_would(talk, workspace, monkeypatch, example):
    screen, draw = talk(example), random.Random(example)  # noqa: S311
    view = screen.view()
    for _ in range(STEPS):
        session = screen.session
        command = drawn(draw, session.engagement, session.rules)
        view = screen.reply(command, view)
        view = screen.reply({"do": "poll"}, view)
        session.flush()
        other = workspace.open(session.key)
        fresh = Conversation(
            workspace, other, as_of=AS_OF, step=screen.state.step, language=screen.state.language
        )
        fresh.state = replace(fresh.state, before=screen.state.before)
        with monkeypatch.context() as patched:
            patched.setattr(IdentityCache, "get", empty_handed)
            again = fresh.view()
        assert {key: view[key] for key in SHOWN} == {key: again[key] for key in SHOWN}, command


def test_something_is_kept(talk):
    """The comparison above would prove nothing if nothing were."""
    screen = talk("maison-lorient")
    view = screen.view()
    told = screen.reply({"do": "decide", "focal_point": "promotions", "set": {"note": "x"}}, view)
    before, now = (one["page"]["cards"]["by"] for one in (view, told))
    assert [key for key in before if before[key] is not now[key]] == ["promotions"]
