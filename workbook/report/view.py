"""What the report notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.dates import day
from workbook.fragments.shell import Bundle, bundle
from workbook.i18n import voice
from workbook.report.build import build
from workbook.report.html import html
from workbook.report.nameless import without_names
from workbook.report.plain import plain
from workbook.report.source import find
from workbook.report.value import Report


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: Report
    theme: str = "auto"

    def __repr__(self) -> str:
        return plain(self.report)

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        report = self.report
        return bundle(
            html(report), repr(self), title=report.title, language=report.lang, theme=self.theme
        )


def show(
    engagement: str = "",
    *,
    lang: str = "",
    as_of: str = "",
    theme: str = "auto",
    sections: list[str] | None = None,
    names: bool = True,
) -> ReportView:
    """The report of an engagement as of a day (ISO), in its own language unless `lang` is given.

    Without a day: `WORKBOOK_AS_OF`, else today. Raises BadInput for an engagement, a language, a
    section or a document that is wrong.
    """
    from workbook.scoring import evaluate

    document, framework = find(engagement)
    if not names:
        document = without_names(document, voice(lang or document.language))
    evaluation = evaluate(framework, document, day(as_of))
    chosen = tuple(sections or ())
    return ReportView(
        build(framework, document, evaluation, lang or document.language, chosen), theme
    )
