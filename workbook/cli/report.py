"""`workbook report`: run the report notebook for engagements and write their pages."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperCommand

from workbook.cli.options import (
    BrandFile,
    Day,
    Documents,
    Formats,
    Jobs,
    Languages,
    OnePerson,
    OwnNotebook,
    Parameters,
    Reader,
    Since,
    parted_formats,
)
from workbook.cli.output import echo, echo_json
from workbook.cli.places import COMMAND_LINE, unwritable
from workbook.cli.speaking import say, speaker
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from typer._click.core import Context

    from workbook.batch.batch import Batch
    from workbook.batch.order import Order
    from workbook.batch.planning import BatchPlan, PlannedReport

PAIR = ("-p", "--parameter")


class Pairs(TyperCommand):
    """A command whose `-p` takes two words, NAME VALUE, as Papermill's does."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Hand each pair on as one word, NAME=VALUE."""
        words, joined = iter(args), list[str]()
        for word in words:
            joined.append(word)
            if word in PAIR:
                pair = [word for word in (next(words, None), next(words, None)) if word is not None]
                joined += ["=".join(pair)] if pair else []
        return super().parse_args(ctx, joined)


app = typer.Typer(add_completion=False)


@app.command(cls=Pairs)
def report(
    files: Documents,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the reports go.")] = Path(
        "reports"
    ),
    lang: Languages = "",
    as_of: Day = "",
    parameter: Parameters = None,
    notebook: OwnNotebook = None,
    form: Formats = None,
    jobs: Jobs = 1,
    names: Annotated[
        str, typer.Option(metavar="on|off", help="off: roles in place of names, and no quotes.")
    ] = "",
    reader: Reader = "",
    person: OnePerson = "",
    brand: BrandFile = "",
    since: Since = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Make reports: self-contained pages or office documents, one per language.

    Everything is checked before anything runs: files, parameters, dates and languages. A report
    that fails while it runs stops no other; its partial notebook is kept under DIR/failed. Exit
    code 0 if all were made, 1 if one failed, 2 if something was wrong (then nothing is written).

    Examples:

      workbook report acme.yaml --out reports

      workbook report clients/*.yaml --lang all --as-of 2026-11-23 --jobs 2

      workbook report acme.yaml -p theme dark -p sections actions,findings

      workbook report acme.yaml --format html,pdf,docx,ics

      workbook report acme.yaml --reader owner --format pdf

      workbook report acme.yaml --reader handover --person "Ana Ruiz" --format pdf

      workbook report acme.yaml --since september/acme.yaml --format pptx
    """
    from workbook.batch.afresh import asked, planned
    from workbook.batch.quick_start import load_nbformat

    load_nbformat()
    pairs_given, valueless = parted(parameter or ())
    own = {"names": names, "reader": reader, "person": person, "brand": brand, "since": since}
    twice = _set_twice(pairs_given, {"lang": lang, "as_of": as_of, **own})
    pairs_given += [(name, value) for name, value in own.items() if value]
    wish = asked(
        files,
        out,
        parted_formats(form),
        lang=lang,
        as_of=as_of,
        values=tuple(pairs_given),
        notebook=notebook,
    )
    known = [*unwritable(out), *valueless, *twice, *_own(pairs_given)]
    order, plan = planned(wish, today(), known)
    done = make_reports(order, plan, jobs)
    if as_json:
        echo_json(as_data(done, out))
    else:
        tell(done, out)
    if not done.ok:
        raise typer.Exit(1)


def make_reports(order: Order, plan: BatchPlan, jobs: int) -> Batch:
    """Make what is planned, with a bar on a terminal and silence in a pipe."""
    from workbook.batch.afresh import make
    from workbook.batch.local import local_runner
    from workbook.cli.batch_progress import progress_on
    from workbook.cli.stopping import stopping

    with progress_on(sys.stderr, quiet=not sys.stderr.isatty()) as progress, stopping(progress):
        return make(order, plan, local_runner(jobs), progress)


def today() -> str:
    """The day where the command is typed, as an ISO date."""
    return dt.date.today().isoformat()  # noqa: DTZ011 - the reader's day, not a moment


def pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    """Names and values from words such as NAME=VALUE; BadInput for those without a value."""
    values, problems = parted(words)
    if problems:
        raise BadInput(problems)
    return values


def parted(words: Sequence[str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Names and values from words such as NAME=VALUE, and those that have no value."""
    pairs = [pair.partition("=") for pair in words]
    problems = [
        Problem(f"“{name}” has no value", "write -p NAME VALUE", COMMAND_LINE, path="-p")
        for name, equals, _ in pairs
        if not equals
    ]
    return [(name, value) for name, equals, value in pairs if equals], problems


def _set_twice(values: Iterable[tuple[str, str]], options: dict[str, str]) -> Iterator[Problem]:
    """A parameter that an option of the command sets to something else."""
    for name, value in values:
        if options.get(name, "") not in ("", value):
            option = "--" + name.replace("_", "-")
            problem = f"“{value}”, but {option} says “{options[name]}”"
            yield Problem(problem, "give only one of them", COMMAND_LINE, path=f"-p {name}")


def _own(values: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A parameter that the files themselves set."""
    if "engagement" in dict(values):
        problem, fix = "the files say which engagements", "leave it out"
        yield Problem(problem, fix, COMMAND_LINE, path="-p engagement")


def as_data(done: Batch, out: Path) -> dict[str, object]:
    """The summary as plain values."""
    return {"ok": done.ok, "reports": [_as_data(done, item, out) for item in done.plan.items]}


def _as_data(done: Batch, item: PlannedReport, out: Path) -> dict[str, object]:
    files, partial, reason, seconds = _files(done, item, out)
    return {
        "name": item.name,
        "engagement": item.place,
        "lang": item.lang,
        "status": "failed" if reason else "done",
        "page": files.get("html"),
        "notebook": files.get("ipynb") or partial,
        "files": files,
        "reason": reason or None,
        "seconds": round(seconds, 2),
    }


def _files(
    done: Batch, item: PlannedReport, out: Path
) -> tuple[dict[str, str], str | None, str, float]:
    """A report's files by format, its partial notebook if it failed, and why; how long it took."""
    entry = done.ledger.entry(item.name)
    if entry is None:
        return {}, None, "was not made", 0.0
    if entry.reason:
        return {}, str(out / entry.partial) if entry.partial else None, entry.reason, entry.seconds
    files = {form: str(out / output.file) for form, output in entry.outputs.items()}
    return files, None, "", entry.seconds


def tell(done: Batch, out: Path) -> None:
    """The files, one per line; what failed goes to standard error with its partial notebook."""
    for item in done.plan.items:
        files, notebook, reason, _ = _files(done, item, out)
        if reason:
            line = f"{item.place} ({item.lang}): {say(reason)}"
            hint = speaker().t("see how far it came: {notebook}", notebook=notebook)
            echo(f"{line}\n    → {hint}" if notebook else line, err=True)
        for form in done.order.formats:
            if form in files and form != "ipynb":
                echo(files[form])
