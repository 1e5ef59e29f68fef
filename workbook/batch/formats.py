"""What comes out of a run: the page, the notebook itself, the evaluation, office documents.

Each is a function from the notebook that ran (an nbformat node) to what its file holds. It is named
in full, so that the process that ran the notebook can find it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

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


def contents(forms: Iterable[str], values: Mapping[str, Any]) -> Iterator[str | bytes]:
    """What the file of each format holds; the report is built once for all of them."""
    document = None
    for form in forms:
        if form == JSON:
            names, lang = bool(values.get("names", True)), str(values.get("lang", ""))
            yield evaluation_of(values["engagement"], values["as_of"], names=names, lang=lang)
            continue
        from workbook.office import RENDERERS
        from workbook.report import show

        shaping = {name: value for name, value in values.items() if name in SHAPING}
        document = document or show(values["engagement"], **shaping).report
        yield RENDERERS[form](document)


def evaluation_of(document: str, day: str, *, names: bool = True, lang: str = "") -> str:
    """The evaluation of a document as of a day (ISO). It needs no notebook.

    Without names, ids say nothing of whom they stand for.
    """
    from workbook.content import load_engagement
    from workbook.report.provenance import provenance_of
    from workbook.scoring import evaluate
    from workbook.scoring.disclosure import shown_data

    engagement, rules = load_engagement(document)
    if not names:
        from workbook.i18n import voice
        from workbook.report.nameless import pseudonymised

        engagement = pseudonymised(engagement, voice(lang or engagement.language))
    evaluation = evaluate(rules, engagement, dt.date.fromisoformat(day))
    spoken = lang or engagement.language
    origin = provenance_of(rules, engagement, evaluation, spoken)
    shown = {**shown_data(rules, engagement, evaluation), "provenance": str(origin)}
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
