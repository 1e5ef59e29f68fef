"""`workbook check`: say everything that is wrong with engagement documents."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from workbook.errors import BadInput, Problem


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Engagement documents: YAML or JSON."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print problems as JSON, for a machine.")
    ] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a document instead.")
    ] = False,
) -> None:
    """Check engagement documents and say how to mend them.

    Every file is read to its end: each problem comes with file, line, what is wrong and how to mend
    it. Exit code 0 if all is well, else 2.

    Examples:

      workbook check acme.yaml

      workbook check clients/*.yaml --json

      workbook check --schema > engagement.schema.json
    """
    if schema:
        from workbook.content import engagement_schema

        typer.echo(json.dumps(engagement_schema(), ensure_ascii=False, indent=2))
        return
    if not files:
        raise BadInput(Problem("no file given", "name one or more documents", "command line"))
    report({str(file): _problems(file) for file in files}, as_json=as_json)


def _problems(file: Path) -> tuple[Problem, ...]:
    from workbook.content import load_engagement

    try:
        load_engagement(file, complete=True)
    except BadInput as error:
        return error.problems
    return ()


def report(problems: dict[str, tuple[Problem, ...]], *, as_json: bool) -> None:
    """Say what was found per document; leaves with exit code 2 if there is any problem."""
    if as_json:
        typer.echo(json.dumps(_as_data(problems), ensure_ascii=False, indent=2))
    else:
        _tell(problems)
    if any(problems.values()):
        raise typer.Exit(BadInput.exit_code)


def _problem(problem: Problem) -> dict[str, object]:
    # A machine reads these keys: they stay when a field of ours is renamed.
    return {
        "what": problem.message,
        "mend": problem.fix,
        "file": problem.file,
        "line": problem.line,
        "path": problem.path,
    }


def _as_data(problems: dict[str, tuple[Problem, ...]]) -> dict[str, object]:
    return {
        "valid": not any(problems.values()),
        "documents": [
            {"document": name, "valid": not flaws, "problems": [_problem(p) for p in flaws]}
            for name, flaws in problems.items()
        ],
    }


def _tell(problems: dict[str, tuple[Problem, ...]]) -> None:
    for name, flaws in problems.items():
        if flaws:
            typer.echo("\n".join(map(str, flaws)), err=True)
        elif sys.stdout.isatty():
            typer.echo(f"{name}: no problem found")
