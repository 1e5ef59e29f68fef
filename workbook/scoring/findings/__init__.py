"""Findings: conclusions tied to their evidence, each rule a small function over what was read.

Rules return codes and numbers. Severity, texts and the action that answers a finding stand in the
framework, which takes the defaults of `templates/findings` where it has none; a kind that a
framework does not list at all is not raised.
"""

from __future__ import annotations

import datetime as dt
import pkgutil
from importlib import import_module

from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.scoring.encode import EngagementReading
from workbook.scoring.findings.answers import outcomes
from workbook.scoring.findings.registry import RULES

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)  # a rule registers itself, wherever in this room it stands

ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def findings(reading: EngagementReading, as_of: dt.date) -> tuple[Finding, ...]:
    """Every finding, the most severe first, then in the framework's order of subjects."""
    known = reading.rules.findings
    raised = (
        finding
        for rule in (outcomes, *dict.fromkeys(RULES.values()))
        for finding in rule(reading, as_of)
        if finding.kind in known
    )
    position = _places(reading)
    return tuple(
        sorted(
            raised,
            key=lambda f: (
                ORDER[f.severity],
                position[f.focal_point or f.question],
                f.key,
            ),
        )
    )


def _places(reading: EngagementReading) -> dict[str | None, int]:
    """Where each subject stands in the framework; what is about none comes first."""
    keys: list[str | None] = [None]
    for area in reading.rules.areas:
        keys += [focal_point.key for focal_point in area.focal_points]
        keys += [question.key for question in area.questions]
    return {key: position for position, key in enumerate(keys)}
