"""The first page: where the organisation stands, one line per area, what holds the level."""

from __future__ import annotations

from workbook.fragments.findings import GateLine
from workbook.fragments.page import AreaLine
from workbook.model.evaluation import GateResult, GateState, Status
from workbook.report.headline import held_back
from workbook.report.telling import Telling
from workbook.report.value import Verdict
from workbook.wording.figures import level_text


def verdict(telling: Telling) -> Verdict:
    """The score with its range and level, and what keeps the level open or down."""
    v, evaluation = telling.voice, telling.evaluation
    level = evaluation.level
    said = level_text(telling.framework, level, v) if level else v.t("Not applicable")
    return Verdict(evaluation.score, level, said, _standing(telling))


def _standing(telling: Telling) -> str:
    """Whether the level is certain, and which gates hold it."""
    v, evaluation = telling.voice, telling.evaluation
    if evaluation.level is None:
        return v.t("Nothing of this framework applies to the organisation.")
    if evaluation.score.status is Status.NOT_SCORED:
        return v.t("There is no score yet: only what may still come of it.")
    sentences = []
    if evaluation.level.confirmed:
        sentences.append(v.t("The level is confirmed: whatever is still open cannot change it."))
    else:
        sentences.append(v.t("The level is provisional: it depends on what is still open."))
    held = sum(gate.state is not GateState.PASSED for gate in evaluation.gates)
    if held:
        sentences.append(v.n("{count} gate holds it.", "{count} gates hold it.", held))
    return " ".join(sentences)


def area_lines(telling: Telling) -> tuple[AreaLine, ...]:
    """One line per area, in the framework's order."""
    return tuple(
        AreaLine(telling.area(one.area), one.score, one.level, held_back(telling, one.area))
        for one in telling.evaluation.areas
    )


def gate_lines(telling: Telling) -> tuple[GateLine, ...]:
    """Every gate that applies, with the level that it holds to."""
    return tuple(_gate(telling, result) for result in telling.evaluation.gates)


def _gate(telling: Telling, result: GateResult) -> GateLine:
    v = telling.voice
    gate = next(gate for gate in telling.framework.gates if gate.key == result.gate)
    cap = telling.say(telling.framework.level(gate.cap).title)
    note = {
        GateState.UNDETERMINED: v.t("depends on what is still open"),
        GateState.TRIPPED: "",
        GateState.PASSED: "",
    }[result.state]
    return GateLine(telling.say(gate.title), result.state, cap, note)
