"""The first page: where the organisation stands, one line per area, what holds the level."""

from __future__ import annotations

from workbook.fragments.findings import GateLine
from workbook.fragments.page import AreaLine
from workbook.model.engagement import State
from workbook.model.evaluation import GateResult, Status
from workbook.report.value import Verdict
from workbook.wording.fields import value_names
from workbook.wording.figures import level_text
from workbook.wording.firmness import firmness_text
from workbook.wording.gates import gate_of, gate_sentence
from workbook.wording.headline import held_back
from workbook.wording.phrases import Phrases


def verdict(phrases: Phrases, *, firm: bool) -> Verdict:
    """The score with its range and level, and what keeps the level open or down.

    `firm`: also how firm the level is, for which many weightings are drawn.
    """
    v, evaluation = phrases.voice, phrases.evaluation
    level = evaluation.level
    level_name = (
        level_text(phrases.rules, level, v) if level else value_names(v)[State.NOT_APPLICABLE]
    )
    return Verdict(
        score=evaluation.score,
        level=level,
        level_text=level_name,
        explanation=_standing(phrases),
        firmness=_firmness(phrases) if firm else "",
    )


def _firmness(phrases: Phrases) -> str:
    return "" if phrases.firmness is None else firmness_text(phrases, phrases.firmness)


def _standing(phrases: Phrases) -> str:
    """Whether the level is certain."""
    v, evaluation = phrases.voice, phrases.evaluation
    if evaluation.level is None:
        return v.t("Nothing of this framework applies to the organisation.")
    if evaluation.score.status is Status.NOT_SCORED:
        return v.t("There is no score yet: only what may still come of it.")
    if evaluation.level.confirmed:
        return v.t("The level is confirmed: whatever is still open cannot change it.")
    return v.t("The level is provisional: it depends on what is still open.")


def area_lines(phrases: Phrases) -> tuple[AreaLine, ...]:
    """One line per area, in the framework's order."""
    return tuple(
        AreaLine(phrases.area(area.area), area.score, area.level, held_back(phrases, area.area))
        for area in phrases.evaluation.areas
    )


def gate_lines(phrases: Phrases) -> tuple[GateLine, ...]:
    """Every gate that applies, with the level that it holds to."""
    return tuple(_gate(phrases, result) for result in phrases.evaluation.gates)


def _gate(phrases: Phrases, result: GateResult) -> GateLine:
    cap = phrases.say(phrases.rules.level(gate_of(phrases, result).cap).title)
    return GateLine(gate_sentence(phrases, result), result.state, cap)
