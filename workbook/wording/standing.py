"""Where an engagement stands in a few words: its level with a sign, its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import Voice
from workbook.model.evaluation import LevelSpan, Score, Status
from workbook.model.rules import Rules
from workbook.wording.figures import level_text
from workbook.wording.states import Word

if TYPE_CHECKING:
    from workbook.workspace import Standing


def level_word(rules: Rules, span: LevelSpan, score: Score, voice: Voice) -> Word:
    """The level; grey, and as its whole span, until no open answer can change it any more."""
    text = level_text(rules, span, voice)
    if span.confirmed:
        level = rules.level(span.low)
        return Word(text, level.tone, level.sign)
    text = voice.t("{level}, provisional", level=text)
    if score.status is Status.NOT_SCORED:
        text = voice.t("Nothing said yet")
    return Word(text, "unknown", "…")


def standing_word(standing: Standing, voice: Voice) -> Word:
    """The level of an engagement in a list."""
    rules, evaluation = standing.rules, standing.evaluation
    if rules is None or evaluation is None:
        return Word(voice.t("Cannot be read"), "not", "!")
    if evaluation.level is None:
        return Word(voice.t("Nothing to score"), "unknown", "–")
    return level_word(rules, evaluation.level, evaluation.score, voice)


def standing_dates(standing: Standing, voice: Voice) -> str:
    """When it was changed last, and when the next checkpoint is."""
    changed = voice.date(standing.summary.changed_at.date(), "medium")
    texts = [voice.t("changed {date}", date=changed)]
    if standing.next_checkpoint:
        day = voice.date(standing.next_checkpoint, "medium")
        texts.append(voice.t("next checkpoint {date}", date=day))
    return " · ".join(texts)
