"""`workbook export`: an engagement of the store as one document."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import EngagementKey, Named, NamesShown, Output, WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.places import write_document
from workbook.cli.speaking import say, speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.workspace import Session, Workspace


class Format(StrEnum):
    """How a document is written."""

    YAML = "yaml"
    JSON = "json"


def export(
    key: EngagementKey,
    at: Annotated[
        str | None,
        typer.Option(help="A baseline's name, an event's number or a time; by default now."),
    ] = None,
    before: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="Only what is before an event, which may be damaged."),
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="By default YAML.")] = None,
    names: Named = NamesShown.ON,
    output: Output = None,
    workspace: WorkspaceFolder = None,
) -> None:
    """Write an engagement as one document, which `workbook check`, `new` and `report` read.

    With --names off it holds pseudonyms, and nothing tells who answered what.

    Where answers are anonymous, it has those that at least five gave to a subject, without whose.

    Examples:

      workbook export acme

      workbook export acme --at "Kick-off" -o acme.json

      workbook export acme --names off -o acme-without-names.yaml
    """
    from workbook.report.unattributed import unattributed
    from workbook.workspace import Workspace

    home = Workspace.at(workspace)
    engagement = _complete(_chosen(home, key, at, before), home.path)
    engagement = unattributed(home.rules_of(engagement), engagement)
    if names is NamesShown.OFF:
        from workbook.i18n import voice
        from workbook.report.nameless import pseudonymised

        engagement = pseudonymised(engagement, voice(engagement.language))
    if form is None:
        form = Format.JSON if output and output.suffix == ".json" else Format.YAML
    document = _document(engagement, form)
    if output is None:
        echo(document, end=False)
        return
    write_document(output, document)
    echo(str(output), err=True)


def _chosen(place: Workspace, key: str, at: str | None, before: int | None) -> Engagement:
    """The engagement now, at a moment, or as far as it can be read."""
    if before is None:
        session = place.open(key)
        return session.engagement if at is None else _then(session, at)
    from workbook.store import fold

    if at is not None:
        raise BadInput(Problem("--at and --before", "give one of them", "command line"))
    events = place.store.events(key, before=before)
    if not events:
        problem = f"“{key}” has no event before {before}"
        raise BadInput(Problem(problem, "give a later number", "command line", path="--before"))
    return fold(events)


def _complete(engagement: Engagement, workspace: Path) -> Engagement:
    """Without what no longer has a place; what is left out is said."""
    from workbook.content import consistent, load_framework

    ref = engagement.framework
    whole, left_out = consistent(engagement, load_framework(ref.key, ref.version, near=workspace))
    for problem, count in Counter(problem.message for problem in left_out).items():
        left = speaker().t("left out: {problem} ({count})", problem=say(problem), count=count)
        echo(left, err=True)
    return whole


def _document(engagement: Engagement, form: Format) -> str:
    if form is Format.YAML:
        from workbook.content import dump_engagement

        return dump_engagement(engagement)
    plain = engagement.model_dump(mode="json", exclude_defaults=True)
    whole = {"schema_version": engagement.schema_version, **plain}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _then(session: Session, at: str) -> Engagement:
    """A baseline's name comes first, then a number, then a time."""
    if at not in {baseline.name for baseline in session.baselines}:
        if at.isdecimal():
            return session.at(int(at))
        try:
            time = dt.datetime.fromisoformat(at)
        except ValueError:
            pass  # neither: the session names the nearest baseline
        else:
            return session.at(time.astimezone())  # without a zone: of this machine, as all days
    return session.at(at)
