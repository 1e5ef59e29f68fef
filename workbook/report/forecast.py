"""What to expect by each checkpoint and at go-live: a range, and what it assumes."""

from __future__ import annotations

from workbook.fragments.charts import LineChart, Series
from workbook.report.value import Block, Heading, Prose, TextTable
from workbook.wording.forecast import (
    assumptions,
    day_name,
    ends_text,
    forecast_reading,
    forecast_title,
    levels_between,
    points_between,
    systems_ready,
)
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases


def forecast_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """The range as a picture and as a table; nothing once go-live is over."""
    v, days, level = phrases.voice, phrases.evaluation.forecast, phrases.evaluation.level
    if not days or level is None:
        return ()
    title, now = forecast_title(phrases), phrases.evaluation.score.low or 0.0
    ends = (
        (now, *(outlook.score.low or 0.0 for outlook in outlooks))
        for outlooks in ([day.lower for day in days], [day.upper for day in days])
    )
    series = tuple(map(Series, ends_text(v), ends))
    stops = (headings(v)["today"], *(v.date(day.on, "day") for day in days))
    chart = LineChart(
        key="forecast",
        title=v.t("Points that are certain by then, from 0 to 100"),
        reading=forecast_reading(phrases),
        categories=stops,
        series=series[::-1],
    )
    heads = (
        headings(v)["when"],
        v.t("Certain points"),
        headings(v)["level"],
        v.t("Actions due by then"),
        v.t("Systems ready by then"),
    )
    rows = tuple(
        (
            day_name(phrases, day),
            points_between(day, v),
            levels_between(phrases, day),
            v.number(day.actions),
            systems_ready(phrases, day),
        )
        for day in days
    )
    table = TextTable(title, heads, rows, (28, 12, 22, 12, 26), seen=False)
    return Heading(title), chart, table, Prose(assumptions(v), quiet=True)
