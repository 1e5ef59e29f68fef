"""An answer in the words of its question."""

from __future__ import annotations

import datetime as dt

from workbook.model.engagement import Answer, State
from workbook.wording.phrases import Phrases


def answer_text(phrases: Phrases, answer: Answer) -> str:
    """An answer in words: an option's title, dates, a text, or why there is none."""
    v = phrases.voice
    if answer.state == State.UNKNOWN:
        return v.t("Not known")
    if answer.state == State.NOT_APPLICABLE:
        return v.t("Not applicable")
    if isinstance(answer.value, tuple):
        return ", ".join(v.date(day, "medium") for day in answer.value)
    return value_text(phrases, answer.question, answer.value) if answer.value else "–"


def value_text(phrases: Phrases, question: str, value: str, *, quoted: bool = False) -> str:
    """An option's title, a date in words, or the text as it is; words `quoted` in a sentence."""
    _, content = phrases.questions.get(question, (None, None))
    titles = {option.key: option.title for option in content.options} if content else {}
    if content is None or content.kind == "date":
        try:
            return phrases.voice.date(dt.date.fromisoformat(value), "medium")
        except ValueError:
            pass
    text = phrases.say(titles[value]) if value in titles else value
    return phrases.quoted(text) if quoted else text
