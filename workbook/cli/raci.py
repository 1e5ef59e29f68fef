"""`workbook raci`: read RACI matrices and say row by row what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import language
from workbook.cli.output import echo, echo_json
from workbook.cli.speaking import speaker
from workbook.errors import every
from workbook.i18n import Voice, voice

if TYPE_CHECKING:
    from workbook.exchange.raci import Review


def raci(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="RACI matrices: CSV, XLSX, ODS, HTML or Markdown."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print findings and their counts as JSON.")
    ] = False,
    lang: Annotated[str, language("Language of the text: {}; by default the command line’s.")] = "",
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="The sheet to read; by default every visible sheet."),
    ] = None,
) -> None:
    """Read RACI matrices and say, row by row, what is wrong with them.

    Letters under people or roles (A, A/R, C, I), or names under Responsible, Accountable,
    Consulted, Informed; English or French. Findings are no failure: exit code 0 if every file
    could be read, else 2.

    Examples:

      workbook raci governance.xlsx

      workbook raci governance.xlsx --sheet RACI --lang fr

      workbook raci clients/*.csv --json
    """
    from workbook.exchange.raci import read_matrix, review

    spoken = voice(lang) if lang else speaker()
    reviews = every(lambda file: review(read_matrix(file, sheet=sheet)), files)
    print_reviews = _print_json if as_json else _print_text
    print_reviews(files, reviews, spoken)


def _print_text(files: list[Path], reviews: list[Review], voice: Voice) -> None:
    from workbook.exchange.raci import to_text

    for index, (file, reviewed) in enumerate(zip(files, reviews, strict=True)):
        echo(f"{'' if index == 0 else chr(10)}{file} · {to_text(reviewed, voice)}")


def _print_json(files: list[Path], reviews: list[Review], voice: Voice) -> None:
    """One object for one file; for several a list of them, each with its `file`.

    Texts that could not be read as letters go to standard error: they are no findings.
    """
    from workbook.exchange.raci import to_json, unread_lines

    for file, reviewed in zip(files, reviews, strict=True):
        for line in unread_lines(reviewed.matrix, voice):
            echo(f"{file}: {line}", err=True)
    documents = [to_json(reviewed) for reviewed in reviews]
    if len(files) > 1:
        named = zip(files, documents, strict=True)
        documents = [{"file": str(file), **document} for file, document in named]
    whole = documents if len(files) > 1 else documents[0]
    echo_json(whole)
