"""`workbook import`: take in what a client already has: lists, a RACI matrix, answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli import completing
from workbook.cli.options import Actor, DryRun, PlanAsJson, WorkspaceFolder
from workbook.cli.output import echo, echo_json
from workbook.cli.speaking import say, speaker
from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from workbook.exchange.intake import ImportPlan
    from workbook.i18n import Voice

SHOWN = 12
"""Lines of a preview that are printed; --json has all of them."""
app = typer.Typer(add_completion=False)


@app.command("import")
def import_file(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A list or matrix: CSV, XLSX, ODS, HTML or Markdown."),
    ],
    engagement: Annotated[
        str, typer.Option(help="The engagement's key.", autocompletion=completing.engagement)
    ],
    kind: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="people, systems, matrix, answers, actions or questionnaire; by default as the "
            "file looks.",
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="TEXT=NAME",
            help="A heading and its field, a row and its focal point, a cell and its option; "
            "repeatable.",
        ),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet to read.")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Change what is there, too, not only blanks.")
    ] = False,
    decided: Annotated[
        bool, typer.Option("--decided", help="Take a matrix as decisions, not as proposals.")
    ] = False,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="The list names everybody: who is not in it has left."),
    ] = False,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Ignore what --map said for earlier files.")
    ] = False,
    late: Annotated[
        bool,
        typer.Option(
            "--late",
            help="Take a questionnaire whose day or round is over into the round that is open.",
        ),
    ] = False,
    dry_run: DryRun = False,
    as_json: PlanAsJson = False,
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Take in what the client already has: people, systems, a RACI matrix, answers of a form.

    A questionnaire that `workbook questionnaire` wrote comes back the same way.

    Says what the file was taken for and why, how each column was read, and everything that was not
    used. All changes are one step of undo, and importing a file twice changes nothing. Nothing that
    is there is overwritten unless you say so. What an owner or deputy who has left decided is put
    on the agenda again. Of two answers of one respondent the later one counts. What --map said is
    kept for the next file of this engagement.

    Examples:

      workbook import directory.csv --engagement acme --dry-run

      workbook import cmdb.xlsx --engagement acme --map "SAP ECC=erp"

      workbook import raci.xlsx --engagement acme --as matrix

      workbook import "Who owns what(1-12).xlsx" --engagement acme --as answers
    """
    from workbook.dates import day
    from workbook.exchange.intake import plan_import
    from workbook.exchange.kinds import TableKind
    from workbook.exchange.request import ImportRequest, recipient_of
    from workbook.workshop import Passes
    from workbook.workspace import Workspace

    kinds = [each.value for each in TableKind]
    if kind is not None and kind not in kinds:
        raise BadInput(Problem(f"there is no kind “{kind}”", nearest(kind, kinds), path="--as"))
    home, today = Workspace.at(workspace), day("")
    session = home.open(engagement, actor)
    request = ImportRequest(
        kind=TableKind(kind) if kind else None,
        chosen=_chosen(mapping or ()),
        sheet=sheet,
        overwrite=overwrite,
        decided=decided,
        complete=complete,
        today=today,
        late=late,
        usual={} if afresh else home.mapping(session.key),
    )

    plan = plan_import(file, recipient_of(session, today, partial(Passes.of, home.store)), request)
    if plan.changes and not dry_run:
        session.take_in(plan.changes, plan.kind.value)
        session.flush()
    if not dry_run:
        home.keep_mapping(session.key, plan.remembered)
    if as_json:
        echo_json(_as_data(plan, dry_run=dry_run))
    else:
        _tell(plan, dry_run=dry_run)


def _chosen(pairs: list[str] | tuple[str, ...]) -> dict[str, str]:
    """What --map says; BadInput for a word without an equals sign."""
    problems = [
        Problem(f"“{pair}” has no =", "write --map TEXT=NAME", "command line", path="--map")
        for pair in pairs
        if "=" not in pair
    ]
    if problems:
        raise BadInput(problems)
    return {text.strip(): name.strip() for text, _, name in (p.rpartition("=") for p in pairs)}


def _as_data(plan: ImportPlan, *, dry_run: bool) -> dict[str, object]:
    return {
        "kind": plan.kind.value,
        "reason": plan.reason,
        "mapping": dict(plan.mapping),
        "preview": plan.preview,
        "questions": plan.questions,
        "unused": plan.unused,
        "changes": len(plan.changes),
        "recorded": bool(plan.changes) and not dry_run,
    }


def _tell(plan: ImportPlan, *, dry_run: bool) -> None:
    from workbook.wording.headings import headings
    from workbook.wording.names import labelled

    v = speaker()
    echo(labelled(say(plan.kind.value), say(plan.reason), v))
    for title, lines in (
        (headings(v)["read_as"], [f"{text} → {say(name)}" for text, name in plan.mapping]),
        (v.t("Rows"), plan.preview),
        (headings(v)["to_check"], plan.questions),
        (v.t("Left aside"), plan.unused),
    ):
        if lines:
            echo(f"\n{title}")
        for line in lines[:SHOWN]:
            echo(f"  {say(line)}")
        if len(lines) > SHOWN:
            rest = len(lines) - SHOWN
            more = v.n("… and one more: see --json", "… and {count} more: see --json", rest)
            echo(f"  {more}")
    echo("\n" + _outcome(len(plan.changes), v, dry_run=dry_run))


def _outcome(count: int, v: Voice, *, dry_run: bool) -> str:
    if not count:
        return v.t("Nothing changes.")
    if dry_run:
        return v.n("{count} change would be made.", "{count} changes would be made.", count)
    return v.n(
        "{count} change recorded, one step of undo.",
        "{count} changes recorded, one step of undo.",
        count,
    )
