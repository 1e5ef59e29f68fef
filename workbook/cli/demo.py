"""`workbook demo`: evaluate the example engagements and make the report of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli import completing
from workbook.cli.options import Jobs
from workbook.cli.output import echo
from workbook.cli.places import unwritable
from workbook.cli.report import make_reports, tell
from workbook.cli.speaking import speaker

SHOWN = "maison-lorient"
"""The example that the guided session opens: many respondents who disagree."""


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the reports go.")] = Path(
        "reports/demo"
    ),
    lang: Annotated[
        str,
        typer.Option(
            help=f"{completing.OR_ALL}; by default each example’s own.",
            autocompletion=completing.language_or_all,
        ),
    ] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="The day to evaluate for.")
    ] = "2026-11-23",
    jobs: Jobs = 2,
    open_it: Annotated[
        bool, typer.Option("--open", help="Then open the guided session of one in a browser.")
    ] = False,
) -> None:
    """Evaluate the example engagements, make their reports and say where they lie.

    Examples:

      workbook demo

      workbook demo --out /path/to/reports --lang all --open
    """
    from workbook import resources
    from workbook.batch.afresh import asked, planned
    from workbook.batch.quick_start import load_nbformat
    from workbook.cli.evaluate import as_text, load_all

    load_nbformat()
    files = sorted((resources.templates() / "engagements").glob("*.yaml"))
    wish = asked(files, out, lang=lang, as_of=as_of)
    order, plan = planned(wish, as_of, unwritable(out))
    language = "" if lang == "all" else lang
    for loaded in load_all(files):
        echo(as_text(loaded, dt.date.fromisoformat(as_of), language) + "\n")
    done = make_reports(order, plan, jobs)
    echo(speaker().t("Reports:"))
    tell(done, out)
    if open_it:
        _guide(out / "session", "" if lang == "all" else lang)
    if not done.ok:
        raise typer.Exit(1)


def _guide(folder: Path, lang: str) -> None:
    """The guided session on a scratch copy of an example, until somebody ends it."""
    from workbook.cli.serving import run
    from workbook.serve import VoilaSession, free_port
    from workbook.workspace import Workspace

    workspace = Workspace.at(folder).path
    run(VoilaSession(workspace, SHOWN, lang, port=free_port()), browser=True)
