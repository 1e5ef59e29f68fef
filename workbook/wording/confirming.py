"""Who is to confirm again what they own, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workbook.scoring.confirming import confirmations
from workbook.wording.phrases import Phrases


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """What one owner confirms by one day; `key` names no person."""

    key: str
    owner: str
    due: dt.date
    subjects: tuple[str, ...]
    overdue: bool


def confirmation_lines(
    phrases: Phrases, until: dt.date | None = None
) -> tuple[ConfirmationLine, ...]:
    """A line per owner and day, the soonest first; with `until` only what is due by then."""
    today = phrases.evaluation.as_of
    groups: dict[tuple[dt.date, str], list[str]] = {}
    for each in confirmations(phrases.reading):
        if until is None or each.due <= until:
            groups.setdefault((each.due, each.owner), []).append(each.focal_point)
    return tuple(
        ConfirmationLine(
            key=keys[0],
            owner=phrases.party(owner),
            due=due,
            subjects=tuple(map(phrases.focal, keys)),
            overdue=due < today,
        )
        for (due, owner), keys in sorted(groups.items(), key=lambda group: group[0][0])
    )


def confirm_title(phrases: Phrases) -> str:
    """What heads the list of confirmations."""
    return phrases.voice.t("Who confirms again, and by when")


def period_text(phrases: Phrases) -> str:
    """How long a confirmation holds."""
    days = phrases.rules.thresholds.stale_days
    return phrases.voice.n(
        "An owner’s confirmation holds for {count} day; then it is asked for again.",
        "An owner’s confirmation holds for {count} days; then it is asked for again.",
        days,
    )


def due_text(phrases: Phrases, line: ConfirmationLine) -> str:
    """By when, and whether that is over."""
    day = phrases.voice.date(line.due, "medium")
    return phrases.voice.t("{date} · overdue", date=day) if line.overdue else day
