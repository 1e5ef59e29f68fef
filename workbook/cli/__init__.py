"""The command line: one module per command, imported only when its command is used."""

from __future__ import annotations

from workbook.cli.main import main

__all__ = ["main"]
