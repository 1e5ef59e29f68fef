"""What the portfolio notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import resources
from workbook.errors import BadInput, Problem
from workbook.i18n import ENGLISH
from workbook.portfolio.assess import SEED, assess
from workbook.portfolio.build import build
from workbook.portfolio.html import notebook_html
from workbook.portfolio.links import links
from workbook.portfolio.plain import plain
from workbook.portfolio.sources import gather
from workbook.portfolio.value import PortfolioReport

AS_OF = "WORKBOOK_AS_OF"
METADATA = "workbook"


@dataclass(frozen=True, slots=True)
class PortfolioView:
    """A portfolio as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: PortfolioReport
    theme: str = "auto"

    def __repr__(self) -> str:
        return plain(self.report)

    def _repr_mimebundle_(self, **_: object) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        data = {"text/html": notebook_html(self.report, self.theme), "text/plain": repr(self)}
        details = {"title": self.report.title, "lang": self.report.lang, "theme": self.theme}
        return data, {METADATA: details}


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


def day(text: str) -> dt.date:
    """The day that a notebook evaluates for: an edge, so it may read environment and clock."""
    chosen = text or os.environ.get(AS_OF, "")
    if not chosen:
        return dt.date.today()  # noqa: DTZ011 - the reader's day
    try:
        return dt.date.fromisoformat(chosen)
    except ValueError:
        fix = "write year-month-day, such as 2026-11-23"
        raise BadInput(Problem(f"“{chosen}” is not a date", fix, path="as_of")) from None
