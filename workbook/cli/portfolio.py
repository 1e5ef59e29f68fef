"""`workbook portfolio`: many engagements in one table and on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import Day, language
from workbook.cli.output import echo
from workbook.cli.places import refuse_unwritable
from workbook.cli.speaking import error_text, speaker, spoken_language
from workbook.errors import BadInput

if TYPE_CHECKING:
    from workbook.portfolio import Assessed


def portfolio(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders or globs of documents, a workspace, a store, or folders of frames.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the page and tables go.")] = Path(
        "portfolio"
    ),
    lang: Annotated[str, language("Language of the page: {}; by default the command line’s.")] = "",
    as_of: Day = "",
    reports: Annotated[
        str,
        typer.Option(
            metavar="DIR|PATTERN",
            help="Where the reports lie that the page links to: a folder, or a path or address "
            "with {key} (and {lang}).",
        ),
    ] = "",
    parquet: Annotated[
        bool | None,
        typer.Option(
            "--parquet/--no-parquet",
            help="Write the table as Parquet, too; without a word, where pyarrow is installed.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Draws the weights that ranks are tried with.")] = 1,
) -> None:
    """Compare many engagements: one page, and one table of all of them.

    Writes portfolio.html, portfolio.csv and, with pyarrow, portfolio.parquet. Engagements that were
    measured differently (framework, version, changes of their own) are never ranked together. An
    input that is wrong stops no other: it is listed with its reason. Exit code 0 if all were read,
    1 if some were refused, 2 if none is valid or something else was wrong.

    Examples:

      workbook portfolio clients --out portfolio --reports reports

      workbook portfolio . --lang fr --as-of 2026-11-23

      workbook portfolio "clients/*.yaml" frames --reports "https://example.org/{key}.{lang}.html"
    """
    from workbook.cli.report import today
    from workbook.dates import read_date
    from workbook.errors import installed
    from workbook.i18n import voice
    from workbook.portfolio import assess, build, gather, links, page, write

    refuse_unwritable(out)
    day = read_date(as_of or today(), "--as-of")
    lang = lang or spoken_language()
    voice(lang)
    link = links(reports, out, lang)
    assessed = assess(gather(sources), day, seed=seed)
    refuse_nothing(assessed)
    as_parquet = installed("pyarrow") if parquet is None else parquet
    for path in write(assessed, page(build(assessed, lang, link)), out, parquet=as_parquet):
        echo(str(path))
    if not installed("scipy"):
        echo(
            speaker().t(
                "Left out: what moves the order most. Install ownership-workbook[sensitivity]."
            ),
            err=True,
        )
    if assessed.refused:
        echo(error_text(BadInput(assessed.problems)), err=True)
        raise typer.Exit(1)


def refuse_nothing(assessed: Assessed) -> None:
    """BadInput with everything that is wrong where not one engagement is left."""
    if not assessed.cohorts:
        raise BadInput(assessed.problems)
