"""Faults are put into processes that write nothing but what they are to write."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _measured_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under `make coverage`, too: what is measured is written down, and would meet the faults."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
