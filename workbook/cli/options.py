"""Arguments and options that several commands share, each worded once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
from typer.models import OptionInfo

from workbook.cli import completing

PAIR = ("-p", "--parameter")


class NamesShown(StrEnum):
    """Whether names are shown."""

    ON = "on"
    OFF = "off"


Actor: TypeAlias = Annotated[str, typer.Option(help="Who you are, for the history.")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print as JSON.")]
Browser: TypeAlias = Annotated[
    bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
]
BrandFile: TypeAlias = Annotated[
    str, typer.Option("--brand", metavar="FILE", help="The look of documents, as brand.yaml says.")
]
Day: TypeAlias = Annotated[
    str, typer.Option(metavar="DATE", help="The day to evaluate for; by default today.")
]
Documents: TypeAlias = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Engagement documents: YAML or JSON.")
]
DryRun: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
]
EngagementKey: TypeAlias = Annotated[
    str, typer.Argument(help="The engagement's key.", autocompletion=completing.engagement)
]
Folder: TypeAlias = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="By default a folder of the workspace."),
]
Formats: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMATS",
        help="html, pdf, docx, pptx, xlsx, csv, ics, json or ipynb, several with commas; "
        "by default html.",
    ),
]
Jobs: TypeAlias = Annotated[int, typer.Option(min=1, help="Reports made at the same time.")]
Languages: TypeAlias = Annotated[
    str,
    typer.Option(
        help=f"{completing.OR_ALL}; by default each engagement’s own.",
        autocompletion=completing.language_or_all,
    ),
]
Named: TypeAlias = Annotated[
    NamesShown,
    typer.Option("--names", metavar="on|off", help="off: roles in place of names, and no quotes."),
]
Opened: TypeAlias = Annotated[
    str,
    typer.Argument(
        help="A key of the workspace, an example or a document; none: choose on the screen.",
        autocompletion=completing.engagement_or_example,
    ),
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="By default the screen.")
]
OwnNotebook: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A notebook of your own, in place of ours.")
]
Parameters: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(*PAIR, metavar="NAME VALUE", help="A parameter of the notebook; repeatable."),
]
PlanAsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")]
OnePerson: TypeAlias = Annotated[
    str,
    typer.Option(
        "--person",
        metavar="NAME",
        help="One owner alone, with --reader owner or handover: a name or an id.",
    ),
]
Port: TypeAlias = Annotated[
    int | None,
    typer.Option(
        help="Port to listen on; by default the one of the last time. A free one if it is taken."
    ),
]
ProblemsAsJson: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print problems as JSON, for a machine.")
]
Reader: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="team|sponsor|owner|handover|poster", help="Who it is for; by default the team."
    ),
]
Since: TypeAlias = Annotated[
    str,
    typer.Option(
        "--since",
        metavar="FILE",
        help="An earlier document of the engagement, or a folder of them: say what was done since.",
    ),
]
WorkspaceFolder: TypeAlias = Annotated[
    Path | None, typer.Option(help="Folder of the workspace; by default the current one.")
]


def language(purpose: str) -> OptionInfo:
    """The option of one language; `{}` in its purpose stands for those that there are."""
    option: OptionInfo = typer.Option(
        help=purpose.format(completing.LANGUAGES), autocompletion=completing.language
    )
    return option


def parted_formats(words: list[str] | None) -> tuple[str, ...]:
    """The formats that were asked for, each once, in their order."""
    parts = (part.strip() for word in words or ["html"] for part in word.split(","))
    return tuple(dict.fromkeys(filter(None, parts))) or ("html",)
