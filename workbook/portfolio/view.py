"""What the portfolio notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbook import resources
from workbook.dates import day
from workbook.fragments.shell import Bundle, bundle
from workbook.i18n import ENGLISH
from workbook.portfolio.assess import SEED, assess
from workbook.portfolio.build import build
from workbook.portfolio.html import html
from workbook.portfolio.links import links
from workbook.portfolio.plain import plain
from workbook.portfolio.sources import gather
from workbook.portfolio.value import PortfolioReport


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """A portfolio as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: PortfolioReport
    theme: str = "auto"

    def __repr__(self) -> str:
        return plain(self.report)

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        report = self.report
        return bundle(
            html(report), repr(self), title=report.title, language=report.lang, theme=self.theme
        )


def show(
    source: str = "",
    *,
    lang: str = "",
    as_of: str = "",
    reports: str = "",
    theme: str = "auto",
    seed: int = SEED,
) -> PortfolioView:
    """The portfolio of a source as of a day (ISO); without a source, of the example engagements.

    Without a day: `WORKBOOK_AS_OF`, else today. `reports` as in `workbook.portfolio.links`.
    Raises BadInput for a source, a language, a day or a folder that is wrong.
    """
    language = lang or ENGLISH
    gathered = gather([source or str(resources.templates() / "engagements")])
    link = links(reports, Path.cwd(), language)
    return PortfolioView(build(assess(gathered, day(as_of), seed=seed), language, link), theme)
