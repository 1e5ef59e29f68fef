"""What a batch is asked for, checked as a whole before an input is read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from workbook.batch import sources
from workbook.batch.fork.job import Limits
from workbook.batch.formats import ENDINGS, FORMATS, FORMATS_READ, IPYNB, JSON, TEAM
from workbook.batch.inputs import FACTS, Facts
from workbook.batch.outlet import Outlet
from workbook.batch.parameters import (
    COMMAND_LINE,
    Parameter,
    check_values,
    read_parameters,
    report_notebook,
)
from workbook.batch.shaping import runnable, surroundings
from workbook.batch.shipped import is_shipped
from workbook.batch.sources import SourceOptions
from workbook.batch.where import condition
from workbook.dates import read_date
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import languages, speaks, unknown_language

T = TypeVar("T")
ALL = "all"
USUAL = Limits()
ENGAGEMENT, LANG, AS_OF, READER = "engagement", "lang", "as_of", "reader"
BRAND, PERSON, SINCE = "brand", "person", "since"
NOTEBOOKS = "notebooks"


@dataclass(frozen=True)
class Order:
    """A batch as asked for. `notebook` is its content without outputs, `ours` if we ship it.

    `afresh`: its sources are documents, each is always made, and nothing else is stored.
    `surroundings` is the digest of what the notebook finds in its folder; `force` makes everything
    again; `isolated` as in Recipe.
    """

    sources: tuple[str, ...]
    outlet: Outlet
    notebook: bytes
    ours: bool
    parameters: Mapping[str, Parameter]
    formats: tuple[str, ...]
    lang: str
    as_of: dt.date
    values: Mapping[str, object]
    wanted: Callable[[Facts], bool]
    limit: int | None
    limits: Limits
    afresh: bool = False
    surroundings: str = ""
    force: bool = False
    isolated: bool = False

    def file_of(self, name: str, form: str) -> str:
        """The file of a report in a format."""
        folder = f"{NOTEBOOKS}/" if self.afresh and form == IPYNB else ""
        return f"{folder}{name}.{ENDINGS.get(form, form)}"

    @property
    def reading(self) -> SourceOptions:
        """How its sources are read."""
        out = Path(self.outlet.root) if self.outlet.local else None
        return SourceOptions(self.parameters, out, str(self.values.get(ENGAGEMENT, "")))

    def languages(self, own: str) -> tuple[str, ...]:
        """The languages of an input whose own is `own`; ("",) if the notebook speaks none."""
        if LANG not in self.parameters:
            return ("",)
        if lang := str(self.values.get(LANG, "")):
            return (lang,)
        wanted = _parted(self.lang)
        return languages() if ALL in wanted else tuple(dict.fromkeys(w or own for w in wanted))


@dataclass(frozen=True)
class BatchRequest:
    """A batch as somebody words it. `as_of` is an ISO date, by default today.

    `lang` is languages with commas between, "all", or "" for each input's own; `values` are
    parameters as texts, for what an input does not say itself; `where` is a condition as
    workbook.batch.where reads it; `afresh`, `force` and `isolated` as in Order.
    """

    sources: tuple[str, ...]
    out: str
    formats: tuple[str, ...] = ("html",)
    lang: str = ""
    as_of: str = ""
    where: str = ""
    limit: int | None = None
    notebook: Path | None = None
    values: tuple[tuple[str, str], ...] = ()
    limits: Limits = USUAL
    afresh: bool = False
    force: bool = False
    isolated: bool = False


def ordered(request: BatchRequest, today: str) -> Order:
    """The order, or BadInput with everything that is wrong with it. Nothing is written."""
    check = _Check()
    path = (request.notebook or report_notebook()).absolute()
    parameters = check(lambda: read_parameters(path)) or {}
    values, wrong = check_values(parameters, request.values) if parameters else ({}, [])
    reader = str(values.get(READER, TEAM))
    check.problems += [*wrong, *_options(parameters, request), *_unreadable(reader, request)]
    check.problems += _impersonal(reader, values)
    day = check(lambda: read_date(request.as_of or today, "--as-of"))
    outlet = check(lambda: Outlet.at(request.out))
    names = {*FACTS, *parameters}
    decide = check(lambda: condition(request.where, names)) if request.where else _everything
    if parameters and outlet and not request.afresh:
        out = Path(outlet.root) if outlet.local else None
        reading = SourceOptions(parameters, out, str(values.get(ENGAGEMENT, "")))
        check(lambda: sources.check(request.sources, reading))
    if check.problems or day is None or outlet is None or decide is None:
        raise BadInput(check.problems)
    notebook = runnable(path)
    ours = is_shipped(json.loads(notebook))
    return Order(
        sources=request.sources,
        outlet=outlet,
        notebook=notebook,
        ours=ours,
        parameters=parameters,
        formats=tuple(dict.fromkeys(request.formats)),
        lang=request.lang,
        as_of=day,
        values=values,
        wanted=decide,
        limit=request.limit,
        limits=request.limits,
        afresh=request.afresh,
        surroundings="" if ours else surroundings((path.parent, Path.cwd()), notebook),
        force=request.force,
        isolated=request.isolated,
    )


class _Check:
    """Collects problems, so that all are told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def __call__(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except BadInput as error:
            self.problems.extend(error.problems)
            return None


def _everything(_: Facts) -> bool:
    return True


def _unreadable(reader: str, request: BatchRequest) -> Iterable[Problem]:
    """Formats in which there is nothing for a reader."""
    for form in request.formats:
        if form in FORMATS and form not in FORMATS_READ.get(reader, FORMATS):
            fix = f"choose among {', '.join(FORMATS_READ[reader])}"
            text = f"there is no {form} for “{reader}”"
            yield Problem(text, fix, COMMAND_LINE, path="--format")


def _impersonal(reader: str, values: Mapping[str, object]) -> Iterable[Problem]:
    """Why there is no sheet for one person alone."""
    if values.get(PERSON):
        from workbook.report.readers import NAMED_NAMELESS, SHEETS, for_whom

        if reader not in SHEETS:
            yield replace(for_whom(reader), file=COMMAND_LINE, path="--person")
        if values.get("names") is False:
            yield replace(NAMED_NAMELESS, file=COMMAND_LINE, path="--person")


def _parted(langs: str) -> list[str]:
    """Languages from a text with commas between them."""
    return [lang.strip() for lang in langs.split(",")]


def _options(parameters: Mapping[str, Parameter], request: BatchRequest) -> Iterable[Problem]:
    """What is wrong with the options, by themselves and for this notebook."""
    for lang in _parted(request.lang):
        if lang not in ("", ALL) and not speaks(lang):
            yield unknown_language(lang, ALL, source=COMMAND_LINE, path="--lang")
    for form in request.formats:
        if form not in FORMATS:
            fix = nearest(form, FORMATS)
            yield Problem(f"unknown format “{form}”", fix, COMMAND_LINE, path="--format")
    needed: list[tuple[str, str, object]] = [
        (LANG, "--lang", request.lang),
        (AS_OF, "--as-of", request.as_of),
        (ENGAGEMENT, "--format json", JSON in request.formats),
        (ENGAGEMENT, "FILE", request.afresh),
        (AS_OF, "--format json", JSON in request.formats),
    ]
    for name, option, value in needed if parameters else ():
        if value and name not in parameters:
            text = f"the notebook has no parameter “{name}”"
            yield Problem(text, "leave the option out", COMMAND_LINE, path=option)
