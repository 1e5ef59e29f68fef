"""Content: framework and engagement documents, read with places and checked as a whole.

Every problem of a document comes at once, as `BadInput`: file, line, path, what is wrong, how to
fix it.
"""

from __future__ import annotations

from workbook.content.engagement_check import check_engagement, consistent
from workbook.content.engagements import Loaded, load_engagement, organisation_name
from workbook.content.frameworks import folder_of, framework_keys, known_keys, load_framework
from workbook.content.schemas import engagement_schema, framework_schema
from workbook.content.writing import dump_engagement

__all__ = [
    "Loaded",
    "check_engagement",
    "consistent",
    "dump_engagement",
    "engagement_schema",
    "folder_of",
    "framework_keys",
    "framework_schema",
    "known_keys",
    "load_engagement",
    "load_framework",
    "organisation_name",
]
