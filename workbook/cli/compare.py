"""`workbook compare`: what improved and what regressed since a baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import AsJson, Day, EngagementKey, WorkspaceFolder, language
from workbook.cli.output import echo, echo_json
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.workspace import Session


def compare(
    key: EngagementKey,
    since: Annotated[
        str | None, typer.Argument(help="A baseline; without it, the first one.")
    ] = None,
    until: Annotated[str | None, typer.Argument(help="A later one; without it, today.")] = None,
    lang: Annotated[str | None, language("By default the engagement’s own: {}.")] = None,
    as_json: AsJson = False,
    as_of: Day = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Say what improved and what regressed since a baseline, subject by subject.

    What was said then is evaluated with the framework, dates and size of today, so that answers
    alone make the difference.

    Examples:

      workbook compare acme "Kick-off"

      workbook compare acme "Kick-off" "After workshop" --json
    """
    from workbook.dates import day
    from workbook.i18n import voice
    from workbook.wording.changes import (
        change_text,
        changed_subject,
        may_be_told,
        turn_word,
        turns_text,
    )
    from workbook.wording.phrases import Phrases
    from workbook.workspace import Workspace
    from workbook.workspace.comparing import compared

    session = Workspace.at(workspace).open(key)
    since = since or _first(session)
    comparison = compared(session, since, until, day(as_of))
    v = voice(lang or session.engagement.language)
    before, after = (
        Phrases(session.rules, v, *moment) for moment in (comparison.before, comparison.after)
    )
    changed = [change for change in comparison.changes if may_be_told(before, after, change)]
    if as_json:
        echo_json(
            [
                {
                    "subject": change.subject,
                    "instance": change.instance,
                    "turn": change.turn.value,
                    "before": change.before,
                    "after": change.after,
                    "owners": list(change.owners),
                }
                for change in changed
            ]
        )
        return
    for change in changed:
        word = turn_word(change.turn, v)
        line = f"{word.sign} {word.text:<16} {changed_subject(after, change)}"
        echo(f"{line}  {change_text(before, after, change)}".rstrip())
    echo(turns_text(changed, v))


def _first(session: Session) -> str:
    if not session.baselines:
        problem = Problem(f"“{session.key}” has no baseline yet", "name one: workbook baseline")
        raise BadInput(problem)
    return session.baselines[0].name
