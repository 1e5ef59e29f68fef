"""`workbook history`: who said what, when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.cli.options import EngagementKey, WorkspaceFolder
from workbook.cli.output import echo, echo_json
from workbook.cli.places import check_stored
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.store import DamageKind
    from workbook.workspace import Event, Workspace

_SHOWN = 72
"""Characters of a value on a line; --json has all of it."""


def history(
    key: EngagementKey,
    subject: Annotated[
        str | None,
        typer.Option(help="Only about this: decision, decision/promotions, person/ana, …"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per event.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Go over the chain: is each event as it was written?")
    ] = False,
    head: Annotated[
        str, typer.Option(help="With --verify: a head that you kept, which must still be there.")
    ] = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Show every change of an engagement: who made it, when, and what it says.

    Nothing is ever overwritten: undo, redo and baselines are lines of their own.

    --verify names each event that was changed or is missing. Whoever cut events off at the end, and
    wrote the end anew, is found only by a head kept elsewhere: a report has one, and so has whoever
    wrote down what --verify printed. Exit code 0 if all holds, 1 if not.

    Examples:

      workbook history acme

      workbook history acme --subject decision/promotions

      workbook history acme --json

      workbook history acme --verify
    """
    from workbook.workspace import Workspace

    home = Workspace.at(workspace)
    if verify or head:
        if not _holds(home, key, head, as_json=as_json):
            raise typer.Exit(1)
        return
    events = home.open(key).history()
    wanted = _about(events, subject) if subject else events
    for event in wanted:
        echo(json.dumps(_plain(event), ensure_ascii=False) if as_json else _line(event))


def _holds(home: Workspace, key: str, head: str, *, as_json: bool) -> bool:
    """Whether the chain of an engagement holds; says what does not."""
    storable = key.encode(errors="replace").decode()  # a byte that is no text names nothing
    verification = home.store.verify(storable)
    if not verification.heads and not verification.damages:
        check_stored(home, key, path="KEY")
    place = verification.place(head) if head else len(verification.heads)
    if as_json:
        damages = [{"seq": seq, "kind": kind} for seq, kind in verification.damages]
        ok = bool(place and not damages)
        echo_json({"ok": ok, "head": verification.head, "head_at": place, "damages": damages})
        return ok
    v = speaker()
    for seq, kind in verification.damages:
        echo(damage_text(v, seq, kind), err=True)
    if not place:
        echo(
            v.t("No event has the head {head}: the end was cut off or rewritten.", head=head),
            err=True,
        )
    if verification.damages or not place:
        return False
    echo(
        v.n(
            "{count} event, and it is as it was written. Its head: {head}",
            "{count} events, each as it was written. The last one’s head: {head}",
            len(verification.heads),
            head=verification.head,
        )
    )
    return True


def damage_text(v: Voice, seq: int, kind: DamageKind) -> str:
    """What is wrong with an event."""
    return {
        "changed": v.t("event {seq} was changed", seq=seq),
        "missing": v.t("event {seq} is missing", seq=seq),
        "private": v.t("a name or text of event {seq} was changed or removed", seq=seq),
        "file": v.t("the database finds its own file damaged: back it up, and restore the backup"),
        "end": v.t("after event {seq} the end of the chain was changed", seq=seq),
    }[kind.value]


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
