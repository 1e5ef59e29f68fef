"""The workshop's host: respondents' pages without a kernel, and the facilitator's board.

One process serves both over WebSockets and is the one writer for all respondents.
"""

from __future__ import annotations

from workbook.serve.host.app import WorkshopHost

__all__ = ["WorkshopHost"]
