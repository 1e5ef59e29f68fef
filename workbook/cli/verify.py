"""`workbook verify`: whether a report still is of what it was made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.history import damage_text
from workbook.cli.options import AsJson, WorkspaceFolder
from workbook.cli.output import echo, echo_json
from workbook.cli.places import COMMAND_LINE
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem
from workbook.resources import file_bytes

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.rules import Rules
    from workbook.report.provenance import Provenance
    from workbook.workspace import Workspace


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report in any format.")],
    document: Annotated[
        Path | None,
        typer.Argument(help="The document it was made from; by default the store is looked at."),
    ] = None,
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
) -> None:
    """Say whether a report still is of the document or store that it was made from.

    A report carries the version and digest of its framework, a digest of what it tells of and, if
    it was made in a workspace, the head of the chain of events. Exit code 0 if all of them are
    found again, 1 if not, 2 if the report carries none.

    Examples:

      workbook verify reports/acme.en.pdf

      workbook verify reports/acme.en.html acme.yaml
    """
    from workbook.report.provenance import read_provenance
    from workbook.workspace import Workspace

    origin = read_provenance(file_bytes(report))
    if origin is None:
        problem = f"“{report}” does not say what it was made from"
        fix = "name a report of this workbook"
        raise BadInput(Problem(problem, fix, COMMAND_LINE, path="REPORT"))
    home = Workspace.at(workspace)
    if document is None and not origin.head and not home.store.engagements():
        problem, fix = "the report was made from a document", "name the document, too"
        raise BadInput(Problem(problem, fix, COMMAND_LINE, path="DOCUMENT"))
    search = _in_store if origin.head else _as_it_stands
    flaws = list(_in_document(origin, document) if document else search(origin, home))
    if as_json:
        echo_json({"ok": not flaws, "provenance": str(origin), "flaws": flaws})
    else:
        _tell(origin, flaws)
    if flaws:
        raise typer.Exit(1)


def _tell(origin: Provenance, flaws: list[str]) -> None:
    v = speaker()
    name, _, version = origin.framework.partition("@")
    day = dt.date.fromisoformat(origin.day)
    facts = {"name": name, "version": version, "day": v.date(day), "workbook": origin.workbook}
    echo(v.t("made by workbook {workbook} with {name} {version}, as of {day}", **facts))
    if not origin.head:
        echo(v.t("It carries no head of a chain: it was made from a document or in a batch."))
    for flaw in flaws:
        echo(flaw, err=True)
    if not flaws:
        echo(v.t("All is as it was when the report was made."))


def _in_document(origin: Provenance, document: Path) -> Iterator[str]:
    from workbook.content import load_engagement

    loaded = load_engagement(document)
    yield from _compared(origin, loaded.engagement, loaded.rules)


def _in_store(origin: Provenance, home: Workspace) -> Iterator[str]:
    from workbook.store import fold

    v = speaker()
    there = home.store.under(origin.head)
    if there is None:
        yield v.t("This workspace has no event with the head that the report carries.")
        return
    key, seq = there
    if damages := home.store.verify(key).damages:
        yield from (damage_text(v, *damage) for damage in damages)
        return
    engagement = fold(home.store.events(key, before=seq + 1))
    yield from _compared(origin, engagement, home.rules_of(engagement))
    if later := home.store.last(key) - seq:
        echo(v.n("{count} event came after it", "{count} events came after it", later), err=True)


def _as_it_stands(origin: Provenance, home: Workspace) -> Iterator[str]:
    """A report of a batch tells of an engagement as it stood, without its head."""
    from workbook.store import fold

    for key in home.store.engagements():
        engagement = fold(home.store.events(key))
        if not any(_compared(origin, engagement, home.rules_of(engagement))):
            return
    yield speaker().t("No engagement of this workspace stands as the report tells of it.")


def _compared(origin: Provenance, engagement: Engagement, rules: Rules) -> Iterator[str]:
    """What is another thing by now."""
    from workbook.i18n import voice
    from workbook.report.nameless import pseudonymised, without_names
    from workbook.report.provenance import provenance_of
    from workbook.scoring import evaluate

    v, lang = speaker(), origin.lang
    if rules.digest.startswith(origin.rules):
        day, words = dt.date.fromisoformat(origin.day), voice(lang)
        # Whoever made the report may have left the names out, in a file or on the screen.
        for whole in (
            engagement,
            without_names(engagement, words),
            pseudonymised(engagement, words),
        ):
            if provenance_of(rules, whole, evaluate(rules, whole, day), lang).input == origin.input:
                return
        yield v.t("What the report tells of is not what is there: it was changed or erased since.")
    else:
        yield v.t("The rules are not those of the report: framework or overlay were changed.")
