"""Charts that office documents draw as bars: readiness, votes, and dates in time."""

from __future__ import annotations

import datetime as dt

from workbook.fragments.agreement import VoteRow, named_text
from workbook.fragments.charts import Bars, Series, SeriesLook
from workbook.fragments.timeline import Timeline, described
from workbook.i18n import Voice
from workbook.model.ownership import Consensus
from workbook.report.value import Report, Votes
from workbook.wording.charts import (
    certainties,
    readiness_title,
    reading,
    timeline_title,
    vote_parts,
    votes_title,
)
from workbook.wording.fields import field_names
from workbook.wording.figures import point_text, range_text
from workbook.wording.headings import headings
from workbook.wording.names import capitalised, labelled
from workbook.wording.schedule import ready_text
from workbook.wording.states import consensus_word

FIRST_DAY = dt.date(1899, 12, 30)
"""The day that workbooks count days from."""
MOST = 12
"""So many rows of votes are drawn at most: the table has them all."""
Stretch = tuple[float, float, SeriesLook]
"""From when until when, and how it looks."""
LOOKS: tuple[SeriesLook, ...] = ("strong", "light", "pale", "late")
AGREED = (Consensus.UNANIMOUS, Consensus.AGREED, Consensus.WITHHELD, Consensus.TOO_FEW)


def readiness(report: Report, v: Voice) -> Bars:
    """The whole and each area: what is certain, and what is still possible."""
    scores = [(headings(v)["all_areas"], report.verdict.score)]
    scores += [(line.title, line.score) for line in report.areas if line.score.low is not None]
    low = tuple(score.low or 0.0 for _, score in scores)
    high = tuple(100.0 if score.high is None else score.high for _, score in scores)
    certain, possible = certainties(v)
    lines = (
        labelled(name, f"{point_text(score, v)}, {range_text(score, v)}", v)
        for name, score in scores
    )
    return Bars(
        key="readiness",
        title=readiness_title(v),
        reading=reading(lines),
        categories=tuple(name for name, _ in scores),
        series=(
            Series(capitalised(certain), low, "strong"),
            Series(
                capitalised(possible), tuple(b - a for a, b in zip(low, high, strict=True)), "light"
            ),
        ),
    )


def vote_bars(block: Votes, v: Voice) -> tuple[Bars, ...]:
    """How the votes divide where people differ; nothing where they agree."""
    disputed = [
        row
        for group in block.groups
        for row in group.rows
        if row.outcome not in AGREED and row.votes and row.shares
    ][:MOST]
    if not disputed:
        return ()
    parts = list(zip(*(_divided(row) for row in disputed), strict=True))
    words = zip(disputed, (consensus_word(row.outcome, v) for row in disputed), strict=True)
    names = tuple(f"{row.label} {word.sign}" for row, word in words)
    lines = (labelled(row.label, named_text(row, v), v) for row in disputed)
    looks: tuple[SeriesLook, ...] = ("strong", "light", "pale", "late")
    series = (
        Series(capitalised(name), values, look)
        for name, values, look in zip(vote_parts(v), parts, looks, strict=True)
    )
    chart = Bars(
        key="votes",
        title=votes_title(v),
        reading=reading(lines),
        categories=names,
        series=tuple(series),
    )
    return (chart,)


def _divided(row: VoteRow) -> tuple[float, float, float, float]:
    """The shares of the most named, the second, the others and nobody, in %."""
    named = [share.votes for share in row.shares if not share.nobody]
    nobody = sum(share.votes for share in row.shares if share.nobody)
    first, second, *others = (*named, 0, 0)
    return (
        100 * first / row.votes,
        100 * second / row.votes,
        100 * sum(others) / row.votes,
        100 * nobody / row.votes,
    )


def dated_bars(line: Timeline, v: Voice) -> Bars:
    """The way to each ready date on an axis of days, with the checkpoints and go-live as marks.

    What is late goes on beyond its day in its own colour; what has no date is an empty bar.
    """
    days = [line.today, line.go_live, *line.checkpoints, *(s.on for s in line.systems if s.on)]
    first, last = _serial(min(line.start or line.today, *days)), _serial(max(days))
    live, step = _serial(line.go_live), max(7, -(-(last - first) // 4))
    width = max((last - first) / 90, 1.0)
    name = f"{field_names(v)['go_live']} · {v.date(line.go_live, 'medium')}"
    rows: list[tuple[str, list[Stretch]]] = [(name, [(live, live + width, "strong")])]
    if line.checkpoints:
        name = capitalised(line.calendar) or headings(v)["checkpoint"]
        marks = map(_serial, line.checkpoints)
        rows.append((name, [(day, day + width, "strong") for day in marks]))
    for system in line.systems:
        name = f"{system.label} · {ready_text(system.on, system.days_late, v)}"
        if system.on is None:
            rows.append((name, [(first, live, "pale")]))
            continue
        ready = _serial(system.on)
        look: SeriesLook = "late" if system.days_late else "strong"
        turn = ready - system.days_late
        rows.append((name, [(first, turn, "light"), (turn, ready + width, look)]))
    return Bars(
        key="dates",
        title=timeline_title(v),
        reading=described(line, v),
        categories=tuple(name for name, _ in rows),
        series=_stretches([stretches for _, stretches in rows]),
        ticks=tuple(range(first, last + step, step)),
        dates=True,
    )


def _stretches(rows: list[list[Stretch]]) -> tuple[Series, ...]:
    """The stretches of every row as stacked series: a gap, then a bar in one of the looks."""
    series: list[Series] = []
    for number in range(max(map(len, rows))):
        gaps = [0.0] * len(rows)
        bars: dict[SeriesLook, list[float]] = {look: [0.0] * len(rows) for look in LOOKS}
        for at, row in enumerate(rows):
            if number < len(row):
                start, end, look = row[number]
                gaps[at] = max(start - (row[number - 1][1] if number else 0.0), 0.0)
                bars[look][at] = max(end - start, 0.0)
        series.append(Series("", tuple(gaps), "clear"))
        series += [Series("", tuple(bars[look]), look) for look in LOOKS if any(bars[look])]
    return tuple(series)


def _serial(day: dt.date) -> int:
    return (day - FIRST_DAY).days
