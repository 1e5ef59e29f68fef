"""`workbook framework`: check, show or describe a framework."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from workbook.cli import completing
from workbook.cli.options import Output, ProblemsAsJson, language
from workbook.cli.output import echo
from workbook.cli.places import write_document
from workbook.cli.speaking import speaker

framework = typer.Typer(no_args_is_help=True, add_completion=False)


@framework.callback()
def about() -> None:
    """Check, show or describe a framework.

    Examples:

      workbook framework check

      workbook framework check my-framework/

      workbook framework show commerce-stakeholders --lang fr

      workbook framework schema > framework.schema.json
    """


@framework.command()
def check(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY|PATH]...",
            help="By default all: yours and ours.",
            autocompletion=completing.framework,
        ),
    ] = None,
    as_json: ProblemsAsJson = False,
) -> None:
    """Check frameworks as a whole: texts in every language, references, scales, bounds.

    Exit code 0 if all is well, else 2.

    Examples:

      workbook framework check commerce-stakeholders

      workbook framework check my-framework/ --json
    """
    from workbook.cli.check import problems_of, report
    from workbook.content import known_keys, load_framework

    chosen = names or known_keys()
    report({name: problems_of(load_framework, name) for name in chosen}, as_json=as_json)


@framework.command()
def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[KEY|PATH]",
            help="Which framework; without it, the list.",
            autocompletion=completing.framework,
        ),
    ] = None,
    lang: Annotated[str, language("{}; by default the command line’s.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole as JSON.")] = False,
) -> None:
    """Show what a framework asks and how it counts: areas, focal points, questions, gates.

    Examples:

      workbook framework show

      workbook framework show commerce-stakeholders --lang fr

      workbook framework show data-platform --json
    """
    from workbook.content import known_keys, load_framework
    from workbook.content.outline import outline
    from workbook.i18n import voice
    from workbook.wording.languages import language_note

    spoken = voice(lang) if lang else speaker()
    if name is None:
        for key in known_keys():
            listed = load_framework(key)
            echo(f"{key} {listed.version}  {listed.title[spoken.language]}")
        return
    chosen = load_framework(name)
    if as_json:
        echo(chosen.model_dump_json(indent=2, exclude_defaults=True))
        return
    if note := language_note(chosen.languages, spoken):
        echo(f"{note}\n")
    echo("\n".join(outline(chosen, spoken)))


@framework.command()
def schema(
    output: Output = None,
) -> None:
    """Print the JSON Schema of a framework, for editors that complete and check.

    Example:

      workbook framework schema -o framework.schema.json
    """
    from workbook.content import framework_schema

    text = json.dumps(framework_schema(), ensure_ascii=False, indent=2)
    if output is None:
        echo(text)
        return
    write_document(output, text + "\n")
