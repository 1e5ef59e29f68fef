"""The registry of findings: every kind has one rule here and one file in `templates/findings`.

The file holds the facts that the kind carries and its default severity, action and text, which a
framework may tell in words of its own; one that is older than the kind takes the default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.scoring.cell import Cell
from workbook.scoring.encode import EngagementReading
from workbook.scoring.panel import Panel

Rule = Callable[[EngagementReading, dt.date], Iterator[Finding]]

RULES: dict[str, Rule] = {}
"""The rule of every registered kind."""


def finding(*kinds: str) -> Callable[[Rule], Rule]:
    """Register a rule for the kinds that it raises; a kind has one rule."""

    def register(rule: Rule) -> Rule:
        for kind in kinds:
            if kind in RULES:
                raise ValueError(f"the finding “{kind}” has a rule already")
            RULES[kind] = rule
        return rule

    return register


def conclude(reading: EngagementReading, kind: str, area: str | None, **facts: Any) -> Finding:  # noqa: ANN401 - fields of Finding
    """A finding of a kind with the severity that the framework gives it."""
    text = reading.rules.findings.get(kind)
    return Finding(kind, text.severity if text else Severity.LOW, area, **facts)


def conclude_on(
    reading: EngagementReading,
    kind: str,
    panel: Panel,
    voices: Iterable[Cell] = (),
    /,
    **facts: Any,  # noqa: ANN401 - fields of Finding
) -> Finding:
    """A finding about a focal point, which rests on these voices of its panel."""
    usual = {
        "focal_point": panel.focal_point.key,
        "evidence": tuple(panel.evidence_of(cell) for cell in voices),
        "cells": panel.basis,
    }
    return conclude(reading, kind, panel.area.key, **{**usual, **facts})
