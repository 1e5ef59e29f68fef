"""What a batch is asked for, checked as a whole before an input is read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbook.batch import sources
from workbook.batch.formats import FORMATS, IPYNB, JSON
from workbook.batch.inputs import FACTS, Facts
from workbook.batch.job import Limits
from workbook.batch.outlet import Outlet
from workbook.batch.shaping import runnable
from workbook.batch.shipped import is_shipped
from workbook.batch.sources import Reading
from workbook.batch.where import condition
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import languages, speaks, unknown_language
from workbook.report.parameters import (
    COMMAND_LINE,
    Parameter,
    check_values,
    choices,
    read_date,
    read_parameters,
    report_notebook,
)

T = TypeVar("T")
ALL = "all"
USUAL = Limits()
ENGAGEMENT, LANG, AS_OF = "engagement", "lang", "as_of"
NOTEBOOKS = "notebooks"


@dataclass(frozen=True)
class Order:
    """A batch as asked for. `notebook` is its content without outputs, `ours` if we ship it.

    `afresh`: its sources are documents, each is reported on anew, and nothing else is kept.
    """

    sources: tuple[str, ...]
    outlet: Outlet
    notebook: bytes
    ours: bool
    parameters: Mapping[str, Parameter]
    formats: tuple[str, ...]
    lang: str
    as_of: dt.date
    given: Mapping[str, object]
    wanted: Callable[[Facts], bool]
    limit: int | None
    limits: Limits
    afresh: bool = False

    def file_of(self, name: str, form: str) -> str:
        """The file of a report in a format."""
        folder = f"{NOTEBOOKS}/" if self.afresh and form == IPYNB else ""
        return f"{folder}{name}.{form}"

    @property
    def reading(self) -> Reading:
        """How its sources are read."""
        out = Path(self.outlet.root) if self.outlet.local else None
        return Reading(self.parameters, out, str(self.given.get(ENGAGEMENT, "")))

    def languages(self, own: str) -> tuple[str, ...]:
        """The languages of an input whose own is `own`; ("",) if the notebook speaks none."""
        if LANG not in self.parameters:
            return ("",)
        if said := str(self.given.get(LANG, "")):
            return (said,)
        return languages() if self.lang == ALL else (self.lang or own,)


@dataclass(frozen=True)
class Asked:
    """A batch as somebody words it. `as_of` is an ISO date, by default today.

    `lang` is a language, "all", or "" for each input's own; `given` are parameters as texts, for
    what an input does not say itself; `where` is a condition as workbook.batch.where reads it;
    `afresh` as in Order.
    """

    sources: tuple[str, ...]
    out: str
    formats: tuple[str, ...] = ("html",)
    lang: str = ""
    as_of: str = ""
    where: str = ""
    limit: int | None = None
    notebook: Path | None = None
    given: tuple[tuple[str, str], ...] = ()
    limits: Limits = USUAL
    afresh: bool = False


def ordered(asked: Asked, today: str) -> Order:
    """The order, or BadInput with everything that is wrong with it. Nothing is written."""
    check = _Check()
    path = (asked.notebook or report_notebook()).absolute()
    parameters = check(lambda: read_parameters(path)) or {}
    values, wrong = check_values(parameters, asked.given, choices()) if parameters else ({}, [])
    check.problems += [*wrong, *_options(parameters, asked)]
    day = check(lambda: read_date(asked.as_of or today, "--as-of"))
    outlet = check(lambda: Outlet.at(asked.out))
    names = {*FACTS, *parameters}
    decide = check(lambda: condition(asked.where, names)) if asked.where else _everything
    if parameters and outlet and not asked.afresh:
        out = Path(outlet.root) if outlet.local else None
        reading = Reading(parameters, out, str(values.get(ENGAGEMENT, "")))
        check(lambda: sources.check(asked.sources, reading))
    if check.problems or day is None or outlet is None or decide is None:
        raise BadInput(check.problems)
    notebook = runnable(path)
    return Order(
        sources=asked.sources,
        outlet=outlet,
        notebook=notebook,
        ours=is_shipped(json.loads(notebook)),
        parameters=parameters,
        formats=tuple(dict.fromkeys(asked.formats)),
        lang=asked.lang,
        as_of=day,
        given=values,
        wanted=decide,
        limit=asked.limit,
        limits=asked.limits,
        afresh=asked.afresh,
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


def _options(parameters: Mapping[str, Parameter], asked: Asked) -> Iterable[Problem]:
    """What is wrong with the options, by themselves and for this notebook."""
    if asked.lang not in ("", ALL) and not speaks(asked.lang):
        yield unknown_language(asked.lang, ALL, source=COMMAND_LINE, path="--lang")
    for form in asked.formats:
        if form not in FORMATS:
            mend = nearest(form, FORMATS)
            yield Problem(f"unknown format “{form}”", mend, COMMAND_LINE, path="--format")
    needed: list[tuple[str, str, object]] = [
        (LANG, "--lang", asked.lang),
        (AS_OF, "--as-of", asked.as_of),
        (ENGAGEMENT, "--format json", JSON in asked.formats),
        (ENGAGEMENT, "FILE", asked.afresh),
        (AS_OF, "--format json", JSON in asked.formats),
    ]
    for name, option, said in needed if parameters else ():
        if said and name not in parameters:
            what = f"the notebook has no parameter “{name}”"
            yield Problem(what, "leave the option out", COMMAND_LINE, path=option)
