"""Gates, the must-haves of a framework, in sentences that are true in their state."""

from __future__ import annotations

from workbook.model.evaluation import GateResult, GateState
from workbook.model.framework import Gate
from workbook.wording.names import Vocabulary


def gate_of(names: Vocabulary, result: GateResult) -> Gate:
    """The gate that a result is about."""
    return next(gate for gate in names.rules.gates if gate.key == result.gate)


def gate_sentence(names: Vocabulary, result: GateResult) -> str:
    """What holds of a must-have as it stands, without a full stop."""
    gate = gate_of(names, result)
    texts = {GateState.TRIPPED: gate.not_met, GateState.UNDETERMINED: gate.not_known}
    text = texts.get(result.state, gate.title)
    if text is not None:
        return names.say(text)
    condition = names.quoted(names.say(gate.title))
    return {
        GateState.TRIPPED: names.voice.t("This is not met: {condition}", condition=condition),
        GateState.UNDETERMINED: names.voice.t(
            "It is not known whether this is met: {condition}", condition=condition
        ),
    }[result.state]
