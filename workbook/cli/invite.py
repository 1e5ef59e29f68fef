"""`workbook invite`: a personal link and a letter for everybody who is asked; we send nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import urlsplit

import typer

from workbook.cli.options import EngagementKey, Folder, WorkspaceFolder, language
from workbook.cli.output import echo, echo_table
from workbook.cli.places import COMMAND_LINE, refuse_unwritable, write_private
from workbook.cli.speaking import speaker
from workbook.cli.workshop import USUAL_PORT
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.model.engagement import Respondent
    from workbook.store import Change
    from workbook.workshop import Letter
    from workbook.workspace import Session, Workspace

USUAL_DAYS = 14
"""Days that a link opens the questions, unless it is said otherwise."""
LIST = "invitations.csv"
Until: TypeAlias = Annotated[
    str, typer.Option(metavar="DATE", help="The last day to answer; by default in two weeks.")
]


def invite(
    key: EngagementKey,
    until: Until = "",
    address: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Where others reach the workshop; by default this machine only.",
        ),
    ] = "",
    out: Folder = None,
    lang: Annotated[str | None, language("By default each respondent’s own: {}.")] = None,
    signed: Annotated[
        str,
        typer.Option(metavar="NAME", help="Who asks, as the letter says; by default the client."),
    ] = "",
    only_silent: Annotated[
        bool, typer.Option("--only-silent", help="Remind those who have not answered this round.")
    ] = False,
    revoked: Annotated[
        str,
        typer.Option(
            "--revoke",
            metavar="NAME",
            help="Take a respondent’s link back, and write no letter. Inviting them again makes a "
            "new one.",
        ),
    ] = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Write a letter with a personal link for everybody who is asked.

    Each letter is a draft (.eml) that your mail program opens, addresses and sends as yours; a CSV
    file serves a mail merge. Nothing is sent from here. Whoever holds a letter can answer for that
    person: keep the folder to yourself. Inviting again leaves earlier links as they are.

    Examples:

      workbook invite acme --address https://workshop.example.org --until 2027-03-12

      workbook invite acme --only-silent --signed "Ana Ruiz, programme lead"

      workbook invite acme --revoke bo-chen
    """
    from workbook.dates import day
    from workbook.i18n import voice
    from workbook.workshop import Occasion, Passes, asked_alone, invitation_change, letter
    from workbook.workshop import invite as invite_until
    from workbook.workspace import Workspace

    home, today = Workspace.at(workspace), day("")
    session = home.open(key)
    if revoked:
        _revoke(session, revoked, today)
        return
    last = last_day(until, today)
    folder = out or home.path / ("reminders" if only_silent else "invitations") / session.key
    refuse_unwritable(folder)
    occasion = Occasion(
        rules=session.rules,
        engagement=session.engagement,
        passes=Passes.of(home.store),
        address=_checked(address) if address else _own_address(home),
        asker=signed,
        language=voice(lang).language if lang else "",
        reminds=only_silent,
    )
    respondents = _silent(session) if only_silent else asked_alone(session.engagement)
    invitations = [invite_until(session.engagement, r.id, last) for r in respondents]
    letters = list(map(partial(letter, occasion), respondents, invitations))
    record_news(session, *map(invitation_change, invitations))
    files = {f"{each.respondent}.eml": each.mail() for each in letters}
    write_private(folder, {**files, LIST: _merge_list(letters)}, "" if out else "*.eml")
    _tell(letters, folder)
    if not address:
        v = speaker()
        echo(v.t("The links lead to this machine only: say --address where others reach it."))


def last_day(until: str, today: dt.date) -> dt.date:
    """The last day to answer; BadInput for one that is over."""
    from workbook.dates import read_date

    last = read_date(until, "--until") if until else today + dt.timedelta(days=USUAL_DAYS)
    if last < today:
        fix = "name a day to come"
        raise BadInput(Problem(f"{last} is over", fix, COMMAND_LINE, path="--until"))
    return last


def _revoke(session: Session, name: str, today: dt.date) -> None:
    from workbook.workshop import invitation_change, revoke

    engagement, invitation = session.engagement, revoke(session.engagement, name, today)
    record_news(session, invitation_change(invitation))
    holder = next(r for r in engagement.respondents if r.id == invitation.respondent)
    name = engagement.respondent_name(holder)
    echo(speaker().t("The link of {name} opens nothing any more.", name=name))


def _silent(session: Session) -> list[Respondent]:
    from workbook.workshop import current_round, silent_in

    asked = current_round(session.engagement)
    if asked is None or asked.closed:
        fix = "open one on the board: workbook workshop KEY"
        raise BadInput(Problem("no round is open", fix, COMMAND_LINE, path="--only-silent"))
    return silent_in(session.engagement, session.round_log(asked.id))


def record_news(session: Session, *changes: Change) -> None:
    """Record what is new; inviting twice until the same day says nothing new."""
    from workbook.store import canonical

    news = [c for c in changes if canonical(c).value != session.value(c.subject)]
    if news:
        session.record(*news)
        session.flush()


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        problem, fix = (
            f"“{address}” is no address of a host",
            "write https://name or http://name:port",
        )
        raise BadInput(Problem(problem, fix, COMMAND_LINE, path="--address"))
    return address.rstrip("/")


def _own_address(home: Workspace) -> str:
    from workbook.serve.place import HOST, last_place

    last = last_place(home.path, "workshop")
    return f"http://{HOST}:{last.port if last else USUAL_PORT}"


def _merge_list(letters: Iterable[Letter]) -> bytes:
    """What a mail merge needs, a line per respondent."""
    from workbook.exchange.tables.writing import csv_bytes

    heads = ("name", "email", "language", "until", "link", "subject")
    rows = ((x.name, x.email, x.language, x.until.isoformat(), x.link, x.subject) for x in letters)
    return csv_bytes([heads, *rows])


def _tell(letters: list[Letter], folder: Path) -> None:
    """Who is written to; no link, because a terminal keeps what it shows."""
    from workbook.wording.figures import NO_NUMBER

    v = speaker()
    if not letters:
        echo(v.t("Everybody has answered: nobody is reminded."))
        return
    heads = (v.t("NAME"), v.t("E-MAIL"), v.t("LANGUAGE"), v.t("UNTIL"), v.t("FILE"))
    rows = (
        (x.name, x.email or NO_NUMBER, x.language, x.until.isoformat(), f"{x.respondent}.eml")
        for x in letters
    )
    echo_table([heads, *rows])
    echo(
        v.n(
            "One letter is in {folder}, with {list} for a mail merge. Nothing was sent: open it "
            "in your mail program.",
            "{count} letters are in {folder}, with {list} for a mail merge. Nothing was sent: open "
            "them in your mail program.",
            len(letters),
            folder=folder,
            list=LIST,
        )
    )
