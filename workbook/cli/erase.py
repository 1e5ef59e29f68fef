"""`workbook erase`: erase a person's details and texts for good."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from workbook.cli.options import Actor, EngagementKey, WorkspaceFolder
from workbook.cli.output import echo
from workbook.cli.places import check_stored
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem


def erase(
    key: EngagementKey,
    person: Annotated[str, typer.Argument(help="The id of the person or respondent.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Erase a person's details and texts for good.

    What was said stays in the history and reads "erased". In a terminal you are asked first;
    elsewhere --yes is needed. Whoever is asked in a workshop is asked no more: their link opens
    nothing, their letters and questionnaires go, and so do reports of the workspace that name them:
    make them again. Other files of the workspace that still name them are listed, backups too.
    What lies elsewhere is yours to delete.

    Examples:

      workbook erase acme ana-ruiz

      workbook erase acme ana-ruiz --yes --workspace clients/acme
    """
    from workbook.store import traces
    from workbook.workspace import Workspace
    from workbook.workspace.retention import files_of, remove
    from workbook.workspace.tracing import files_naming, is_ours

    home = Workspace.at(workspace)
    check_stored(home, key, path="KEY")
    if not yes:
        _confirm(key, person)
    session = home.open(key, actor)
    naming = tuple(files_naming(home, key, traces(session.history(), person)))
    ours = (file for file in naming if is_ours(home, file))
    files = sorted({*files_of(home, session.engagement, person), *ours})
    if not session.erase(person):
        warn_of_bytes()
    remove(files)
    for file in files:
        echo(speaker().t("{file} is deleted", file=file.relative_to(home.path)))
    for file in (file for file in naming if file not in files):
        hint = speaker().t("{file} still names them: delete it", file=file.relative_to(home.path))
        echo(hint, err=True)
    echo(speaker().t("{key}: {person} is erased", key=key, person=person))


def warn_of_bytes() -> None:
    """Say that a database still keeps the bytes of what was deleted, and who can change that."""
    warning = speaker().t(
        "The database keeps the bytes of what was deleted: its administrator runs {command}",
        command="VACUUM FULL details, identities",
    )
    echo(warning, err=True)


def _confirm(key: str, person: str) -> None:
    if not sys.stdin.isatty():
        problem = "nobody is here to confirm it, and it cannot be undone"
        raise BadInput(Problem(problem, "add --yes", "command line", path="--yes"))
    names = {"person": person, "key": key}
    question = speaker().t("Erase {person} from {key}? It cannot be undone.", **names)
    typer.confirm(question, abort=True)
