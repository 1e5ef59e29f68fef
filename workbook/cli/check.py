"""`workbook check`: say everything that is wrong with engagement documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from workbook.cli.options import ProblemsAsJson
from workbook.cli.output import echo, echo_json
from workbook.cli.speaking import error_text, speaker
from workbook.errors import BadInput, Problem

A = TypeVar("A")


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Engagement documents: YAML or JSON."),
    ] = None,
    as_json: ProblemsAsJson = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a document instead.")
    ] = False,
) -> None:
    """Check engagement documents and say how to fix them.

    Every file is read to its end: each problem comes with file, line, what is wrong and how to fix
    it. Exit code 0 if all is well, else 2.

    Examples:

      workbook check acme.yaml

      workbook check clients/*.yaml --json

      workbook check --schema > engagement.schema.json
    """
    if schema:
        from workbook.content import engagement_schema

        echo_json(engagement_schema())
        return
    if not files:
        raise BadInput(Problem("no file given", "name one or more documents", "command line"))
    from workbook.content import load_engagement

    load = partial(load_engagement, complete=True)
    report({str(file): problems_of(load, file) for file in files}, as_json=as_json)


def problems_of(load: Callable[[A], object], document: A) -> tuple[Problem, ...]:
    """What is wrong with a document, by the function that loads it."""
    try:
        load(document)
    except BadInput as error:
        return error.problems
    return ()


def report(problems: dict[str, tuple[Problem, ...]], *, as_json: bool) -> None:
    """Say what was found per document; leaves with exit code 2 if there is any problem."""
    if as_json:
        echo_json(_as_data(problems))
    else:
        _tell(problems)
    if any(problems.values()):
        raise typer.Exit(BadInput.exit_code)


def _problem(problem: Problem) -> dict[str, object]:
    # A machine reads these keys: they stay when a field of ours is renamed.
    return {
        "what": problem.message,
        "fix": problem.fix,
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
            echo(error_text(BadInput(flaws)), err=True)
        elif sys.stdout.isatty():
            echo(speaker().t("{name}: no problem found", name=name))
