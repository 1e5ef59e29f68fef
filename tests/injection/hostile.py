"""An engagement in whose every text somebody has written a payload, and all that is made of it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from typer.testing import CliRunner

from tests.injection import detect
from tests.injection.payloads import Payload
from workbook import report, resources
from workbook.cli.main import app
from workbook.content import load_engagement
from workbook.exchange.tasks.task import tasks_of
from workbook.exchange.tasks.writing import System, file_of
from workbook.i18n import voice
from workbook.model.base import Value
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.office import RENDERERS
from workbook.scoring import evaluate
from workbook.serve.host.pages import board_html, questionnaire_html, respondent_html
from workbook.widgets.conversation import Conversation
from workbook.widgets.respondent import Desk, RespondentConversation
from workbook.wording.phrases import Phrases
from workbook.workspace import Session, Workspace

TODAY = dt.date(2026, 11, 23)
FIELDS = {
    "people": ("name", "title", "unit"),
    "teams": ("name",),
    "externals": ("name",),
    "nominations": ("note", "evidence"),
    "decisions": ("note", "evidence"),
    "answers": ("note",),
}
"""Texts that people write, in lists of which each entry gets the next payload."""


class Hostile(NamedTuple):
    """An engagement full of payloads."""

    engagement: Engagement
    rules: Rules


@cache
def _example() -> Hostile:
    path = resources.templates() / "engagements" / "groupe-kervadec.yaml"
    engagement, rules = load_engagement(path)
    return Hostile(engagement, rules)


def hostile(payloads: Sequence[Payload]) -> Hostile:
    """Each payload stands in each field of somebody."""
    whole, rules = _example()
    texts = [payload.text for payload in payloads]
    changes: dict[str, Any] = {
        field: tuple(_written(getattr(whole, field), names, texts))
        for field, names in FIELDS.items()
    }
    organisation = whole.organisation.model_copy(update={"name": texts[0]})
    programme = whole.programme.model_copy(update={"name": texts[1 % len(texts)]})
    changes |= {"key": "hostile", "organisation": organisation, "programme": programme}
    return Hostile(Engagement.model_validate(whole.model_copy(update=changes).model_dump()), rules)


def _written(entries: Iterable[Value], names: tuple[str, ...], texts: list[str]) -> Iterator[Value]:
    following = itertools.cycle(texts)
    for entry in entries:
        yield entry.model_copy(update={name: next(following) for name in names})


Output = tuple[str, Callable[[], Any], Callable[[Any], list[str]]]
"""What it is called, who makes it, and what a reader's program finds in it."""


def outputs(made: Hostile) -> Iterator[Output]:
    """Everything that is made of an engagement: documents, screens, mails, terminal."""
    evaluation = evaluate(made.rules, made.engagement, TODAY)
    whole = report.build(made.rules, made.engagement, evaluation, "fr")
    looks = {
        "csv": detect.spreadsheet_text,
        "docx": detect.office,
        "ics": detect.calendar,
        "pdf": detect.pdf,
        "pptx": detect.office,
        "xlsx": detect.workbook,
    }
    yield "report", lambda: report.html(whole), detect.page
    for form, look in looks.items():
        yield form, lambda form=form: RENDERERS[form](whole), look
    phrases = Phrases(made.rules, voice("fr"), made.engagement, evaluation)
    for system in System:
        make = lambda system=system: file_of(tasks_of(phrases), system, voice("fr"))  # noqa: E731
        yield f"tasks for {system.value}", make, _sheet
    with TemporaryDirectory() as folder:
        workspace = Workspace.at(folder)
        yield from _screens(workspace, workspace.new(made.engagement))
        yield from _commands(Path(folder))


def _sheet(content: bytes) -> list[str]:
    return detect.workbook(content) if content[:2] == b"PK" else detect.spreadsheet_text(content)


def _screens(workspace: Workspace, session: Session) -> Iterator[Output]:
    for name, make in screens(workspace, session):
        yield name, lambda make=make: make()[0], detect.page


def screens(
    workspace: Workspace, session: Session
) -> Iterator[tuple[str, Callable[[], tuple[str, str]]]]:
    """Every page that a browser shows: its name, and who makes it and its policy."""
    for step, tab in (("start", None), ("review", "findings"), ("review", "map")):
        beside = {"tab": tab} if tab else {}
        talk = Conversation(workspace, session, as_of=TODAY, step=step, **beside)
        yield f"board at {step}", lambda talk=talk: board_html(talk.view())
    who = next(r.id for r in session.engagement.respondents if not r.withdrawn)
    answering = RespondentConversation(Desk(session), who, lambda: TODAY)
    yield "respondent’s page", lambda: respondent_html(answering.view())
    views = {"fr": answering.view()}
    yield "questionnaire", lambda: (questionnaire_html(views, "fr", "code"), "")


def _commands(folder: Path) -> Iterator[Output]:
    person = "--workspace", str(folder)
    for words in (("list",), ("history", "hostile"), ("actions", "list", "hostile")):
        yield " ".join(words), lambda words=words: said(*words, *person), detect.terminal
    invite = ("invite", "hostile", "--until", "2026-12-24", *person)
    yield "invite", lambda: said(*invite), detect.terminal
    for file in sorted((folder / "invitations").rglob("*")):
        if file.suffix == ".eml":
            yield "letter", file.read_bytes, detect.headers
        elif file.suffix == ".csv":
            yield "list of letters", file.read_bytes, detect.spreadsheet_text


def said(*words: str) -> str:
    """What a command writes to the terminal."""
    ran = CliRunner().invoke(app, list(words))
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    assert ran.exit_code == 0, ran.output
    return ran.output
