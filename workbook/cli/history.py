"""`workbook history`: who said what, when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.cli.options import EngagementKey, WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from workbook.workspace import Event

_SHOWN = 72
"""Characters of a value on a line; --json has all of it."""


def history(
    key: EngagementKey,
    subject: Annotated[
        str | None,
        typer.Option(help="Only about this: decision, decision/promotions, person/ana, …"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per event.")] = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """Show every change of an engagement: who made it, when, and what it says.

    Nothing is ever overwritten: undo, redo and baselines are lines of their own.

    Examples:

      workbook history acme

      workbook history acme --subject decision/promotions

      workbook history acme --json
    """
    from workbook.workspace import Workspace

    events = Workspace.at(workspace).open(key).history()
    wanted = _about(events, subject) if subject else events
    for event in wanted:
        echo(json.dumps(_plain(event), ensure_ascii=False) if as_json else _line(event))


def _about(events: Iterable[Event], subject: str) -> list[Event]:
    parts = tuple(subject.split("/"))
    matching = [event for event in events if event.subject[: len(parts)] == parts]
    if not matching:
        known = {"/".join(e.subject[:n]) for e in events for n in range(1, len(e.subject) + 1)}
        problem = f"nothing was said about “{subject}”"
        raise BadInput(Problem(problem, nearest(subject, known), "command line", path="--subject"))
    return matching


def _plain(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "time": event.time.isoformat(),
        "actor": event.actor,
        "kind": event.kind.value,
        "subject": list(event.subject),
        "value": event.value,
        "id": event.id,
        "step": event.step,
        "supersedes": list(event.supersedes),
    }


def _line(event: Event) -> str:
    text = "" if event.value is None else json.dumps(event.value, ensure_ascii=False)
    if len(text) > _SHOWN:
        text = text[: _SHOWN - 1] + "…"
    if event.value is None and event.kind.value in {"set", "undo", "redo"}:
        text = speaker().t("(removed)")
    when = event.time.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    about = "/".join(event.subject)
    return (
        f"{event.seq:>5}  {when}  {event.actor:<14} {event.kind.value:<8} {about}  {text}".rstrip()
    )
