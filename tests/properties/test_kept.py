"""An evaluation is the same whatever was evaluated before it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbook.content import load_engagement, load_framework
from workbook.model.engagement import Engagement, Overlay, State
from workbook.model.rules import in_force
from workbook.resources import templates
from workbook.scoring import Evaluator, evaluate

AS_OF = dt.date(2026, 11, 23)


def first(things, **changes):
    """The same things with the first of them changed."""
    return (things[0].model_copy(update=changes), *things[1:])


CHANGES = {
    "most respondents withdraw": lambda e: {
        "respondents": tuple(
            one.model_copy(update={"withdrawn": place > 1})
            for place, one in enumerate(e.respondents)
        )
    },
    "everybody leaves the organisation": lambda e: {
        "people": tuple(one.model_copy(update={"inside": False}) for one in e.people)
    },
    "titles are forgotten": lambda e: {
        "people": tuple(
            one.model_copy(update={"title": None, "title_key": None}) for one in e.people
        )
    },
    "a team has another lead": lambda e: {"teams": first(e.teams, lead=e.people[-1].id)},
    "a nomination is taken back": lambda e: {"nominations": e.nominations[1:]},
    "an answer is taken back": lambda e: {"answers": e.answers[1:]},
    "a decision is taken back": lambda e: {"decisions": e.decisions[1:]},
    "a focal point is ruled out": lambda e: {
        "decisions": first(e.decisions, state=State.NOT_APPLICABLE, reason="sold", owner=None)
    },
    "the organisation is small": lambda e: {
        "organisation": e.organisation.model_copy(update={"profile": "small"})
    },
    "it sells to businesses alone": lambda e: {
        "organisation": e.organisation.model_copy(update={"business_models": ("b2b",)})
    },
    "go-live is later": lambda e: {
        "programme": e.programme.model_copy(
            update={"go_live": e.programme.go_live + dt.timedelta(days=90)}
        )
    },
    "a system leaves the scope": lambda e: {
        "scope": {group: keys[1:] for group, keys in e.scope.items()}
    },
    "silence counts as nobody": lambda e: {"matrix_complete": not e.matrix_complete},
    "answers are anonymous": lambda e: {"anonymous": not e.anonymous},
    "an area is off": lambda _: {
        "overlay": Overlay.model_validate({"areas": {"technology": {"off": True}}})
    },
}


START = load_engagement(templates() / "engagements" / "maison-lorient.yaml").engagement


@pytest.mark.slow
@settings(max_examples=40)
@example(steps=["most respondents withdraw", "answers are anonymous"])
@given(steps=st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4))
def test_what_was_evaluated_before_leaves_no_trace(steps: list[str]) -> None:
    framework = load_framework(START.framework.key)
    now: Engagement = START
    evaluator = Evaluator()
    evaluator.evaluate(in_force(framework, now.overlay), now, AS_OF)
    for step in steps:
        now = now.model_copy(update=CHANGES[step](now))
        rules = in_force(framework, now.overlay)
        assert evaluator.evaluate(rules, now, AS_OF) == evaluate(rules, now, AS_OF)
