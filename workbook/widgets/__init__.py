"""The guided screens. Notebooks call `guide`; everything else stays behind it."""

from __future__ import annotations

from workbook.widgets.opening import guide

__all__ = ["guide"]
