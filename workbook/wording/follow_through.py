"""What was done since an earlier moment, and what it brought, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbook.i18n import Voice
from workbook.scoring.follow_through import ActionOutcome, FollowedAction, FollowThrough
from workbook.wording.actions import joint_title
from workbook.wording.changes import change_text, changed_subject, may_be_told, turn_word
from workbook.wording.figures import NO_NUMBER, bounds, gain_text, lower
from workbook.wording.phrases import Phrases
from workbook.wording.states import Word


def since_title(phrases: Phrases) -> str:
    """How much is done, and where that has led; blank where there is nothing to compare with."""
    v, since = phrases.voice, phrases.since
    if since is None:
        return ""
    done = [each for each in since.actions if each.outcome is ActionOutcome.DONE]
    counted = v.n(
        "{count} of {total} actions is done",
        "{count} of {total} actions are done",
        len(done),
        total=v.number(len(since.actions)),
    )
    low, high = (bounds(e.score, v)[0] for e in (since.evaluation, phrases.evaluation))
    return v.t(
        "{counted}: from {before} to {after} certain points",
        counted=counted,
        before=low,
        after=high,
    )


def outcome_word(outcome: ActionOutcome, voice: Voice) -> Word:
    """What became of an action."""
    return {
        ActionOutcome.DONE: Word(voice.t("Done"), "ready", "✓"),
        ActionOutcome.OPEN: Word(voice.t("Open"), "unknown", "…"),
        ActionOutcome.OVERDUE: Word(voice.t("Overdue"), "not", "▲"),
        ActionOutcome.NOT_NEEDED: Word(voice.t("No longer needed"), "unknown", "–"),
    }[outcome]


def followed_cells(
    phrases: Phrases, earlier: Phrases, together: Sequence[FollowedAction]
) -> tuple[str, str, str, str]:
    """Actions of one kind with one outcome: what, what became of it, its due date, its points."""
    v, first = phrases.voice, together[0]
    title = joint_title(earlier, [each.action for each in together])
    subjects = [each.action.focal_point for each in together if each.action.focal_point]
    if len(together) > 1 and subjects:
        title = phrases.labelled(title, phrases.listing(map(phrases.spoken, subjects)))
    word = outcome_word(first.outcome, v)
    known = [each.brought for each in together if each.brought is not None]
    brought = NO_NUMBER
    if first.outcome is ActionOutcome.DONE:
        brought = gain_text(sum(known), v) if known else v.t("not yet recorded here")
    due = v.date(max(each.due for each in together), "medium")
    return title, f"{word.sign} {word.text}", due, brought


def in_groups(actions: Sequence[FollowedAction]) -> list[list[FollowedAction]]:
    """Actions of one kind that came to the same together, in their order."""
    groups: dict[object, list[FollowedAction]] = {}
    for each in actions:
        kind, recorded = each.action.kind, each.brought is not None
        alone = each.action.key if each.action.question or not each.action.focal_point else ""
        groups.setdefault((kind, each.outcome, recorded, alone), []).append(each)
    return list(groups.values())


def brought_text(phrases: Phrases, since: FollowThrough, day: dt.date) -> str:
    """What done actions brought together, and what else moved the lower bound."""
    v = phrases.voice
    brought = sum(each.brought or 0.0 for each in since.actions)
    return v.t(
        "Since {date}: actions that are done brought {brought} points, everything else {besides}.",
        date=v.date(day),
        brought=gain_text(brought, v),
        besides=gain_text(since.besides, v),
    )


def attribution_text(voice: Voice) -> str:
    """How points are put down to an action."""
    return voice.t(
        "Points are those of the lower bound. Each done action is evaluated after the ones before "
        "it, with today’s rules and dates, so that all of them add up to the difference."
    )


def besides_rows(
    phrases: Phrases, earlier: Phrases, since: FollowThrough
) -> list[tuple[str, str, str]]:
    """What changed besides: the subject, which way, and from what to what."""
    rows = []
    for change in since.changes:
        if may_be_told(earlier, phrases, change):
            word = turn_word(change.turn, phrases.voice)
            text = change_text(earlier, phrases, change)
            rows.append((changed_subject(phrases, change), f"{word.sign} {word.text}", text))
    return rows


def slope_reading(names: Sequence[str], pairs: Sequence[tuple[float, float]], voice: Voice) -> str:
    """From what to what each line goes, for who cannot see it."""
    return " ".join(
        voice.t(
            "{name}: {before} → {after}.",
            name=name,
            before=lower(before, voice),
            after=lower(after, voice),
        )
        for name, (before, after) in zip(names, pairs, strict=True)
    )
