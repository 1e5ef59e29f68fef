"""What a questionnaire holds: the subjects, the names to choose from, what was answered before.

A text is never a key: the codes stand in a hidden column and on a hidden sheet, so that every
program and every language of it gives the same back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbook.exchange.tables.words import fold
from workbook.i18n import Voice, voice
from workbook.model.engagement import (
    NOBODY,
    NONE,
    VACANT,
    Confidence,
    Engagement,
    Respondent,
    Role,
    State,
)
from workbook.model.framework import Area, FocalPoint
from workbook.store import Json
from workbook.wording.fields import value_names

MARK = "workbook-questionnaire"
"""What begins the hidden column, the hidden sheet and a file of answers."""
MISSING = "missing"
"""The hidden code of a row in which somebody says what is missing."""
UNCERTAIN = frozenset({State.UNKNOWN, State.NOT_APPLICABLE})


class Field(StrEnum):
    """What is asked of each subject, in the order of the columns."""

    OWNER = "owner"
    DEPUTY = "deputy"
    CONFIDENCE = "confidence"
    NOTE = "note"


class CodeLine(StrEnum):
    """What a line of the hidden sheet holds."""

    PASS = "pass"  # noqa: S105 - the word of a line
    CODE = "code"
    BEFORE = "before"
    ANSWER = "answer"
    NEWCOMER = "newcomer"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A questionnaire for one respondent; `answers` is what they have answered: key ↦ value."""

    engagement: Engagement
    respondent: Respondent
    subjects: tuple[tuple[Area, FocalPoint], ...]
    answers: Mapping[str, Json]
    code: str
    until: str
    privacy: str
    language: str

    @property
    def voice(self) -> Voice:
        """The voice of the respondent's language."""
        return voice(self.language)

    def choices(self, field: Field) -> dict[str, str]:
        """Code ↦ text of what can be chosen, no text twice."""
        t, names = self.voice.t, value_names(self.voice)
        if field is Field.CONFIDENCE:
            return {key.value: names[key] for key in Confidence}
        if field is Field.DEPUTY:
            return {NONE: names[NONE], **self._parties()}
        me = self.respondent.person
        parties = self._parties()
        own = {me: f"{parties[me]} ({t('I do')})"} if me in parties else {}
        plain = {NOBODY: names[NOBODY], VACANT: names[VACANT], State.UNKNOWN: names[State.UNKNOWN]}
        first = {**own, **{str(key): text for key, text in plain.items()}}
        return {**first, **{key: text for key, text in parties.items() if key not in first}}

    def _parties(self) -> dict[str, str]:
        parties = self.engagement.parties()
        counts = Counter(fold(party.name) for party in parties.values())
        fixed = {fold(text) for text in value_names(self.voice).values()}
        names = {
            key: f"{party.name} ({key})"
            if counts[fold(party.name)] > 1 or fold(party.name) in fixed
            else party.name
            for key, party in parties.items()
        }
        return dict(sorted(names.items(), key=lambda pair: fold(pair[1])))

    def before(self, focal_point: str) -> dict[Field, str]:
        """What stands in the cells of a subject when the questionnaire is sent."""
        answer = accountable(self.answers.get(focal_point))
        names = {**value_names(self.voice), **self.choices(Field.OWNER)}
        owner = answer.get("party") or (answer["state"] if answer.get("state") in UNCERTAIN else "")
        deputies, sure = self.choices(Field.DEPUTY), self.choices(Field.CONFIDENCE)
        deputy, confidence = answer.get("deputy") or "", answer.get("confidence") or ""
        return {
            Field.OWNER: names.get(owner, owner),
            Field.DEPUTY: deputies.get(deputy, deputy),
            Field.CONFIDENCE: sure.get(confidence, confidence),
            Field.NOTE: answer.get("note") or "",
        }

    def codes(self) -> Iterator[tuple[str, ...]]:
        """The lines of the hidden sheet."""
        yield (MARK, "1")
        yield (CodeLine.PASS, self.code)
        for field in (Field.OWNER, Field.DEPUTY, Field.CONFIDENCE):
            for code, text in self.choices(field).items():
                yield (CodeLine.CODE, field, code, text)
        for _, focal_point in self.subjects:
            yield (CodeLine.BEFORE, focal_point.key, *self.before(focal_point.key).values())


def accountable(value: Json) -> Mapping[str, Json]:
    """The first thing that a nomination says of who is accountable; empty if there is none."""
    entries = value if isinstance(value, list) else [value] if value else []
    return next((e for e in entries if e.get("role", Role.ACCOUNTABLE) == Role.ACCOUNTABLE), {})
