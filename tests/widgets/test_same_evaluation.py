"""The same answers, given on the screen or by a document, give an identical evaluation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workbook.content import load_engagement
from workbook.model.engagement import NOBODY
from workbook.scoring import evaluate
from workbook.widgets.conversation import Conversation

from .conftest import AS_OF

SLOW = ("northgate-home", "borealis-parts")
EXAMPLES = ["atelier-belval", *(pytest.param(key, marks=pytest.mark.slow) for key in SLOW)]


def typed(screen, told):
    """Give every agreed answer and decision of a document on the screen, by its commands."""
    for person in told.people:
        screen.session.record(*_party("person", person))
    for kind, some in (("team", told.teams), ("external", told.externals)):
        for party in some:
            screen.session.record(*_party(kind, party))
    for decision in told.decisions:
        fields = decision.model_dump(mode="json", exclude_defaults=True, exclude={"focal_point"})
        screen.hear({"do": "decide", "focal_point": decision.focal_point, "set": fields})
    for answer in told.answers:
        fields = answer.model_dump(
            mode="json", exclude_defaults=True, exclude={"question", "subject", "respondent"}
        )
        screen.hear(
            {"do": "answer", "question": answer.question, "instance": answer.subject, "set": fields}
        )


def _party(kind, party):
    from workbook.workspace import Change

    return (
        Change(
            (kind, party.id), party.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
        ),
    )


@pytest.mark.parametrize("example", EXAMPLES)
def test_screen_and_document_agree(workspace, example):
    loaded = load_engagement(workspace.examples()[example])
    told = loaded.engagement.model_copy(update={"nominations": (), "respondents": ()})
    told = told.model_copy(
        update={"answers": tuple(a for a in told.answers if a.respondent is None)}
    )
    told = told.model_copy(
        update={
            "decisions": tuple(
                d.model_copy(update={"decided_on": AS_OF if d.owner else d.decided_on})
                for d in told.decisions
            ),
            "answers": tuple(a.model_copy(update={"on": AS_OF}) for a in told.answers),
        }
    )
    bare = told.model_copy(
        update={"people": (), "teams": (), "externals": (), "decisions": (), "answers": ()}
    )
    screen = Conversation(workspace, workspace.new(bare), as_of=AS_OF)
    typed(screen, told)
    on_screen = screen.scene.evaluation
    by_document = evaluate(loaded.rules, told, AS_OF)
    assert on_screen == replace(by_document, engagement=on_screen.engagement)
    assert NOBODY not in told.parties()
