"""An answer in the words of its question, and how a question stands in a word."""

from __future__ import annotations

import datetime as dt

from workbook.model.engagement import Answer, State
from workbook.scoring.inquiry import Inquiry
from workbook.wording.fields import value_names
from workbook.wording.headings import absences
from workbook.wording.names import capitalised
from workbook.wording.ownership import inherited_word
from workbook.wording.phrases import Phrases
from workbook.wording.states import Word, withheld_word

GOOD = 1.0


def answer_text(phrases: Phrases, answer: Answer) -> str:
    """An answer in words: an option's title, dates, a text, or why there is none."""
    v = phrases.voice
    if answer.state == State.UNKNOWN:
        return capitalised(absences(v)["unknown"])
    if answer.state == State.NOT_APPLICABLE:
        return value_names(v)[State.NOT_APPLICABLE]
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


def answer_word(phrases: Phrases, inquiry: Inquiry, answer: Answer | None) -> Word:
    """Where a question stands; `answer` is the team's own."""
    t = phrases.voice.t
    if answer and answer.state == State.NOT_APPLICABLE:
        return Word(value_names(phrases.voice)[State.NOT_APPLICABLE], "unknown", "–")
    if inquiry.agreed:
        return _outcome_word(phrases, inquiry)
    if answer and answer.state == State.UNKNOWN:
        return Word(t("Nobody knows yet"), "unknown", "?")
    if answer and inquiry.question.kind == "dates" and answer.value is not None:
        return Word(t("Counts once the programme has a start"), "unknown", "?")
    if inquiry.cells:
        return _voices_word(phrases, inquiry)
    return _open_word(phrases, inquiry, later=answer is not None and answer.discuss_later)


def _open_word(phrases: Phrases, inquiry: Inquiry, *, later: bool) -> Word:
    """What stands where nobody here has answered: what the group says, if it does."""
    t, heir = phrases.voice.t, phrases.inherited.get((inquiry.question.key, inquiry.instance))
    if heir and heir.value is not None and not later:
        answer = Answer(question=heir.subject, value=heir.value)
        return inherited_word(phrases, heir, answer_text(phrases, answer))
    return Word(t("To be discussed") if later else t("No answer yet"), "unknown", "…")


def _voices_word(phrases: Phrases, inquiry: Inquiry) -> Word:
    """What respondents said alone; nothing of few voices in anonymous mode (METHOD §6)."""
    v, voices = phrases.voice, len(inquiry.cells)
    if phrases.disclosure.withholds(voices):
        return withheld_word(v)
    outcomes = {cell.outcome for cell in inquiry.cells}
    if len(outcomes) > 1:
        return Word(v.n("one answer", "{count} different answers", len(outcomes)), "risk", "≠")
    return Word(v.n("one person says so", "{count} people agree", voices), "nearly", "◆")


def _outcome_word(phrases: Phrases, inquiry: Inquiry) -> Word:
    t, cell = phrases.voice.t, inquiry.cells[0]
    if inquiry.question.kind == "text":
        return Word(t("Answered"), "ready", "✓")
    words = {
        "on_time": t("In time"),
        "late": t("After go-live"),
        "covered": t("Until go-live"),
        "gap": t("With a gap"),
        "stops": t("Stops before go-live"),
        "none": t("No date before go-live"),
    }
    text = words.get(cell.outcome, t("Answered"))
    if cell.low >= GOOD:
        return Word(text, "ready", "✓")
    return Word(text, "not", "○") if cell.low <= 0 else Word(text, "risk", "▲")
