"""The report: one frozen value built from an evaluation, rendered for notebooks and for readers.

Public names: `build`, `html`, `page`, `plain`, `show`, `Report`, `ReportView`, `SECTIONS`.
"""

from __future__ import annotations

from workbook.report.build import SECTIONS, build
from workbook.report.html import html, page
from workbook.report.plain import plain
from workbook.report.value import Report
from workbook.report.view import ReportView, show

__all__ = ["SECTIONS", "Report", "ReportView", "build", "html", "page", "plain", "show"]
