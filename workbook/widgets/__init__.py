"""The screens. Notebooks call `guide` or `respond`; everything else stays behind them."""

from __future__ import annotations

from workbook.widgets.opening import guide, respond

__all__ = ["guide", "respond"]
