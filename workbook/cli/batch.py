"""`workbook batch`: make the reports of any number of engagements, or of rows of parameters."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.batch_progress import BatchProgress, progress_on
from workbook.cli.notices import Notify, notify, recipients
from workbook.cli.options import (
    BrandFile,
    Day,
    Formats,
    Languages,
    OnePerson,
    OwnNotebook,
    Parameters,
    Reader,
    Since,
    parted_formats,
)
from workbook.cli.output import echo, echo_json
from workbook.cli.report import Pairs, pairs, today
from workbook.cli.speaking import error_text, say, speaker
from workbook.cli.stopping import stopping
from workbook.errors import BadInput

if TYPE_CHECKING:
    from workbook.batch.batch import Batch
    from workbook.batch.fork.job import Limits
    from workbook.batch.making import Recipe
    from workbook.batch.running import Runner
    from workbook.exchange.notifying import Addressee

MOST = 20
"""So many failed and refused reports are named in a notification."""

app = typer.Typer(add_completion=False)


@app.command(cls=Pairs)
def batch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders, globs or files of engagements; a workspace, its database or address; "
            "tables of parameters: CSV, JSON Lines, Parquet.",
        ),
    ],
    out: Annotated[
        str, typer.Option(metavar="DIR", help="Where the reports go: a folder or an address.")
    ] = "reports",
    form: Formats = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Reports made at the same time; by default one per core."),
    ] = None,
    lang: Languages = "",
    as_of: Day = "",
    where: Annotated[
        str, typer.Option(metavar="EXPR", help="Only inputs for which this holds.")
    ] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many inputs.")] = None,
    notebook: OwnNotebook = None,
    parameter: Parameters = None,
    reader: Reader = "",
    person: OnePerson = "",
    brand: BrandFile = "",
    since: Since = "",
    timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=0.1, help="At most so long for a report.")
    ] = None,
    memory: Annotated[
        int | None, typer.Option(metavar="MB", min=64, help="At most so much memory for a report.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A Dask scheduler; “local” starts one here.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Make every report again.")] = False,
    isolate: Annotated[
        bool, typer.Option("--isolate", help="Make each report in a process of its own.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be made, and make nothing.")
    ] = False,
    to: Notify = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Make many reports, fast. Run it again: only what has changed is made again.

    Whatever shapes a report counts as a change: its input, the day, the language, parameters,
    framework, page template, this package, and the notebook with the modules and files it names.
    Removed or altered reports are made again. One bad input stops no other: it is listed with its
    reason, and so is a report that fails. Stopped or killed at any moment, the next run goes on
    where this one was. Exit code 0 if everything is there, 1 if something failed or was refused, 2
    for bad usage or if not one input is valid.

    Examples:

      workbook batch clients/ --out reports --lang all --as-of 2026-11-23

      workbook batch clients/ --where 'profile == "large" and sector in ("retail", "fashion")'

      workbook batch months.csv --out reports --format html --format json --jobs 4

      workbook batch clients/ --notify https://hooks.example.com/T0/B0

      workbook batch clients/ --out s3://reports/november --scheduler tcp://10.0.0.5:8786
    """
    from workbook.batch.order import BatchRequest, ordered
    from workbook.batch.quick_start import load_nbformat
    from workbook.batch.running import dry, run

    load_nbformat()
    own_values = {"reader": reader, "person": person, "brand": brand, "since": since}
    request = BatchRequest(
        sources=tuple(sources),
        out=out,
        formats=parted_formats(form),
        lang=lang,
        as_of=as_of,
        where=where,
        limit=limit,
        notebook=notebook,
        values=(
            *pairs(parameter or ()),
            *((name, own) for name, own in own_values.items() if own),
        ),
        limits=_limits(timeout, memory),
        force=force,
        isolated=isolate,
    )
    sending = recipients(to)
    order = ordered(request, today())
    if dry_run:
        planned = dry(order)
        _print(planned, as_json=as_json)
        raise typer.Exit(planned.exit_code)
    with progress_on(sys.stderr, quiet=as_json) as progress, stopping(progress):
        done = run(order, _runner(scheduler, jobs or os.cpu_count() or 1, progress), progress)
    _print(done, as_json=as_json)
    _tell(done, sending)
    raise typer.Exit(done.exit_code)


def _limits(timeout: float | None, memory: int | None) -> Limits:
    from workbook.batch.fork.job import MEGABYTE, Limits

    limits = Limits()
    return Limits(
        seconds=timeout or limits.seconds,
        memory=memory * MEGABYTE if memory else limits.memory,
    )


def _runner(scheduler: str, jobs: int, progress: BatchProgress) -> Callable[[Recipe], Runner]:
    if scheduler:
        from workbook.batch.cluster import cluster_runner

        return cluster_runner(scheduler, jobs, say=lambda line: progress.say(say(line)))
    from workbook.batch.local import local_runner

    return local_runner(jobs)


def _tell(batch: Batch, to: Iterable[Addressee]) -> None:
    """Send how the batch ended, and what failed; without names, not why: that may name somebody."""
    named = batch.order.values.get("names", True) is True
    items = [item for item in batch.plan.items if batch.status(item) == "failed"]
    lines = [_line(batch, planned=False)]
    for item in items[:MOST]:
        entry = batch.ledger.entry(item.name)
        reason = f": {say(entry.reason)}" if named and entry else ""
        lines.append(speaker().t("failed: {report}", report=f"{item.name}{reason}"))
    refused = batch.plan.refused[:MOST]
    lines += [speaker().t("refused: {place}", place=source.place) for source in refused]
    notify(to, speaker().t("Batch ended: {counts}", counts=_counts(batch, planned=False)), lines)


def _print(batch: Batch, *, as_json: bool) -> None:
    """The outcome: where it lies, and to standard error what is not there and why."""
    from workbook.batch.summary import as_data

    if as_json:
        echo_json(as_data(batch))
        return
    v, planned = speaker(), not batch.run
    for item in batch.plan.items if planned else ():
        echo(f"{item.name}: {say(item.cause or 'unchanged')}")
    for source in batch.plan.refused:
        echo(v.t("refused: {place}", place=source.place), err=True)
        for problem in source.problems:
            echo(f"  {error_text(BadInput(problem))}", err=True)
    for item in batch.plan.items:
        entry = batch.ledger.entry(item.name)
        if entry and batch.status(item) == "failed":
            whole = f"{item.name} ({item.place}): {say(entry.reason)}"
            echo(v.t("failed: {report}", report=whole), err=True)
    echo(_line(batch, planned=planned))


def _counts(batch: Batch, *, planned: bool) -> str:
    """How many reports of each status."""
    v, counts = speaker(), batch.counts()
    words = {
        "made": v.n("{count} made", "{count} made", counts["made"]),
        "dropped": v.n("{count} to be made", "{count} to be made", counts["dropped"])
        if planned
        else v.n("{count} not made", "{count} not made", counts["dropped"]),
        "unchanged": v.n("{count} unchanged", "{count} unchanged", counts["unchanged"]),
        "failed": v.n("{count} failed", "{count} failed", counts["failed"]),
        "refused": v.n("{count} refused", "{count} refused", counts["refused"]),
        "left_out": v.n("{count} left out", "{count} left out", counts["left_out"]),
    }
    line = ", ".join(word for status, word in words.items() if counts[status])
    return line or v.t("nothing to make")


def _line(batch: Batch, *, planned: bool) -> str:
    """The counts in one line, and where to look."""
    from workbook.wording.names import labelled

    line = _counts(batch, planned=planned)
    if planned:
        return line
    return labelled(line, batch.order.outlet.address("index.html"), speaker())
