"""Actions that went out, in words: their status, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.i18n import Voice
from workbook.model.engagement import ActionStatus, Undertaking
from workbook.wording.actions import title_of
from workbook.wording.figures import NO_NUMBER, gain_text
from workbook.wording.phrases import Phrases


def status_words(voice: Voice) -> Mapping[ActionStatus, str]:
    """What each status is called."""
    return {
        ActionStatus.OPEN: voice.t("To do"),
        ActionStatus.UNDER_WAY: voice.t("Under way"),
        ActionStatus.DONE: voice.t("Done"),
        ActionStatus.DROPPED: voice.t("Dropped"),
    }


def undertaking_cells(phrases: Phrases, undertaking: Undertaking) -> tuple[str, str, str, str]:
    """What was to be done, how far it is, since when, and what it brought."""
    v = phrases.voice
    on = v.date(undertaking.on, "medium") if undertaking.on else NO_NUMBER
    brought = NO_NUMBER
    if undertaking.status is ActionStatus.DONE:
        brought = v.t("not yet recorded here")
        if _shows(phrases, undertaking):
            brought = NO_NUMBER if undertaking.gain is None else gain_text(undertaking.gain, v)
    title = title_of(phrases, undertaking.action)
    return title, status_words(v)[undertaking.status], on, brought


def undertakings_text(phrases: Phrases) -> str:
    """How many of the actions that went out are done, and what they brought together."""
    v, all_of_them = phrases.voice, phrases.engagement.undertakings
    done = [u for u in all_of_them if u.status is ActionStatus.DONE]
    gain = sum(u.gain or 0 for u in done if _shows(phrases, u))
    counted = v.n(
        "{count} of {total} actions that went out is done",
        "{count} of {total} actions that went out are done",
        len(done),
        total=v.number(len(all_of_them)),
    )
    brought = gain_text(gain, v)
    return v.t("{counted}; points brought: {gain}.", counted=counted, gain=brought)


def _shows(phrases: Phrases, undertaking: Undertaking) -> bool:
    """Whether what is recorded no longer calls for the action."""
    return all(action.key != undertaking.action for action in phrases.evaluation.actions)
