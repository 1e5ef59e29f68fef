"""`workbook holds`: everything that is held on a person, as a file for them."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.options import EngagementKey, Output, WorkspaceFolder, language
from workbook.cli.output import echo
from workbook.cli.places import write_document

if TYPE_CHECKING:
    from workbook.workspace import Session, Workspace


class HoldingsFormat(StrEnum):
    """What the file is."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"


def holds(
    key: EngagementKey,
    person: Annotated[str, typer.Argument(help="The id of the person or respondent.")],
    form: Annotated[
        HoldingsFormat | None,
        typer.Option("--format", help="By default as the file’s name ends, else Markdown."),
    ] = None,
    lang: Annotated[str | None, language("By default the engagement’s own: {}.")] = None,
    output: Output = None,
    workspace: WorkspaceFolder = None,
) -> None:
    """Write everything that is held on a person: to read (Markdown, HTML), or as data (JSON).

    It has their details, their answers, where others name or mention them, their links, what they
    wrote, and every earlier version. Without names, nobody learns who named them.

    Examples:

      workbook holds acme ana-ruiz -o ana-ruiz.html

      workbook holds acme ana-ruiz --lang fr -o ana-ruiz.json
    """
    from workbook.workspace import Workspace

    home = Workspace.at(workspace)
    ending = output.suffix.removeprefix(".") if output else ""
    known = {each.value for each in HoldingsFormat}
    form = form or HoldingsFormat(ending if ending in known else HoldingsFormat.MARKDOWN)
    text = _text(home, home.open(key), person, form, lang)
    if output is None:
        echo(text, end=False)
        return
    write_document(output, text)
    echo(str(output), err=True)


def _text(
    home: Workspace, session: Session, person: str, form: HoldingsFormat, lang: str | None
) -> str:
    from workbook.dates import day
    from workbook.fragments.leaflet import leaflet_html, leaflet_markdown
    from workbook.i18n import voice
    from workbook.report.holdings import holdings_data, holdings_leaflet
    from workbook.workspace.holdings import holdings
    from workbook.workspace.retention import files_of

    engagement, today = session.engagement, day("")
    held = holdings(session, person, session.rules.thresholds.small_group)
    files = [str(file.relative_to(home.path)) for file in files_of(home, engagement, person)]
    if form is HoldingsFormat.JSON:
        data = holdings_data(engagement, person, held, files, today)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    named = {r.id: engagement.respondent_name(r) for r in engagement.respondents}
    name = {**named, **{k: p.name for k, p in engagement.parties().items()}}.get(person, person)
    speaker = voice(lang or engagement.language)
    leaflet = holdings_leaflet(engagement, session.rules, name, held, files, today, speaker)
    return (leaflet_html if form is HoldingsFormat.HTML else leaflet_markdown)(leaflet)
