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
    nothing, their letters and questionnaires go. Reports and exported documents are files of their
    own: delete them.

    Examples:

      workbook erase acme ana-ruiz

      workbook erase acme ana-ruiz --yes --workspace clients/acme
    """
    from workbook.workspace import Workspace
    from workbook.workspace.retention import files_of, remove

    home = Workspace.at(workspace)
    check_stored(home, key, path="KEY")
    if not yes:
        _confirm(key, person)
    session = home.open(key, actor)
    files = tuple(files_of(home, session.engagement, person))
    session.erase(person)
    remove(files)
    for file in files:
        echo(speaker().t("{file} is deleted", file=file.relative_to(home.path)))
    echo(speaker().t("{key}: {person} is erased", key=key, person=person))


def _confirm(key: str, person: str) -> None:
    if not sys.stdin.isatty():
        problem = "nobody is here to confirm it, and it cannot be undone"
        raise BadInput(Problem(problem, "add --yes", "command line", path="--yes"))
    names = {"person": person, "key": key}
    question = speaker().t("Erase {person} from {key}? It cannot be undone.", **names)
    typer.confirm(question, abort=True)
