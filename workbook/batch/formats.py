"""What comes out of a run: the page, the notebook itself, the evaluation, office documents.

Each is a function from the notebook that ran (an nbformat node) to what its file holds. It is named
in full, so that the process that ran the notebook can find it.
"""

from __future__ import annotations

import datetime as dt
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook.dates import day

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from workbook.model.evaluation import Evaluation
    from workbook.report.source import ReportSource

HTML, IPYNB, JSON = "html", "ipynb", "json"
DOCX, PDF, PPTX, XLSX, CSV, ICS = "docx", "pdf", "pptx", "xlsx", "csv", "ics"
OFFICE = (DOCX, PDF, PPTX, XLSX, CSV, ICS)
"""Those that are made from the report."""
FORMATS: Mapping[str, str] = {
    HTML: "workbook.report.export:page_of",
    IPYNB: "workbook.batch.formats:notebook",
    JSON: "workbook.batch.formats:evaluation",
    **{form: f"workbook.batch.formats:{form}" for form in OFFICE},
}
"""What makes each format."""
ENDINGS = {CSV: "csv.zip"}
"""The endings of files that are not called as their format."""
TEAM = "team"
"""Who reads a report unless somebody else is named."""
_PAGES = (HTML, PDF, DOCX, IPYNB)
FORMATS_READ: Mapping[str, tuple[str, ...]] = {
    "sponsor": _PAGES,
    "owner": _PAGES,
    "handover": _PAGES,
    "poster": (PDF, HTML, IPYNB),
}
"""The formats that there are for a reader; for the team there are all."""
DIRECT = frozenset({JSON, *OFFICE})
"""Those that need no notebook: an evaluation, and what is made from it."""
SHAPING = frozenset({"lang", "as_of", "sections", "names", "reader", "brand", "person", "since"})
"""Parameters of the report's notebook that shape an office document as well."""


def loaded_ahead(formats: Iterable[str]) -> tuple[str, ...]:
    """The modules and functions that many reports in these formats share, loaded before a fork."""
    chosen = set(formats)
    pages = ("workbook.batch.formats:warm",) if HTML in chosen else ()
    office = ("workbook.office", "workbook.report") if chosen & (DIRECT - {JSON}) else ()
    return (*pages, *office)


def warm() -> None:
    """Load and fill what every page needs, once for all reports that are forked from here."""
    from nbformat.v4 import new_notebook

    from workbook.report.export import page_of

    empty = new_notebook()  # type: ignore[no-untyped-call]
    page_of(empty)


def notebook(node: NotebookNode) -> str:
    """The notebook itself."""
    import nbformat

    text: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    return text + "\n"


def evaluation(node: NotebookNode) -> str | bytes:
    """The evaluation of the engagement that the notebook was run for, as of its day."""
    return direct(JSON, node.metadata.papermill.parameters)


def _office(form: str, node: NotebookNode) -> str | bytes:
    return direct(form, node.metadata.papermill.parameters)


docx, pdf, pptx, xlsx, csv, ics = (partial(_office, form) for form in OFFICE)


def direct(form: str, values: Mapping[str, Any]) -> str | bytes:
    """What the file of a format holds, for the parameters of a report. It needs no notebook."""
    return next(contents((form,), values))


def exported(notebook: Mapping[str, Any], makes: Sequence[str]) -> Iterator[str | bytes]:
    """What each maker, named in full, makes of a notebook that ran.

    Makers may change their notebook, so each gets its own. Those of ours that need none share one
    reading of the engagement.
    """
    from nbformat.notebooknode import from_dict

    known = {make: form for form, make in FORMATS.items() if form in DIRECT}
    direct = [known[make] for make in makes if make in known]
    files = (
        contents(direct, notebook["metadata"]["papermill"]["parameters"]) if direct else iter(())
    )
    for make in makes:
        if make in known:
            yield next(files)
        else:
            own = from_dict(notebook)  # type: ignore[no-untyped-call]
            yield pkgutil.resolve_name(make)(own)


def contents(forms: Iterable[str], values: Mapping[str, Any]) -> Iterator[str | bytes]:
    """What the file of each format holds; one reading of the engagement serves all of them."""
    from workbook.report.source import find
    from workbook.scoring import evaluate

    name, report = str(values["engagement"]), None
    source = find(name)
    shaping = {name: value for name, value in values.items() if name in SHAPING}
    wishes = {name: value for name, value in shaping.items() if name != "as_of"}
    names, today = bool(values.get("names", True)), day(str(values.get("as_of", "")))
    evaluation = evaluate(source.rules, source.engagement, today) if names else None
    for form in forms:
        if form == JSON:
            yield _data(name, source, today, evaluation, shaping)
        else:
            from workbook.office import RENDERERS
            from workbook.report.view import report_on

            report = report or report_on(name, source, today, evaluation, **wishes)
            yield RENDERERS[form](report)


def evaluation_of(
    document: str, day: str, *, names: bool = True, lang: str = "", since: str = ""
) -> str:
    """The evaluation of a document as of a day (ISO). It needs no notebook.

    Without names, ids say nothing of whom they stand for. `since` is an earlier document, or a
    folder of them: then it says what was done since, too.
    """
    asked = {"as_of": day, "names": names, "lang": lang, "since": since}
    return str(direct(JSON, {"engagement": document, **asked}))


def _data(
    document: str,
    source: ReportSource,
    today: dt.date,
    evaluation: Evaluation | None,
    asked: Mapping[str, Any],
) -> str:
    """The JSON of an evaluation, which is there already where names are shown."""
    from workbook.i18n import voice
    from workbook.report.nameless import pseudonymised
    from workbook.report.provenance import provenance_of
    from workbook.scoring import evaluate
    from workbook.scoring.disclosure import shown_data

    engagement, rules = source.engagement, source.rules
    language = str(asked.get("lang", "")) or engagement.language
    names, since = evaluation is not None, str(asked.get("since", ""))
    if evaluation is None:
        engagement = pseudonymised(engagement, voice(language))
        evaluation = evaluate(rules, engagement, today)
    origin = provenance_of(rules, engagement, evaluation, language, source.head)
    shown = {**shown_data(rules, engagement, evaluation), "provenance": str(origin)}
    if since:
        shown["since"] = _since(document, source, since, today, names=names)
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _since(
    document: str, source: ReportSource, since: str, today: dt.date, *, names: bool
) -> dict[str, Any] | None:
    """What was done since; None where a folder has no earlier document of the engagement."""
    from workbook.i18n import voice
    from workbook.report.earlier import earlier
    from workbook.report.nameless import without_names
    from workbook.scoring import evaluate
    from workbook.scoring.follow_through import follow_through
    from workbook.scoring.followed import followed_data

    engagement, rules = source.engagement, source.rules
    then = earlier(engagement, document, since, today)
    if then is None:
        return None
    before, before_day = then
    if not names:
        language = voice(engagement.language)
        engagement, before = (without_names(each, language) for each in (engagement, before))
    evaluation = evaluate(rules, engagement, today)
    done = follow_through(rules, before, before_day, engagement, evaluation)
    return followed_data(rules, engagement, evaluation, done)
