"""The portfolio: many engagements scored at once, ranked with their uncertainty, on one page.

`gather` sources, `assess` them as of a day, `build` the page's value, make it a `page`, and `write`
everything; `show` does the same for a notebook. Engagements that were measured differently are
never ranked together.
"""

from __future__ import annotations

from workbook.portfolio.assess import assess
from workbook.portfolio.build import build
from workbook.portfolio.cohorts import Assessed, Cohort
from workbook.portfolio.gathered import Gathered
from workbook.portfolio.html import html, page
from workbook.portfolio.links import links
from workbook.portfolio.sources import gather
from workbook.portfolio.value import PortfolioReport
from workbook.portfolio.view import PortfolioView, show
from workbook.portfolio.writing import write

__all__ = [
    "Assessed",
    "Cohort",
    "Gathered",
    "PortfolioReport",
    "PortfolioView",
    "assess",
    "build",
    "gather",
    "html",
    "links",
    "page",
    "show",
    "write",
]
