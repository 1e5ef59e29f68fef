"""Office documents of a report: what clients write in, present with and plan by.

Each renderer is a function from a report to the content of a file. Public name: `RENDERERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook.office.branding import branded
from workbook.office.data import csv
from workbook.office.docx import docx
from workbook.office.ics import ics
from workbook.office.pdf import pdf
from workbook.office.pptx import pptx
from workbook.office.xlsx import xlsx

RENDERERS: Mapping[str, Callable[..., bytes]] = {
    "csv": csv,
    "docx": branded(docx),
    "ics": ics,
    "pdf": pdf,
    "pptx": branded(pptx),
    "xlsx": branded(xlsx),
}
"""What makes each format from a report; docx and pdf take a leaflet, too."""
