"""What the report notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.report.build import build
from workbook.report.html import notebook_html
from workbook.report.parameters import read_date
from workbook.report.plain import plain
from workbook.report.source import find
from workbook.report.value import Report

AS_OF = "WORKBOOK_AS_OF"
METADATA = "workbook"


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: Report
    theme: str = "auto"

    def __repr__(self) -> str:
        return plain(self.report)

    def _repr_mimebundle_(self, **_: object) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        data = {"text/html": notebook_html(self.report, self.theme), "text/plain": repr(self)}
        details = {"title": self.report.title, "lang": self.report.lang, "theme": self.theme}
        return data, {METADATA: details}


def show(
    engagement: str = "",
    *,
    lang: str = "",
    as_of: str = "",
    theme: str = "auto",
    sections: list[str] | None = None,
) -> ReportView:
    """The report of an engagement as of a day (ISO), in its own language unless `lang` is given.

    Without a day: `WORKBOOK_AS_OF`, else today. Raises BadInput for an engagement, a language, a
    section or a document that is wrong.
    """
    from workbook.scoring import evaluate

    document, framework = find(engagement)
    evaluation = evaluate(framework, document, day(as_of))
    chosen = tuple(sections or ())
    return ReportView(
        build(framework, document, evaluation, lang or document.language, chosen), theme
    )


def day(text: str) -> dt.date:
    """The day that a notebook evaluates for: an edge, so it may read environment and clock."""
    chosen = text or os.environ.get(AS_OF, "")
    return read_date(chosen, "as_of", "") if chosen else dt.date.today()  # noqa: DTZ011 - the reader's day
