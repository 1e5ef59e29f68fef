"""Where commands print: nothing that they quote can steer the terminal it is shown on."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

import typer

from workbook.errors import inert
from workbook.whole import about

STANDARD_OUTPUT = "standard output"
"""The file that an error of the system names if what is printed finds no room."""


def echo(text: object, *, err: bool = False, end: bool = True) -> None:
    """Print a text, to standard error if `err`, with a line break at its end."""
    try:
        with about(STANDARD_OUTPUT):
            typer.echo(inert(str(text)), err=err, nl=end)
    except OSError as error:
        if not err and not isinstance(error, BrokenPipeError):
            raise
        # Nobody reads what is said: the work goes on, and so does its exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2 if err else 1)


def echo_table(rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns as wide as their texts."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        echo("  ".join(map(str.ljust, row, widths)).rstrip())


def echo_json(data: object) -> None:
    """Print plain values as JSON for a machine, which reads the escaped signs back."""
    echo(json.dumps(data, ensure_ascii=False, indent=2))
