"""`workbook report`: run the report notebook for engagements and write their pages."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from workbook.cli import completing
from workbook.cli.places import COMMAND_LINE, unwritable
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from typer._click.core import Context

    from workbook.report.runner import Outcome

PAIR = ("-p", "--parameter")


class Pairs(TyperCommand):
    """A command whose `-p` takes two words, NAME VALUE, as Papermill's does."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Hand each pair on as one word, NAME=VALUE."""
        words, joined = iter(args), list[str]()
        for word in words:
            joined.append(word)
            if word in PAIR:
                pair = [said for said in (next(words, None), next(words, None)) if said is not None]
                joined += ["=".join(pair)] if pair else []
        return super().parse_args(ctx, joined)


app = typer.Typer(add_completion=False)


@app.command(cls=Pairs)
def report(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Engagement documents: YAML or JSON.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the reports go.")] = Path(
        "reports"
    ),
    lang: Annotated[
        str,
        typer.Option(
            help="en, fr or all; by default each engagement’s own.",
            autocompletion=completing.language_or_all,
        ),
    ] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="The day to evaluate for; by default today.")
    ] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option(*PAIR, metavar="NAME VALUE", help="A parameter of the notebook; repeatable."),
    ] = None,
    notebook: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A notebook of your own, in place of ours."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Reports made at the same time.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Make reports: one self-contained page per engagement and language.

    Everything is checked before anything runs: files, parameters, dates and languages. A report
    that fails while it runs stops no other; its partial notebook is kept under DIR/failed. Exit
    code 0 if all were made, 1 if one failed, 2 if something was wrong (then nothing is written).

    Examples:

      workbook report acme.yaml --out reports

      workbook report clients/*.yaml --lang all --as-of 2026-11-23 --jobs 2

      workbook report acme.yaml -p theme dark -p sections actions,findings
    """
    from workbook.report.request import plan

    given, valueless = parted(parameter or ())
    twice = _said_twice(given, {"lang": lang, "as_of": as_of})
    known = [*unwritable(out), *valueless, *twice]
    day = as_of or today()
    requests = plan(files, lang=lang, as_of=day, given=given, notebook=notebook, known=known)
    from workbook.report.runner import run

    with progress(len(requests)) as made:
        outcomes = run(requests, out, jobs=jobs, made=made)
    if as_json:
        typer.echo(json.dumps(as_data(outcomes), ensure_ascii=False, indent=2))
    else:
        tell(outcomes)
    if not all(outcome.ok for outcome in outcomes):
        raise typer.Exit(1)


def today() -> str:
    """The day where the command is typed, as an ISO date."""
    return dt.date.today().isoformat()  # noqa: DTZ011 - the reader's day, not a moment


def pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    """Names and values from words such as NAME=VALUE; BadInput for those without a value."""
    found, problems = parted(given)
    if problems:
        raise BadInput(problems)
    return found


def parted(given: Sequence[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Names and values from words such as NAME=VALUE, and those that have no value."""
    pairs = [pair.partition("=") for pair in given]
    problems = [
        Problem(f"“{name}” has no value", "write -p NAME VALUE", COMMAND_LINE, path="-p")
        for name, equals, _ in pairs
        if not equals
    ]
    return [(name, value) for name, equals, value in pairs if equals], problems


def _said_twice(given: Iterable[tuple[str, str]], options: dict[str, str]) -> Iterator[Problem]:
    """A parameter that an option of the command sets to something else."""
    for name, value in given:
        if options.get(name, "") not in ("", value):
            option = "--" + name.replace("_", "-")
            what = f"“{value}”, but {option} says “{options[name]}”"
            yield Problem(what, "give only one of them", COMMAND_LINE, path=f"-p {name}")


@contextmanager
def progress(total: int) -> Iterator[Callable[[Outcome], None]]:
    """A bar on a terminal that hears of each report; silence in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Reports", total=total)

        def made(outcome: Outcome) -> None:
            shown.update(task, advance=1, description=outcome.name)

        yield made


def as_data(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The summary as plain values."""
    return {
        "ok": all(outcome.ok for outcome in outcomes),
        "reports": [
            {
                "name": one.name,
                "engagement": one.engagement,
                "lang": one.lang,
                "status": "done" if one.ok else "failed",
                "page": str(one.page) if one.page else None,
                "notebook": str(one.notebook) if one.notebook else None,
                "reason": one.reason or None,
                "seconds": round(one.seconds, 2),
            }
            for one in outcomes
        ],
    }


def tell(outcomes: Sequence[Outcome]) -> None:
    """The pages, one per line; what failed goes to standard error with its partial notebook."""
    for one in outcomes:
        if one.ok:
            typer.echo(str(one.page))
        else:
            kept = f"\n    → see how far it came: {one.notebook}" if one.notebook else ""
            typer.echo(f"{one.engagement} ({one.lang}): {one.reason}{kept}", err=True)
