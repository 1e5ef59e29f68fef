"""Findings: conclusions tied to their evidence, each rule a small function over what was heard.

Rules return codes and numbers. Severity, texts and the action that answers a finding stand in the
framework; a kind that a framework does not list is not raised.
"""

from __future__ import annotations

import datetime as dt

from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.scoring.encode import Heard
from workbook.scoring.findings import answers, ownership, people, roles

RULES = (*ownership.RULES, *roles.RULES, *people.RULES, *answers.RULES)
ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def findings(heard: Heard, as_of: dt.date) -> tuple[Finding, ...]:
    """Every finding, the most severe first, then in the framework's order of subjects."""
    known = heard.framework.findings
    raised = (found for rule in RULES for found in rule(heard, as_of) if found.kind in known)
    place = _places(heard)
    return tuple(
        sorted(
            raised,
            key=lambda f: (
                ORDER[f.severity],
                place.get(f.focal_point or f.question or "", -1),
                f.key,
            ),
        )
    )


def _places(heard: Heard) -> dict[str, int]:
    keys: list[str] = []
    for area in heard.framework.areas:
        keys += [focal_point.key for focal_point in area.focal_points]
        keys += [question.key for question in area.questions]
    return {key: position for position, key in enumerate(keys)}
