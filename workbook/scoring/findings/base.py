"""How a finding and its evidence are made."""

from __future__ import annotations

from typing import Any

from workbook.model.evaluation import Evidence, Finding
from workbook.model.framework import Severity
from workbook.scoring.encode import Heard
from workbook.scoring.panel import Cell, Panel


def finding(heard: Heard, kind: str, area: str | None, **facts: Any) -> Finding:  # noqa: ANN401 - fields of Finding
    """A finding of a kind with the severity that the framework gives it."""
    told = heard.framework.findings.get(kind)
    return Finding(kind, told.severity if told else Severity.LOW, area, **facts)


def evidence(panel: Panel, cell: Cell) -> Evidence:
    """The voice or decision that a cell stands for."""
    decision = panel.decision if cell.respondent is None else None
    return Evidence(
        "decision" if decision else "nomination",
        respondent=cell.respondent,
        party="+".join(cell.given) or cell.party,
        focal_point=panel.focal_point.key,
        on=decision.decided_on if decision else None,
        note=decision.note if decision else None,
    )
