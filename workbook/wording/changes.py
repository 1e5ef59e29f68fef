"""What changed between two moments of one engagement, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import NOBODY
from workbook.scoring.changes import SubjectChange, Turn
from workbook.wording.figures import lower
from workbook.wording.states import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.i18n import Voice
    from workbook.wording.phrases import Phrases


def turn_word(turn: Turn, voice: Voice) -> Word:
    """Which way a subject went."""
    t = voice.t
    return {
        Turn.IMPROVED: Word(t("Improved"), "ready", "▲"),
        Turn.REGRESSED: Word(t("Regressed"), "not", "▼"),
        Turn.MOVED: Word(t("Another owner"), "unknown", "⇄"),
        Turn.ADDED: Word(t("Applies now"), "unknown", "+"),
        Turn.DROPPED: Word(t("Applies no more"), "unknown", "–"),
    }[turn]


def changed_subject(phrases: Phrases, change: SubjectChange) -> str:
    """The focal point, or the question with what it is asked for."""
    if change.subject in phrases.places:
        return phrases.focal(change.subject)
    return phrases.question(change.subject, change.instance)


def may_be_told(before: Phrases, after: Phrases, change: SubjectChange) -> bool:
    """Whether enough people have answered at both moments, where names are not shown."""
    subject = change.instance or change.subject
    return not (before.disclosure.hides(subject) or after.disclosure.hides(subject))


def change_text(before: Phrases, after: Phrases, change: SubjectChange) -> str:
    """From what to what: the certain share, and the owners where they differ."""
    v, pairs = after.voice, []
    if change.before is not None and change.after is not None:
        pairs.append((lower(change.before, v), lower(change.after, v)))
    then, now = change.owners
    pairs.append((before.party(then or NOBODY), after.party(now or NOBODY)))
    return " · ".join(
        v.t("{before} → {after}", before=first, after=second)
        for first, second in pairs
        if first != second
    )


def turns_text(changes: Sequence[SubjectChange], voice: Voice) -> str:
    """How many subjects went which way."""
    turns = [change.turn for change in changes]
    improved, regressed = turns.count(Turn.IMPROVED), turns.count(Turn.REGRESSED)
    return " ".join(
        (
            voice.n("{count} subject improved,", "{count} subjects improved,", improved),
            voice.n("{count} regressed.", "{count} regressed.", regressed),
        )
    )
