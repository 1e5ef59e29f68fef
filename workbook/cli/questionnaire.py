"""`workbook questionnaire`: a file for everybody who is asked, to answer without a server."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.invite import Until, last_day, record_news
from workbook.cli.options import EngagementKey, Folder, WorkspaceFolder, language
from workbook.cli.output import echo
from workbook.cli.places import COMMAND_LINE, refuse_unwritable, write_private
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    import datetime as dt

    from workbook.exchange.questionnaire.paper import Paper
    from workbook.model.engagement import Respondent
    from workbook.workshop import Passes
    from workbook.workspace import Session


class PaperFormat(StrEnum):
    """What a questionnaire is written as."""

    XLSX = "xlsx"
    HTML = "html"


def questionnaire(
    key: EngagementKey,
    form: Annotated[
        PaperFormat,
        typer.Option(
            "--format", help="A workbook to fill in, or a page that works without a network."
        ),
    ] = PaperFormat.XLSX,
    until: Until = "",
    out: Folder = None,
    lang: Annotated[str | None, language("By default each respondent’s own: {}.")] = None,
    workspace: WorkspaceFolder = None,
) -> None:
    """Write a questionnaire for everybody who is asked, a file for each.

    It asks what the open round asks, in the respondent’s language, and shows what they have
    answered before. `workbook import` takes the file back; taking it in twice changes nothing. It
    says itself whose it is: who holds it can answer for that person.

    Examples:

      workbook questionnaire acme --until 2027-03-12

      workbook import questionnaires/acme/bo-chen.xlsx --engagement acme
    """
    from workbook.dates import day
    from workbook.i18n import voice
    from workbook.workshop import Passes, asked_alone, invitation_change, invite
    from workbook.workspace import Workspace

    home, today = Workspace.at(workspace), day("")
    session = home.open(key)
    last = last_day(until, today)
    folder = out or home.path / "questionnaires" / session.key
    refuse_unwritable(folder)
    spoken = voice(lang).language if lang else ""
    respondents, passes = asked_alone(session.engagement), Passes.of(home.store)
    papers = [_paper(session, r, passes, last, spoken) for r in respondents]
    changes = (invitation_change(invite(session.engagement, r.id, last)) for r in respondents)
    record_news(session, *changes)
    write = _workbook if form is PaperFormat.XLSX else partial(_page, session, today)
    files = {f"{paper.respondent.id}.{form}": write(paper) for paper in papers}
    write_private(folder, files, "" if out else f"*.{form}")
    echo(
        speaker().n(
            "One questionnaire is in {folder}.",
            "{count} questionnaires are in {folder}.",
            len(files),
            folder=folder,
        )
    )


def _workbook(paper: Paper) -> bytes:
    from workbook.exchange.questionnaire.writing import questionnaire_xlsx

    return questionnaire_xlsx(paper)


def _page(session: Session, today: dt.date, paper: Paper) -> bytes:
    """The respondent's page in every language; it accepts no decision and waits for no round."""
    from workbook.i18n import base, languages
    from workbook.serve.host.pages import questionnaire_html
    from workbook.widgets.respondent import Desk, RespondentConversation

    desk, key = Desk(session), paper.respondent.id
    file = f"{session.key}-{key}"
    views = {}
    for each in languages():
        view = RespondentConversation(desk, key, lambda: today, each).view()
        views[each] = {**view, "page": {**view["page"], "owned": [], "file": file}}
    return questionnaire_html(views, base(paper.language), paper.code).encode()


def _paper(
    session: Session, respondent: Respondent, passes: Passes, until: dt.date, lang: str
) -> Paper:
    from workbook.exchange.questionnaire.paper import Paper
    from workbook.i18n import voice
    from workbook.workshop import (
        Pass,
        current_round,
        invite,
        language_of,
        subjects_of,
        who_sees,
    )

    engagement, rules = session.engagement, session.rules
    asked = current_round(engagement)
    if asked is None or asked.closed:
        fix = "open one on the board: workbook workshop KEY"
        raise BadInput(Problem("no round is open", fix, COMMAND_LINE, path="KEY"))
    v = voice(lang or language_of(engagement, respondent))
    serial = invite(engagement, respondent.id, until).serial
    held = Pass(engagement.key, respondent.id, until, serial, round=asked.id)
    subjects = subjects_of(rules, engagement, respondent)
    values = {f.key: session.value(("nomination", respondent.id, f.key)) for _, f in subjects}
    return Paper(
        engagement=engagement,
        respondent=respondent,
        subjects=tuple(subjects),
        answers=values,
        code=passes.write(held),
        until=v.date(until),
        privacy=who_sees(rules, engagement, v),
        language=v.language,
    )
