"""`workbook new`: begin an engagement, from a few facts or from a document."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli import completing
from workbook.cli.options import Actor, WorkspaceFolder, language
from workbook.cli.output import echo
from workbook.errors import BadInput, Problem, nearest

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.framework import Framework

COMMAND_LINE = "command line"


def new(
    key: Annotated[
        str | None,
        typer.Argument(help="The engagement's key: lower-case letters, digits, - and _."),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Begin with a whole document.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="The organisation's name.")] = None,
    profile: Annotated[
        str | None, typer.Option(help="Size of the organisation: a profile of the framework.")
    ] = None,
    business_model: Annotated[
        list[str] | None, typer.Option(help="How it sells; repeat for several.")
    ] = None,
    go_live: Annotated[
        str | None, typer.Option(metavar="DATE", help="Go-live, as 2027-09-30.")
    ] = None,
    system: Annotated[
        list[str] | None, typer.Option(help="A further system in scope; repeat for several.")
    ] = None,
    framework: Annotated[
        str, typer.Option(help="Key of the framework.", autocompletion=completing.framework)
    ] = "commerce-stakeholders",
    lang: Annotated[str, language("Language of the engagement: {}.")] = "en",
    actor: Actor = "facilitator",
    workspace: WorkspaceFolder = None,
) -> None:
    """Begin an engagement.

    In a terminal, what is missing is asked for. Elsewhere it is an error.

    Examples:

      workbook new acme --name "Acme" --profile large --business-model b2b --go-live 2027-09-30

      workbook new acme --from acme.yaml
    """
    from workbook.content import load_framework
    from workbook.i18n import voice
    from workbook.workspace import Workspace

    home = Workspace.at(workspace)
    voice(lang)  # an unknown language is an error before anything else is asked
    if from_file:
        engagement = _from_document(from_file, key)
    else:
        facts = {"key": key, "name": name, "profile": profile, "go_live": go_live}
        chosen = load_framework(framework, near=home.path)
        engagement = _from_facts(facts, business_model or [], system or [], chosen, lang)
    home.new(engagement, actor)
    echo(f"{engagement.key}: {engagement.organisation.name}, in {home.store.place}")


def _from_document(path: Path, key: str | None) -> Engagement:
    from workbook.content import load_engagement

    engagement = load_engagement(path).engagement
    if key is None:
        return engagement
    if problems := list(_bad_key(key)):
        raise BadInput(problems)
    return engagement.model_copy(update={"key": key})


def _from_facts(
    facts: dict[str, str | None],
    models: list[str],
    systems: list[str],
    framework: Framework,
    lang: str,
) -> Engagement:
    from workbook.workspace import start, unknown_names

    if sys.stdin.isatty():
        models = _answers(facts, models, framework)
    problems = [*_missing(facts, models, framework), *_bad_key(facts["key"])]
    go_live = _date(facts["go_live"], problems)
    problems += unknown_names(framework, facts["profile"], models, systems)
    organisation = {
        "name": facts["name"],
        "profile": facts["profile"],
        "business_models": tuple(models),
    }
    if problems or go_live is None:
        raise BadInput(problems)
    return start(framework, facts["key"] or "", organisation, go_live, systems, lang)


def _answers(facts: dict[str, str | None], models: list[str], framework: Framework) -> list[str]:
    """Ask for what is missing; returns the business models."""
    from workbook.workspace import key_for

    profiles = ", ".join(profile.key for profile in framework.profiles)
    known = ", ".join(model.key for model in framework.business_models)
    _ask(facts, "name", "Name of the organisation")
    _ask(facts, "key", "Key", lambda: key_for(facts["name"] or ""))
    _ask(facts, "profile", f"Profile ({profiles})")
    models = models or typer.prompt(f"Business models ({known}), with spaces between").split()
    _ask(facts, "go_live", "Go-live (YYYY-MM-DD)")
    return models


def _ask(
    facts: dict[str, str | None], name: str, question: str, default: Callable[[], str] | None = None
) -> None:
    if not facts[name]:
        facts[name] = typer.prompt(question, default=default() if default else None)


def _missing(
    facts: dict[str, str | None], models: list[str], framework: Framework
) -> Iterator[Problem]:
    fixes = {
        "key": "for example acme",
        "name": 'for example --name "Acme"',
        "profile": nearest("", [profile.key for profile in framework.profiles]),
        "business_model": nearest("", [model.key for model in framework.business_models]),
        "go_live": "for example --go-live 2027-09-30",
    }
    for name, fix in fixes.items():
        if not (models if name == "business_model" else facts[name]):
            option = "KEY" if name == "key" else "--" + name.replace("_", "-")
            yield Problem("not given", fix, COMMAND_LINE, path=option)


def _bad_key(key: str | None) -> Iterator[Problem]:
    from pydantic import TypeAdapter, ValidationError

    from workbook.model.base import Key

    try:
        TypeAdapter(Key).validate_python(key or "x")
    except ValidationError:
        fix = "use lower-case letters, digits, - and _; at most 64 characters"
        yield Problem(f"“{key}” cannot be a key", fix, COMMAND_LINE, path="KEY")


def _date(text: str | None, problems: list[Problem]) -> dt.date | None:
    """The date, or None with what is wrong added to the problems; none said is no new problem."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        problem, fix = f"“{text}” is not a date", "write it as 2027-09-30"
        problems.append(Problem(problem, fix, COMMAND_LINE, path="--go-live"))
        return None
