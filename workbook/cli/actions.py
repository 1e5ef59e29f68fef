"""`workbook actions`: what to do, out to the systems that people work in, and its status back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.importing import import_file
from workbook.cli.options import (
    Actor,
    AsJson,
    Day,
    DryRun,
    EngagementKey,
    PlanAsJson,
    WorkspaceFolder,
    language,
)
from workbook.cli.output import echo, echo_json
from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from workbook.model.evaluation import Evaluation
    from workbook.wording.phrases import Phrases
    from workbook.workspace import Session

app = typer.Typer(add_completion=False, no_args_is_help=True)
Language = Annotated[str | None, language("By default the engagement’s own: {}.")]


@app.callback()
def actions() -> None:
    """List the actions of an engagement, send them out as tasks, and take their status back.

    Examples:

      workbook actions export acme --to jira -o tasks.csv

      workbook actions import acme tasks.csv
    """


@app.command("list")
def list_actions(
    key: EngagementKey,
    since: Annotated[
        str | None,
        typer.Option(metavar="BASELINE", help="What was done since, and what it brought."),
    ] = None,
    lang: Language = None,
    as_of: Day = "",
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """List what is to be done, by whom, until when, how far it is, and what it will bring.

    Examples:

      workbook actions list acme

      workbook actions list acme --since "Kick-off" --lang fr
    """
    from workbook.dates import day
    from workbook.workspace import Workspace

    session = Workspace.at(workspace).open(key)
    today = day(as_of)
    phrases = _phrases(session, today, lang)
    if as_json:
        echo_json(_as_data(phrases))
    elif since is not None:
        _tell_done(phrases, _before(session, since, today))
    else:
        _tell(phrases)


@app.command("export")
def export_actions(
    key: EngagementKey,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file.")],
    system: Annotated[
        str | None,
        typer.Option("--to", help="jira, planner, asana, csv or xlsx; by default as FILE ends."),
    ] = None,
    lang: Language = None,
    as_of: Day = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Write the actions as a file that Jira, Planner, Asana or a spreadsheet takes in.

    Our key travels in each task, so that `workbook actions import` knows it again. A plan in
    Planner takes 200 tasks; those that do not fit are the last ones.

    Examples:

      workbook actions export acme --to jira -o tasks.csv

      workbook actions export acme --to planner -o plan.xlsx --lang fr
    """
    from workbook.cli.places import write_bytes
    from workbook.dates import day
    from workbook.exchange.tasks.task import tasks_of
    from workbook.exchange.tasks.writing import MOST, System, file_of
    from workbook.workspace import Workspace

    systems = [each.value for each in System]
    wanted = system or output.suffix.removeprefix(".")
    if wanted not in systems:
        raise BadInput(
            Problem(f"there is no system “{wanted}”", nearest(wanted, systems), path="--to")
        )
    phrases = _phrases(Workspace.at(workspace).open(key), day(as_of), lang)
    tasks = tasks_of(phrases)
    write_bytes(output, file_of(tasks, System(wanted), phrases.voice))
    if wanted == System.PLANNER and len(tasks) > MOST:
        rest = len(tasks) - MOST
        left = phrases.voice.n(
            "left out: the last action", "left out: the last {count} actions", rest
        )
        echo(left, err=True)
    echo(str(output), err=True)


@app.command("import")
def import_actions(
    key: EngagementKey,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The list that came back.")],
    dry_run: DryRun = False,
    as_json: PlanAsJson = False,
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Take back the status, owner and due date of actions that went out.

    The same as `workbook import FILE --engagement KEY --as actions`.

    Examples:

      workbook actions import acme jira.csv --dry-run

      workbook actions import acme plan.xlsx
    """
    import_file(
        file,
        key,
        kind="actions",
        dry_run=dry_run,
        as_json=as_json,
        actor=actor,
        workspace=workspace,
    )


def _phrases(session: Session, today: dt.date, lang: str | None) -> Phrases:
    from workbook.i18n import voice
    from workbook.wording.phrases import Phrases

    engagement = session.engagement
    speaker = voice(lang or engagement.language)
    return Phrases(session.rules, speaker, engagement, session.evaluate(today))


def _before(session: Session, baseline: str, today: dt.date) -> Evaluation:
    from workbook.scoring import evaluate

    return evaluate(session.rules, session.at(baseline), today)


def _as_data(phrases: Phrases) -> list[dict[str, object]]:
    from workbook.exchange.tasks.task import tasks_of

    return [
        {
            "key": task.action,
            "title": task.title,
            "owner": task.owner,
            "who": task.who,
            "due": task.due.isoformat(),
            "status": task.status.value,
            "effort_hours": task.effort_hours,
            "gain": task.gain,
        }
        for task in tasks_of(phrases)
    ]


def _tell(phrases: Phrases) -> None:
    from workbook.exchange.tasks.task import tasks_of
    from workbook.wording.figures import gain_text
    from workbook.wording.undertakings import status_words, undertakings_text

    v = phrases.voice
    for number, task in enumerate(tasks_of(phrases), 1):
        status, due = status_words(v)[task.status], v.date(task.due, "medium")
        gain = gain_text(task.gain or 0, v)
        echo(f"{number}. {task.title} ({task.who}, {due}, {gain}) · {status}")
    if phrases.engagement.undertakings:
        echo(f"\n{undertakings_text(phrases)}")


def _tell_done(phrases: Phrases, before: Evaluation) -> None:
    """The actions that a baseline called for and that nothing calls for any more."""
    from workbook.wording.actions import title_of
    from workbook.wording.figures import bounds, gain_text

    v, now = phrases.voice, phrases.evaluation
    called_for = {action.key for action in now.actions}
    done = [action for action in before.actions if action.key not in called_for]
    for action in done:
        echo(f"✓ {title_of(phrases, action.key)} ({gain_text(action.gain_low, v)})")
    low, high = (bounds(score, v)[0] for score in (before.score, now.score))
    counted = v.n("{count} action is done", "{count} actions are done", len(done))
    echo(
        v.t(
            "{counted}; at least {before} → {after} points.",
            counted=counted,
            before=low,
            after=high,
        )
    )
