"""`workbook new`: begin an engagement, from a few facts or from a document."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli import completing
from workbook.cli.asking import Prompt, ask, iso, words
from workbook.cli.options import Actor, WorkspaceFolder, language
from workbook.cli.output import echo
from workbook.cli.speaking import speaker, spoken_language
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
    lang: Annotated[str, language("{}; by default the command line’s.")] = "",
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
    lang = lang or spoken_language()
    voice(lang)  # an unknown language is an error before anything else is asked
    if from_file:
        engagement = _from_document(from_file, key)
    else:
        facts = {"key": key, "name": name, "profile": profile, "go_live": go_live}
        chosen = load_framework(framework, near=home.path)
        models, systems = list(business_model or ()), list(system or ())
        if sys.stdin.isatty():
            _ask_for_missing(facts, models, systems, chosen, home.store.engagements())
        engagement = _from_facts(facts, models, systems, chosen, lang)
    home.new(engagement, actor)
    v, key = speaker(), engagement.key
    where = v.t("{name}, in {place}", name=engagement.organisation.name, place=home.store.place)
    echo(f"{key}: {where}")
    echo(v.t("Go on with: {command}", command=f"workbook session {key}"), err=True)


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


def _ask_for_missing(
    facts: dict[str, str | None],
    models: list[str],
    systems: list[str],
    framework: Framework,
    taken: tuple[str, ...],
) -> None:
    """Fill in what no option gave: five questions, each asked until its answer is right."""
    from workbook.workspace import further_systems, key_for, unknown_names

    def profile(text: str) -> str:
        return _known(text, unknown_names(framework, text, (), ()))

    def model(text: str) -> str:
        return _known(text, unknown_names(framework, None, words(text), ()))

    def system(text: str) -> str:
        return _known(text, unknown_names(framework, None, (), words(text)))

    v = speaker()
    name = facts["name"] = facts["name"] or ask(Prompt(v.t("Name of the organisation"), str.strip))
    facts["key"] = facts["key"] or ask(
        Prompt(v.t("Key"), partial(_free_key, taken=taken)), key_for(name)
    )
    profiles = ", ".join(size.key for size in framework.profiles)
    facts["profile"] = facts["profile"] or ask(Prompt(v.t("Size ({keys})", keys=profiles), profile))
    if not models:
        keys = ", ".join(kind.key for kind in framework.business_models)
        models += words(ask(Prompt(v.t("How it sells ({keys})", keys=keys), model)))
    go_live = Prompt(v.t("Go-live, as 2027-09-30"), _readable_date)
    facts["go_live"] = facts["go_live"] or ask(go_live)
    further = further_systems(framework)
    if further and not systems:
        text = v.t("Further systems, or Enter for none ({keys})", keys=", ".join(further))
        systems += words(ask(Prompt(text, system), ""))


def _known(text: str, unknown: Iterable[Problem]) -> str:
    if problems := list(unknown):
        raise BadInput(problems)
    return text


def _free_key(key: str, taken: tuple[str, ...]) -> str:
    problems = list(_bad_key(key))
    if key in taken:
        problems.append(Problem(f"there is an engagement “{key}” already", "choose another key"))
    if problems:
        raise BadInput(problems)
    return key


def _readable_date(text: str) -> str:
    problems: list[Problem] = []
    _date(iso(text), problems)
    if problems:
        raise BadInput(problems)
    return iso(text)


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
