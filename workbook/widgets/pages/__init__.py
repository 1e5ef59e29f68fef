"""The same view model as a page that needs no kernel: what Papermill stores and readers print.

A dumb renderer: every sentence is in the view model already, every text is escaped.
"""

from __future__ import annotations

from workbook.widgets.pages.whole import static_page, summary

__all__ = ["static_page", "summary"]
