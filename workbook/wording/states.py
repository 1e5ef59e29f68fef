"""States in a word with a sign and a tone, so that nothing depends on colour alone."""

from __future__ import annotations

from typing import Literal

from workbook.i18n import Voice
from workbook.model.evaluation import GateState
from workbook.model.framework import Severity

Tone = Literal["ready", "nearly", "risk", "not", "unknown"]

SEVERITY: dict[Severity, tuple[Tone, str]] = {
    Severity.CRITICAL: ("not", "●●●●"),
    Severity.HIGH: ("risk", "●●●○"),
    Severity.MEDIUM: ("nearly", "●●○○"),
    Severity.LOW: ("unknown", "●○○○"),
}
GATE: dict[GateState, tuple[Tone, str]] = {
    GateState.TRIPPED: ("not", "×"),
    GateState.UNDETERMINED: ("unknown", "?"),
    GateState.PASSED: ("ready", "✓"),
}


def severity_text(severity: Severity, voice: Voice) -> str:
    """The word for a severity."""
    return {
        Severity.CRITICAL: voice.t("Critical"),
        Severity.HIGH: voice.t("High"),
        Severity.MEDIUM: voice.t("Medium"),
        Severity.LOW: voice.t("Low"),
    }[severity]


def gate_text(state: GateState, voice: Voice) -> str:
    """The word for a gate's state."""
    return {
        GateState.TRIPPED: voice.t("Not met"),
        GateState.PASSED: voice.t("Met"),
        GateState.UNDETERMINED: voice.t("Not known yet"),
    }[state]
