"""What the report notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbook.dates import day
from workbook.fragments.page import notebook_html
from workbook.report.build import build
from workbook.report.html import html
from workbook.report.plain import plain
from workbook.report.source import find
from workbook.report.value import Report

METADATA = "workbook"


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: Report
    theme: str = "auto"

    def __repr__(self) -> str:
        return plain(self.report)

    def _repr_mimebundle_(self, **_: object) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        lang, theme = self.report.lang, self.theme
        shown = notebook_html(html(self.report), lang, theme)
        details = {"title": self.report.title, "lang": lang, "theme": theme}
        return {"text/html": shown, "text/plain": repr(self)}, {METADATA: details}


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
