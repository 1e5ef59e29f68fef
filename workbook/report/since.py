"""What was done since an earlier moment, what it brought, and what changed besides."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.fragments.charts import LineChart, Series
from workbook.report.value import Block, Cell, DataColumn, DataTable, Prose, TextTable
from workbook.scoring.follow_through import FollowThrough
from workbook.wording.actions import title_of
from workbook.wording.follow_through import (
    attribution_text,
    besides_rows,
    brought_text,
    followed_cells,
    in_groups,
    outcome_word,
    slope_reading,
)
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases
from workbook.wording.states import more_text

MOST = 8
"""So many changes are listed; the others are counted."""


def since_blocks(phrases: Phrases) -> tuple[Block, ...]:
    """Each earlier action with what became of it, before and after, and other changes."""
    return tuple(_blocks(phrases, phrases.since)) if phrases.since else ()


def _blocks(phrases: Phrases, since: FollowThrough) -> Iterator[Block]:
    v, words = phrases.voice, headings(phrases.voice)
    earlier = Phrases(phrases.rules, v, since.engagement, since.evaluation)
    yield Prose(brought_text(phrases, since, since.evaluation.as_of))
    yield _slope(phrases, since)
    heads = (words["action"], words["status"], words["due"], v.t("Brought"))
    rows = (followed_cells(phrases, earlier, group) for group in in_groups(since.actions))
    yield TextTable(v.t("What was to be done"), heads, tuple(rows), (54, 18, 16, 12))
    yield Prose(attribution_text(v), quiet=True)
    changed = besides_rows(phrases, earlier, since)
    if changed:
        title = v.t("What changed besides")
        columns = (words["subject"], words["status"], v.t("Before → now"))
        yield TextTable(title, columns, tuple(changed[:MOST]), (40, 22, 38))
        if len(changed) > MOST:
            yield Prose(more_text(len(changed) - MOST, v), quiet=True)


def _slope(phrases: Phrases, since: FollowThrough) -> LineChart:
    """The lower bound of the whole and of each area, then and now."""
    v, then = phrases.voice, {area.area: area.score for area in since.evaluation.areas}
    names = [headings(v)["all_areas"]]
    pairs = [(since.evaluation.score.low or 0.0, phrases.evaluation.score.low or 0.0)]
    for area in phrases.evaluation.areas:
        before = then.get(area.area)
        if before and before.low is not None and area.score.low is not None:
            names.append(phrases.area(area.area))
            pairs.append((before.low, area.score.low))
    return LineChart(
        key="since",
        title=v.t("Certain points before and now, from 0 to 100"),
        reading=slope_reading(names, pairs, v),
        categories=(v.date(since.evaluation.as_of, "medium"), headings(v)["today"]),
        series=tuple(map(Series, names, pairs)),
    )


def since_table(phrases: Phrases) -> DataTable:
    """A row per earlier action; none without an earlier moment."""
    v, words = phrases.voice, headings(phrases.voice)
    columns = (
        DataColumn("action", words["action"]),
        DataColumn("status", words["status"]),
        DataColumn("due", words["due"], "date"),
        DataColumn("brought", v.t("Brought"), "number"),
    )
    rows = tuple(
        (
            title_of(phrases, each.action.key),
            outcome_word(each.outcome, v).text,
            each.due,
            each.brought,
        )
        for each in (phrases.since.actions if phrases.since else ())
    )
    return DataTable("since", v.t("Done since"), columns, rows)


def before_table(phrases: Phrases) -> DataTable:
    """The lower bound of the whole and of each area, then and now."""
    v, since = phrases.voice, phrases.since
    lines = _slope(phrases, since) if since else None
    then, now = lines.categories if lines else ("", "")
    columns = (
        DataColumn("what", headings(v)["what"]),
        DataColumn("then", then, "score"),
        DataColumn("now", now, "score"),
    )
    rows: list[tuple[Cell, ...]] = [
        (series.name, *series.values) for series in (lines.series if lines else ())
    ]
    return DataTable("before", v.t("Done since"), columns, tuple(rows))
