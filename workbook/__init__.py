"""The ownership workbook: find out who owns what in a commerce programme."""

from __future__ import annotations

__version__ = "0.1.0"
