"""What a page says again, because it did not hear the answer, is written once."""

from __future__ import annotations

import pytest

from tests.workshop.hosting import Host, say, whole
from workbook.workspace import Session, Workspace

NAMED = {"do": "nominate", "focal_point": "promotions", "set": {"party": "claire-aubry"}}


@pytest.fixture
def host(workspace: Workspace, session: Session):  # noqa: ARG001 - the engagement that it serves
    host = Host(workspace)
    yield host
    host.stop()


def answers(workspace: Workspace, respondent: str = "paul-ney") -> list[str]:
    """Every answer of a respondent about the promotions, in order."""
    history = workspace.open("lorient").history(("nomination", respondent, "promotions"))
    return [event.value[0]["party"] for event in history]


def test_a_message_that_comes_again_is_written_once(host: Host, workspace: Workspace):
    paul = host.enter("paul-ney")
    for line in (paul.line(), paul.line()):
        say(line, **NAMED, once="a")
    assert answers(workspace) == ["claire-aubry"]


def test_a_repeat_does_not_take_back_what_was_said_after_it(host: Host, workspace: Workspace):
    line = host.enter("paul-ney").line()
    say(line, **NAMED, once="a")
    say(line, do="nominate", focal_point="promotions", set={"party": "nobody"}, once="b")
    say(line, **NAMED, once="a")
    assert answers(workspace) == ["claire-aubry", "nobody"]


def test_a_host_that_was_started_anew_knows_what_was_written(host: Host, workspace: Workspace):
    say(host.enter("paul-ney").line(), **NAMED, once="a")
    again = Host(workspace)
    say(again.enter("paul-ney").line(), **NAMED, once="a")
    again.stop()
    assert answers(workspace) == ["claire-aubry"]


def test_somebody_new_is_made_once(host: Host):
    line = host.enter("paul-ney").line()
    people = whole(line)["parties"]["order"]
    create = {"field": "party", "party": {"name": "Zoé Marchand"}}
    for _ in range(2):
        say(line, do="nominate", focal_point="promotions", set={}, create=create, once="a")
    assert len(whole(host.enter("paul-ney").line())["parties"]["order"]) == len(people) + 1


def test_two_people_may_use_the_same_token(host: Host, workspace: Workspace):
    for respondent in ("paul-ney", "ines-carrel"):
        say(host.enter(respondent).line(), **NAMED, once="a")
    assert answers(workspace) == answers(workspace, "ines-carrel") == ["claire-aubry"]
