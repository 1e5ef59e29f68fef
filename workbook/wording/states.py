"""States in a word with a sign and a tone, so that nothing depends on colour alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

from workbook.i18n import Voice
from workbook.model.evaluation import GateState
from workbook.model.framework import Severity
from workbook.model.ownership import Consensus

Tone = Literal["ready", "nearly", "risk", "not", "unknown"]


class Word(NamedTuple):
    """A state in words, with its tone and the sign that stands before it."""

    text: str
    tone: Tone
    sign: str


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


def withheld_word(voice: Voice) -> Word:
    """What stands for few anonymous answers."""
    return Word(voice.t("Few answers, not shown"), "unknown", "…")


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


def cap_text(cap: str, voice: Voice) -> str:
    """What a gate does to the level."""
    return voice.t("holds the level at “{cap}”", cap=cap)


def findings_text(count: int, voice: Voice) -> str:
    """How many findings."""
    return voice.n("{count} finding", "{count} findings", count)


def more_evidence_text(count: int, voice: Voice) -> str:
    """How much evidence is folded away."""
    return voice.n("{count} more piece of evidence", "{count} more pieces of evidence", count)


def more_text(count: int, voice: Voice) -> str:
    """How many more are not listed."""
    return voice.n("{count} more", "{count} more", count)


def role_names(voice: Voice) -> dict[str, str]:
    """What the letters of a matrix mean, and D for deputy."""
    t = voice.t
    return {
        "A": t("accountable"),
        "R": t("responsible"),
        "D": t("deputy"),
        "C": t("consulted"),
        "I": t("informed"),
    }


def map_signs(voice: Voice) -> dict[str, str]:
    """What the signs of a map mean that are no letters."""
    t = voice.t
    return {"several": t("several named"), "outside": t("outside the organisation")}


def consensus_word(outcome: Consensus, voice: Voice) -> Word:
    """What the voices on one focal point come to."""
    t = voice.t
    return {
        Consensus.UNANIMOUS: Word(t("Unanimous"), "ready", "✓"),
        Consensus.AGREED: Word(t("Agreed"), "ready", "✓"),
        Consensus.MAJORITY: Word(t("Majority only"), "risk", "≠"),
        Consensus.TWO_CAMPS: Word(t("Two camps"), "risk", "≠"),
        Consensus.SCATTERED: Word(t("Scattered"), "risk", "≠"),
        Consensus.GROUP: Word(t("Agreed: no single owner"), "risk", "▲"),
        Consensus.NOBODY: Word(t("Agreed: nobody"), "not", "○"),
        Consensus.TOO_FEW: Word(t("Too few votes"), "unknown", "…"),
        Consensus.WITHHELD: Word(t("Withheld"), "unknown", "–"),
    }[outcome]
