"""What the rules share: who holds a focal point, and how a finding and its evidence are made."""

from __future__ import annotations

from typing import Any

from workbook.model.evaluation import Evidence, Finding
from workbook.model.framework import Severity
from workbook.scoring.agreement import verdict
from workbook.scoring.encode import Heard
from workbook.scoring.panel import Cell, Kind, Panel
from workbook.scoring.scope import profile_of


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


def holder(heard: Heard, panel: Panel) -> Cell | None:
    """The cell of whoever holds a focal point: decided, or agreed by the respondents."""
    singles = [cell for cell in panel.cells if cell.kind is Kind.SINGLE]
    if not singles:
        return None
    if panel.cells[0].respondent is None:
        return singles[0]
    limits = heard.framework.thresholds
    if (
        verdict(panel, profile_of(heard.framework, heard.engagement).r_min, limits.agreed_share)
        != "agreed"
    ):
        return None
    favourites = panel.favourites()
    return next(cell for cell in singles if cell.party == favourites[0])


def held(heard: Heard) -> dict[str, Cell]:
    """The holder of every focal point that has one."""
    cells = {key: holder(heard, panel) for key, panel in heard.panels.items()}
    return {key: cell for key, cell in cells.items() if cell is not None}


def decided(panel: Panel) -> bool:
    """Whether a decision stands for this focal point."""
    return bool(panel.cells) and panel.cells[0].respondent is None
