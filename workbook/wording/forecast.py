"""What to expect by each checkpoint and at go-live, in words."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.evaluation import Forecast, LevelSpan
from workbook.wording.fields import field_names
from workbook.wording.figures import NO_NUMBER, lower, span_text
from workbook.wording.phrases import Phrases


def forecast_title(phrases: Phrases) -> str:
    """What the last day of the forecast comes to."""
    v, last = phrases.voice, phrases.evaluation.forecast[-1]
    if last.lower == last.upper:
        return v.t(
            "Without further actions, {points} points are certain at go-live",
            points=lower(last.lower.score.low or 0, v),
        )
    return v.t(
        "At go-live, between {low} and {high} points are certain",
        low=lower(last.lower.score.low or 0, v),
        high=lower(last.upper.score.low or 0, v),
    )


def ends_text(voice: Voice) -> tuple[str, str]:
    """What the two ends of a forecast are called."""
    return voice.t("Nothing more is done"), voice.t("Everything due is done on time")


def day_name(phrases: Phrases, day: Forecast) -> str:
    """A day of the forecast, and whether it is that of go-live."""
    v, date = phrases.voice, phrases.voice.date(day.on, "medium")
    return phrases.labelled(field_names(v)["go_live"], date) if day.go_live else date


def points_between(day: Forecast, voice: Voice) -> str:
    """The points that are certain on a day, at least and at most."""
    low, high = (lower(outlook.score.low or 0, voice) for outlook in (day.lower, day.upper))
    return low if low == high else span_text(low, high, voice)


def levels_between(phrases: Phrases, day: Forecast) -> str:
    """The level that is certain on a day, at least and at most."""
    first, second = (_level(phrases, outlook.level) for outlook in (day.lower, day.upper))
    return first if first == second else span_text(first, second, phrases.voice)


def _level(phrases: Phrases, level: LevelSpan | None) -> str:
    return phrases.say(phrases.rules.level(level.low).title) if level else NO_NUMBER


def systems_ready(phrases: Phrases, day: Forecast) -> str:
    """The systems whose ready date has come."""
    return phrases.listing(map(phrases.focal, day.ready), 4) or NO_NUMBER


def assumptions(voice: Voice) -> str:
    """What a forecast takes for granted."""
    return voice.t(
        "Assumed: at the lower end nothing more is done than what is recorded today. At the upper "
        "end each action is done by its due date; what is overdue is done by the next date. "
        "Recorded dates are kept, and nothing new goes wrong. Points and "
        "levels are those that are certain, whatever is still open."
    )


def forecast_reading(phrases: Phrases) -> str:
    """The forecast day by day, for who cannot see its picture."""
    v = phrases.voice
    parts = (
        v.t(
            "{day}: {points} points, {level}.",
            day=day_name(phrases, day),
            points=points_between(day, v),
            level=levels_between(phrases, day),
        )
        for day in phrases.evaluation.forecast
    )
    return " ".join(parts)
