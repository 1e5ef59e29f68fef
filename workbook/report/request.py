"""What `workbook report` is asked for, checked as a whole before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbook import resources
from workbook.content import load_engagement
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import languages, speaks, unknown_language
from workbook.model.engagement import Engagement
from workbook.report.build import SECTIONS
from workbook.report.html import THEMES
from workbook.report.parameters import (
    COMMAND_LINE,
    Parameter,
    check_values,
    read_date,
    read_parameters,
)

T = TypeVar("T")
ALL = "all"
DOCUMENTS = (".yaml", ".yml", ".json")
OWN = ("engagement", "lang", "as_of")
"""Parameters that the command sets itself, where the notebook has them."""


@dataclass(frozen=True, slots=True)
class Request:
    """One report to make: a document in one language, through one notebook.

    `name` is the file name of what comes out, without its ending; `parameters` are checked values.
    """

    name: str
    engagement: Path
    lang: str
    notebook: Path
    parameters: Mapping[str, object]


def report_notebook() -> Path:
    """The notebook that makes reports, as it is shipped."""
    return resources.notebooks() / "05_report.ipynb"


def plan(
    files: Sequence[Path],
    *,
    lang: str,
    as_of: str,
    given: Iterable[tuple[str, str]] = (),
    notebook: Path | None = None,
    known: Iterable[Problem] = (),
) -> tuple[Request, ...]:
    """Every report that is asked for, in the order given; nothing runs and nothing is written.

    `lang` is a language, "all", or "" for each engagement's own; `as_of` an ISO date. `given` are
    parameters as texts, which go before what the command sets. Raises BadInput with everything
    that is wrong, the `known` problems of whoever asks included.
    """
    notebook = (notebook or report_notebook()).absolute()
    problems = list(known)
    parameters = _collected(problems, lambda: read_parameters(notebook)) or {}
    values, wrong = check_values(parameters, given, choices()) if parameters else ({}, [])
    problems += wrong
    if OWN[0] in values:
        what, mend = "the files say which engagements", "leave it out"
        problems.append(Problem(what, mend, COMMAND_LINE, path=f"-p {OWN[0]}"))
    if lang not in ("", ALL) and not speaks(lang):
        problems.append(unknown_language(lang, ALL, source=COMMAND_LINE, path="--lang"))
    _collected(problems, lambda: read_date(as_of, "--as-of"))
    engagements = {path: _loaded(problems, path) for path in dict.fromkeys(files)}
    problems += _taken_twice(engagements)
    if problems:
        raise BadInput(problems)
    return tuple(
        _request(path, found, language, as_of, notebook, parameters, values)
        for path, found in engagements.items()
        if found is not None
        for language in _languages(lang, str(values.get("lang", "")), found)
    )


def choices() -> dict[str, Iterable[str]]:
    """What the parameters of our notebooks may hold, by name, where that is a list."""
    return {"lang": languages(), "theme": THEMES, "sections": tuple(SECTIONS)}


def _languages(lang: str, given: str, engagement: Engagement) -> tuple[str, ...]:
    if given:
        return (given,)
    return languages() if lang == ALL else (lang or engagement.language,)


def _request(
    path: Path,
    engagement: Engagement,
    lang: str,
    as_of: str,
    notebook: Path,
    parameters: Mapping[str, Parameter],
    values: Mapping[str, object],
) -> Request:
    own = dict(zip(OWN, (str(path.absolute()), lang, as_of), strict=True))
    passed = {name: value for name, value in own.items() if name in parameters} | dict(values)
    return Request(f"{engagement.key}.{lang}", path, lang, notebook, passed)


def _collected(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """What can be read, or None with the problems collected."""
    try:
        return read()
    except BadInput as error:
        problems.extend(error.problems)
        return None


def _loaded(problems: list[Problem], path: Path) -> Engagement | None:
    """The engagement of a document; what is wrong with it joins the problems."""
    if not path.is_file():
        problems.append(_unknown_file(path))
        return None
    loaded = _collected(problems, lambda: load_engagement(path))
    return loaded.engagement if loaded else None


def _unknown_file(path: Path) -> Problem:
    """The mend names the nearest document beside it, else the nearest example."""
    folder = path if path.is_dir() else path.parent
    beside = sorted(p.name for p in folder.glob("*") if p.suffix in DOCUMENTS)
    if path.is_dir():
        return Problem("is a folder", nearest("", beside), str(path))
    examples = sorted((resources.templates() / "engagements").glob("*.yaml"))
    mend = nearest(path.name, beside or [str(example) for example in examples])
    return Problem("there is no such file", mend, str(path))


def _taken_twice(engagements: Mapping[Path, Engagement | None]) -> list[Problem]:
    first: dict[str, Path] = {}
    problems = []
    for path, engagement in engagements.items():
        if engagement is None:
            continue
        if engagement.key in first:
            what = f"has the same key as {first[engagement.key]}: “{engagement.key}”"
            mend = "give each engagement a key of its own, or report them into different folders"
            problems.append(Problem(what, mend, str(path), path="key"))
        first.setdefault(engagement.key, path)
    return problems
