"""Content: framework and engagement documents, read with places and checked as a whole.

Public names: `load_framework`, `framework_keys`, `load_engagement` (a `Loaded`),
`check_engagement`, `engagement_schema`, `framework_schema`, `dump_engagement`.
"""

from __future__ import annotations

from workbook.content.frameworks import framework_keys, load_framework

__all__ = ["framework_keys", "load_framework"]
