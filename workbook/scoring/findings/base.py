"""How a finding is made."""

from __future__ import annotations

from typing import Any

from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.scoring.encode import Heard


def finding(heard: Heard, kind: str, area: str | None, **facts: Any) -> Finding:  # noqa: ANN401 - fields of Finding
    """A finding of a kind with the severity that the framework gives it."""
    told = heard.framework.findings.get(kind)
    return Finding(kind, told.severity if told else Severity.LOW, area, **facts)
