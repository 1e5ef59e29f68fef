"""The host: who answers gets in by a link, says what they think, and sees nobody else."""

from __future__ import annotations

import base64
import datetime as dt
import json
from urllib.parse import urlencode

import pytest
import websocket

from tests.workshop.conftest import TODAY
from tests.workshop.hosting import Browser, Host, say, whole
from workbook.serve.host import doors
from workbook.store import Change
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.workshop import close_round
from workbook.workspace import Session, Workspace

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def host(workspace: Workspace, session: Session):  # noqa: ARG001 - the engagement that it serves
    host = Host(workspace)
    yield host
    host.stop()


def nomination(workspace: Workspace, respondent: str, focal_point: str) -> object:
    """What the store itself holds, read anew."""
    return workspace.open("lorient").value(("nomination", respondent, focal_point))


def test_an_answer_is_in_the_store_when_it_is_acknowledged(host: Host, workspace: Workspace):
    line = host.enter("paul-ney").line()
    whole(line)
    say(line, do="nominate", focal_point="promotions", set={"party": "claire-aubry"})
    assert nomination(workspace, "paul-ney", "promotions") == [
        {"party": "claire-aubry", "on": TODAY.isoformat()}
    ]


def test_a_page_that_comes_back_shows_what_was_said(host: Host):
    paul = host.enter("paul-ney")
    first = paul.line()
    say(first, do="nominate", focal_point="promotions", set={"party": "claire-aubry"})
    first.close()
    page = whole(paul.line())["page"]
    assert page["subjects"]["by"]["promotions"]["party"] == "claire-aubry"
    assert (page["done"], bool(page["receipt"])) == (1, True)


def test_nobody_sees_what_somebody_else_said(host: Host):
    paul = host.enter("paul-ney").line()
    say(paul, do="nominate", focal_point="promotions", set={"note": "UNMISTAKABLE"})
    other = host.enter("claire-aubry")
    assert "UNMISTAKABLE" not in str(whole(other.line()))
    assert "UNMISTAKABLE" not in other.ask("GET", other.page)[1]["body"]


@pytest.mark.parametrize(
    "message",
    [
        {"do": "decide", "focal_point": "promotions", "set": {"owner": "paul-ney"}},
        {"do": "close_round"},
        {"do": "open", "engagement": "lorient"},
        {"do": "take", "kind": "document", "language": "en"},
        {"do": "undo"},
        {"do": "nominate", "focal_point": "promotions", "set": {"respondent": "claire-aubry"}},
    ],
    ids=lambda message: message["do"],
)
def test_a_respondents_line_knows_no_command_but_their_own(host: Host, session, message):
    session.refresh()
    before = session.history()
    line = host.enter("paul-ney").line()
    say(line, **message)
    session.refresh()
    assert [e.subject for e in session.history()] == [e.subject for e in before]


def test_what_is_missing_cannot_name_a_subject_that_there_is_none_of(host: Host, workspace):
    line = host.enter("paul-ney").line()
    say(line, do="park", text="Marketplace", focal_point="no_such_subject")
    say(line, do="park", text="Resellers", focal_point="promotions")
    engagement = workspace.open("lorient").engagement
    assert [(item.text, item.focal_point) for item in engagement.parked] == [
        ("Resellers", "promotions")
    ]


def test_what_is_missing_has_to_be_said_in_words(host: Host, workspace: Workspace):
    line = host.enter("paul-ney").line()
    say(line, do="park", text="  ")
    say(line, do="park", text="Marketplace")
    (item,) = workspace.open("lorient").engagement.parked
    assert (item.text, item.focal_point) == ("Marketplace", None)


def test_only_ones_own_subject_can_be_taken_on(host: Host, session: Session, workspace: Workspace):
    for focal_point, owner in (("promotions", "paul-ney"), ("oms", "claire-aubry")):
        session.record(Change(("decision", focal_point), {"owner": owner}))
    host.room.session.refresh()
    line = host.enter("paul-ney").line()
    whole(line)
    refused = say(line, do="accept", focal_point="oms", state="accepted")
    assert "This subject is not yours." in str(refused["operations"])
    say(line, do="accept", focal_point="promotions", state="declined")
    decisions = workspace.open("lorient").engagement.standing_decisions()
    accepted = {key: d.acceptance and d.acceptance.state for key, d in decisions.items()}
    assert accepted == {"promotions": "declined", "oms": None}


def test_a_page_speaks_another_language_if_there_is_one(session: Session):
    page = RespondentConversation(Desk(session), "paul-ney", lambda: TODAY)
    for language, spoken in (("fr", "fr"), ("xx", "fr"), ("de", "de")):
        page.hear({"do": "speak", "language": language})
        assert page.view()["lang"] == spoken


def test_a_closed_round_takes_no_answer(host: Host, session: Session, workspace: Workspace):
    line = host.enter("paul-ney").line()
    session.record(close_round(session.engagement, workspace.now()))
    host.room.session.refresh()
    answer = say(line, do="nominate", focal_point="promotions", set={"party": "paul-ney"})
    assert "closed" in str(answer["operations"])
    assert nomination(workspace, "paul-ney", "promotions") is None


def test_looking_at_a_link_lets_nobody_in(host: Host):
    status, answer = Browser(host).ask("GET", host.link("paul-ney"))
    assert status == 200
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "changes",
    [{"until": YESTERDAY}, {"respondent": "nobody-here"}, {"engagement": "other"}, {"serial": 2}],
    ids=["expired", "a stranger", "another engagement", "a serial of another link"],
)
def test_a_pass_that_does_not_stand_lets_nobody_in(host: Host, session: Session, changes):
    session.record(Change(("invitation", "paul-ney"), {"until": TODAY.isoformat()}))
    host.room.session.refresh()
    link = host.link(**{"respondent": "paul-ney", **changes})
    assert Browser(host).ask("POST", link)[0] == 403


def test_a_revoked_link_ends_the_page_that_it_opened(host: Host, session: Session):
    line = host.enter("paul-ney").line()
    whole(line)
    session.record(
        Change(("invitation", "paul-ney"), {"until": TODAY.isoformat(), "revoked": True})
    )
    host.room.session.refresh()
    with pytest.raises((websocket.WebSocketException, AssertionError, ValueError, OSError)):
        say(line, do="nominate", focal_point="promotions", set={"party": "paul-ney"})


def test_a_cookie_opens_only_the_page_of_its_own_person(host: Host):
    paul, claire = host.enter("paul-ney"), host.enter("claire-aubry")
    assert paul.ask("GET", claire.page)[0] == 403
    assert paul.ask("GET", "/board/")[0] == 403


def test_a_page_elsewhere_cannot_open_a_line(host: Host):
    paul = host.enter("paul-ney")
    with pytest.raises(websocket.WebSocketBadStatusException):
        paul.line(origin="http://evil.example")


def test_the_host_answers_to_no_other_name(host: Host):
    assert Browser(host).ask("GET", host.link("paul-ney"), Host="evil.example")[0] == 421


def test_a_room_offers_only_names_that_nobody_has_used(host: Host):
    say(
        host.enter("paul-ney").line(),
        do="nominate",
        focal_point="promotions",
        set={"party": "nobody"},
    )
    door = f"/room/{host.room.code}"
    offered = Browser(host).ask("GET", door)[1]["body"]
    assert "Claire Aubry" in offered
    assert "Paul Ney" not in offered
    assert Browser(host).ask("POST", door, "respondent=paul-ney")[0] == 403


def test_somebody_who_is_not_on_the_list_can_join_the_room(host: Host, session: Session):
    guest = Browser(host)
    guest.enter(f"/room/{host.room.code}", name="Zoé Marchand")
    assert whole(guest.line())["page"]["hello"] == "Hello Zoé Marchand"
    session.refresh()
    assert "zoe-marchand" in {r.id for r in session.engagement.respondents}


def test_the_board_hears_of_an_answer_within_two_seconds(host: Host):
    import time

    board = host.enter("").line()
    whole(board)
    say(board, do="hello", query={"engagement": "lorient", "step": "review", "tab": "workshop"})
    say(
        host.enter("paul-ney").line(),
        do="nominate",
        focal_point="promotions",
        set={"party": "nobody"},
    )
    deadline, heard = time.monotonic() + 2, ""
    while "1 of 27" not in heard and time.monotonic() < deadline:
        heard += str(say(board, do="poll"))
        time.sleep(0.1)
    assert "1 of 27" in heard


def test_a_room_with_its_most_people_takes_nobody_in_and_says_why(host: Host, session, monkeypatch):
    monkeypatch.setattr(doors, "MOST_PEOPLE", len(session.engagement.respondents))
    body = urlencode({"name": "Zoé Marchand"})
    status, answer = Browser(host).ask("POST", f"/room/{host.room.code}", body)
    assert (status, "The room is full." in answer["body"]) == (503, True)
    listed = urlencode({"respondent": "claire-aubry"})
    assert Browser(host).ask("POST", f"/room/{host.room.code}", listed)[0] == 303


@pytest.mark.parametrize("who", ["paul-ney", ""], ids=["a respondent", "the board"])
def test_a_page_that_missed_something_gets_the_whole_view_again(host: Host, who):
    line = host.enter(who).line()
    shown = whole(line)
    line.send(json.dumps({"do": "resend"}))
    assert whole(line) == shown
    assert json.loads(line.recv())["kind"] == "still"


def test_an_error_of_ours_is_told_to_the_page_and_its_line_goes_on(host: Host, monkeypatch, caplog):
    line = host.enter("paul-ney").line()
    whole(line)
    message = {"do": "nominate", "focal_point": "promotions", "set": {"party": "claire-aubry"}}
    with monkeypatch.context() as broken:
        broken.setattr(RespondentConversation, "hear", lambda *_: 1 / 0)
        assert "could not be answered" in str(say(line, **message))
    assert "ZeroDivisionError" in caplog.text
    assert say(line, **message)["kind"] == "patch"


def test_the_board_takes_files_in_and_hands_them_out(host: Host):
    board = host.enter("").line()
    whole(board)
    data = base64.b64encode(b"Name,Title\nZoe Petit,CTO\n").decode()
    assert "Zoe Petit" in str(say(board, do="import", name="people.csv", data=data))
    assert "are base64" in str(say(board, do="import", name="people.csv", data="a"))
    handed = say(board, do="take", kind="document", language="en")["file"]
    assert handed["name"] == "lorient.yaml"
    assert handed["text"].startswith("schema_version: 2")
