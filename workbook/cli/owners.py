"""`workbook owners`: who owns what, as a matrix or for a catalogue of software."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import Day, EngagementKey, Output, WorkspaceFolder, language
from workbook.cli.output import echo
from workbook.cli.places import write_bytes
from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    from workbook.wording.phrases import Phrases


class Destination(StrEnum):
    """Where the map goes."""

    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"
    BACKSTAGE = "backstage"
    CORTEX = "cortex"
    OPSLEVEL = "opslevel"
    CODEOWNERS = "codeowners"


def owners(
    key: EngagementKey,
    to: Annotated[
        Destination, typer.Option("--to", help="Form of the map.")
    ] = Destination.MARKDOWN,
    lang: Annotated[str | None, language("By default the engagement’s own: {}.")] = None,
    output: Output = None,
    as_of: Day = "",
    workspace: WorkspaceFolder = None,
) -> None:
    """Write who owns what, as decided: as a RACI matrix, or for a catalogue of software.

    The matrix has every subject in scope; HTML is a table to paste into Confluence. The catalogues
    have the systems that have an owner. `workbook import` reads all but the list of code owners.

    Examples:

      workbook owners acme --to xlsx -o raci.xlsx

      workbook owners acme --to backstage -o catalog-info.yaml
    """
    from workbook.dates import day
    from workbook.i18n import voice
    from workbook.wording.phrases import Phrases
    from workbook.workspace import Workspace

    session = Workspace.at(workspace).open(key)
    engagement = session.engagement
    speaker = voice(lang or engagement.language)
    phrases = Phrases(session.rules, speaker, engagement, session.evaluate(day(as_of)))
    content = _content(phrases, to)
    if output is not None:
        write_bytes(output, content)
        echo(str(output), err=True)
    elif to is Destination.XLSX:
        raise BadInput(Problem("a workbook is no text", "add -o FILE", "command line", path="--to"))
    else:
        echo(content.decode("utf-8"), end=False)


def _content(phrases: Phrases, to: Destination) -> bytes:
    from workbook.exchange.owners import catalogues
    from workbook.exchange.owners.matrix import html_table, markdown_table, owners_matrix
    from workbook.exchange.owners.matrix_xlsx import matrix_workbook

    texts = {
        Destination.MARKDOWN: lambda: markdown_table(owners_matrix(phrases)),
        Destination.HTML: lambda: html_table(owners_matrix(phrases)),
        Destination.BACKSTAGE: lambda: catalogues.backstage(phrases),
        Destination.CORTEX: lambda: catalogues.cortex(phrases),
        Destination.OPSLEVEL: lambda: catalogues.opslevel(phrases),
        Destination.CODEOWNERS: lambda: catalogues.code_owners(phrases),
    }
    if to is Destination.XLSX:
        return matrix_workbook(owners_matrix(phrases))
    return texts[to]().encode("utf-8")
