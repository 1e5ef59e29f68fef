"""`workbook invite`: a letter for each respondent, in their language, sent by nobody but you."""

from __future__ import annotations

import csv
import datetime as dt
import stat
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.workshop.conftest import ASKED, nominate, silent
from tests.workshop.hosting import Browser, Host
from workbook.cli.main import app
from workbook.store import Change
from workbook.workshop import close_round
from workbook.workspace import Session, Workspace

UNTIL = "2026-12-04"
ADDRESS = "https://workshop.example.org"


@pytest.fixture
def session(of_three: Session) -> Session:
    return of_three


@pytest.fixture
def invited(workspace: Workspace, session: Session, monkeypatch):
    """Invite with these words; what came of it."""
    monkeypatch.setenv("WORKBOOK_AS_OF", "2026-11-27")

    def invited(*words: str):
        usual = ["--workspace", str(workspace.path), "--until", UNTIL, "--address", ADDRESS]
        result = CliRunner().invoke(app, ["invite", session.key, *usual, *words])
        session.refresh()
        return result

    return invited


def mails(workspace: Workspace, kind: str = "invitations") -> dict[str, EmailMessage]:
    """The letters by respondent."""
    parser = BytesParser(policy=policy.default)
    files = (workspace.path / kind / "lorient").glob("*.eml")
    return {file.stem: parser.parsebytes(file.read_bytes()) for file in files}


def body(mail: EmailMessage, form: str = "plain") -> str:
    part = mail.get_body((form,))
    assert part is not None
    return part.get_content()


def link(mail: EmailMessage) -> str:
    return next(line for line in body(mail).splitlines() if line.startswith(ADDRESS))


def test_everybody_who_is_asked_gets_a_letter_until_the_day(invited, workspace, session):
    result = invited()
    assert result.exit_code == 0, result.output
    respondents = {r.id for r in session.engagement.respondents if not r.withdrawn}
    assert mails(workspace).keys() == respondents
    assert {i.until for i in session.engagement.invitations} == {dt.date.fromisoformat(UNTIL)}


def test_a_letter_says_why_how_long_until_when_who_sees_it_and_whom_to_ask(invited, workspace):
    invited("--signed", "Anne Marchal")
    text = body(mails(workspace)["paul-ney"])
    for part in (
        "Hello Paul Ney",
        "Anne Marchal asks",
        "five minutes",
        "27 short questions",
        "4 December 2026",
        "shown in the workshop with your name",
        "reply to this message",
    ):
        assert part in text


def test_without_names_the_letter_promises_it(invited, workspace, session):
    session.record(Change(("anonymous",), True))  # noqa: FBT003 - a value
    invited()
    assert "without your name" in body(mails(workspace)["paul-ney"])


def test_nobody_is_named_as_the_sender_and_a_mail_program_takes_it_for_a_draft(invited, workspace):
    invited()
    mail = mails(workspace)["paul-ney"]
    assert (mail["From"], mail["X-Unsent"]) == (None, "1")
    assert mail.get_content_type() == "multipart/alternative"


def test_each_respondent_is_written_to_in_their_own_language(invited, workspace, session):
    who = {"name": "Claire Aubry", "email": "claire@example.org"}
    session.record(
        Change(("person", "claire-aubry"), who),
        Change(("respondent", "claire-aubry"), {"person": "claire-aubry", "language": "fr"}),
    )
    invited()
    claire, paul = mails(workspace)["claire-aubry"], mails(workspace)["paul-ney"]
    assert claire["Subject"].strip().startswith("Cinq minutes")
    assert (claire["To"], claire["Content-Language"]) == ("Claire Aubry <claire@example.org>", "fr")
    assert "Répondre maintenant" in body(claire, "html")
    assert (paul["To"], paul["Content-Language"]) == (None, "en")


@pytest.mark.parametrize("email", ["nobody", "a@b@c", "a\nBcc: x@y.z", "é@exemple.fr", "a@"])
def test_an_address_that_no_mail_can_bear_is_left_out(invited, workspace, session, email):
    session.record(Change(("person", "paul-ney"), {"name": "Paul\nNey", "email": email}))
    assert invited().exit_code == 0
    mail = mails(workspace)["paul-ney"]
    assert (mail["To"], mail["Bcc"]) == (None, None)


def test_a_link_opens_the_questions_of_its_own_respondent(invited, workspace):
    invited()
    host = Host(workspace)
    paul = Browser(host)
    paul.enter(link(mails(workspace)["paul-ney"]).removeprefix(ADDRESS))
    assert "Hello Paul Ney" in paul.ask("GET", paul.page)[1]["body"]
    host.stop()


def test_inviting_again_says_nothing_new_and_leaves_the_links(invited, workspace, session):
    invited()
    events, before = len(session.history()), link(mails(workspace)["paul-ney"])
    invited()
    assert len(session.history()) == events
    assert link(mails(workspace)["paul-ney"]) == before


def test_a_link_that_was_taken_back_is_followed_by_another(invited, workspace):
    invited()
    before = link(mails(workspace)["paul-ney"]).removeprefix(ADDRESS)
    assert "Paul Ney" in invited("--revoke", "paul ney").stdout
    host = Host(workspace)
    assert Browser(host).ask("POST", before)[0] == 403
    invited()
    host.room.session.refresh()
    after = link(mails(workspace)["paul-ney"]).removeprefix(ADDRESS)
    assert [Browser(host).ask("POST", text)[0] for text in (before, after)] == [403, 303]
    host.stop()


def test_a_name_that_nobody_has_is_not_taken_back(invited):
    result = invited("--revoke", "Paula Ney")
    assert (result.exit_code, "Paul Ney" in result.stderr) == (2, True)


def test_only_the_silent_are_reminded(invited, workspace, session):
    nominate(session, "paul-ney", "promotions", "claire-aubry")
    invited("--only-silent")
    reminded = mails(workspace, "reminders")
    assert "paul-ney" not in reminded
    assert reminded["claire-aubry"]["Subject"].strip().startswith("Reminder")


def test_who_has_answered_since_is_reminded_no_more(invited, workspace, session):
    invited("--only-silent")
    nominate(session, "paul-ney", "promotions", "claire-aubry")
    invited("--only-silent")
    assert "paul-ney" not in mails(workspace, "reminders")


def test_nobody_is_reminded_once_all_have_answered_or_the_round_is_over(
    invited, workspace, session
):
    for who in ASKED:
        nominate(session, who, "promotions", "claire-aubry")
    assert "nobody is reminded" in invited("--only-silent").stdout
    assert mails(workspace, "reminders") == {}
    session.record(close_round(session.engagement, workspace.now()))
    over = invited("--only-silent")
    assert (over.exit_code, "no round is open" in over.stderr) == (2, True)


def test_links_stand_in_letters_and_the_list_alone_and_only_you_can_read_them(invited, workspace):
    result = invited()
    folder: Path = workspace.path / "invitations" / "lorient"
    assert "/in/" not in result.output
    with (folder / "invitations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row["link"] for row in csv.DictReader(file)}
    assert rows["Paul Ney"] == link(mails(workspace)["paul-ney"])
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


@pytest.mark.parametrize(
    "words",
    [
        ("--until", "2026-11-26"),
        ("--until", "soon"),
        ("--address", "workshop"),
        ("--address", "https://a.example/?x=1"),
        ("--lang", "xx"),
    ],
)
def test_a_wrong_word_invites_nobody(invited, session, words):
    assert invited(*words).exit_code == 2
    assert session.engagement.invitations == ()


def test_an_engagement_that_asks_nobody_has_nobody_to_invite(workspace: Workspace):
    workspace.new(silent(workspace, respondents=(), key="empty"))
    words = ["invite", "empty", "--workspace", str(workspace.path)]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, "nobody is asked" in result.stderr) == (2, True)
