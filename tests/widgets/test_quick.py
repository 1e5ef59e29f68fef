"""After a keystroke the score is there at once, findings and actions with the next look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.conftest import AS_OF
from workbook.scoring import Evaluator, evaluate


def best_advice(screen, view):
    """Decide the focal point whose decision the screen says would help most."""
    owner = screen.session.engagement.people[0].id
    cards = view["page"]["cards"]["by"]
    asked = next(line["focus"] for line in view["side"]["helps"] if line["focus"] in cards)
    return {"do": "decide", "focal_point": asked, "set": {"owner": owner}}


def fresh_evaluation(screen):
    return evaluate(screen.session.rules, screen.session.engagement, AS_OF)


def focuses(view):
    return [line["focus"] for line in view["side"]["helps"]]


@pytest.fixture
def screen(talk):
    return talk("maison-lorient")


def test_the_numbers_are_those_of_the_evaluation_without_findings_and_actions(screen):
    whole = fresh_evaluation(screen)
    assert whole.findings
    assert whole.actions
    scored = Evaluator().score(screen.session.rules, screen.session.engagement, AS_OF)
    advice = {"actions": (), "steps": (), "outlook": None, "forecast": ()}
    assert scored.numbers == replace(whole, findings=(), **advice)


def test_a_keystroke_shows_its_score_at_once(screen):
    before = screen.view()
    was = screen.scene.evaluation
    told = screen.reply(best_advice(screen, before), before)
    now = fresh_evaluation(screen)
    assert told["side"]["block"]["score"]["low"] != before["side"]["block"]["score"]["low"]
    assert now.findings != was.findings
    assert screen.scene.evaluation == replace(now, **was.advice._asdict())


def test_findings_and_actions_follow_with_the_next_look_and_only_then(screen):
    before = screen.view()
    advice = screen.scene.evaluation.actions
    told = screen.reply(best_advice(screen, before), before)
    assert screen.scene.evaluation.actions == advice
    looked = screen.reply({"do": "poll"}, told)
    assert screen.scene.evaluation == fresh_evaluation(screen)
    assert screen.scene.evaluation.actions != advice
    assert screen.reply({"do": "poll"}, looked) == looked


def test_a_look_while_somebody_types_leaves_the_actions_for_later(screen):
    before = screen.view()
    advice = screen.scene.evaluation.actions
    told = screen.reply(best_advice(screen, before), before)
    assert screen.reply({"do": "poll", "typing": True}, told)["side"] == told["side"]
    assert screen.scene.evaluation.actions == advice
    screen.reply({"do": "poll", "typing": False}, told)
    assert screen.scene.evaluation == fresh_evaluation(screen)


def test_what_was_just_done_is_not_advised_any_more(screen):
    before = screen.view()
    command = best_advice(screen, before)
    told = screen.reply(command, before)
    looked = screen.reply({"do": "poll"}, told)
    assert command["focal_point"] in focuses(before)
    assert command["focal_point"] not in focuses(looked)


@pytest.mark.parametrize("tab", ["findings", "actions", "agenda"])
def test_a_page_that_tells_actions_tells_those_of_this_moment(screen, tab):
    command = best_advice(screen, screen.view())
    screen.hear({"do": "go", "step": "review"})
    screen.hear({"do": "tab", "tab": tab})
    screen.reply(command, screen.view())
    assert screen.scene.evaluation == fresh_evaluation(screen)
