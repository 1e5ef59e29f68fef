"""How scores changed since a baseline, and how much of it answers made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbook.model.engagement import Engagement, Overlay
from workbook.model.rules import Rules
from workbook.portfolio.cohorts import History, Point
from workbook.portfolio.gathered import Member
from workbook.scoring.alike import restricted
from workbook.scoring.encode import encode, read_engagement
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.tables import score_portfolio

if TYPE_CHECKING:
    import pandas as pd


def measure_of(engagement: Engagement) -> tuple[tuple[str, str], str]:
    """What engagements must have in common to be compared, besides their profile."""
    ref, overlay = engagement.framework, engagement.overlay
    own = "" if overlay == Overlay() else overlay.model_dump_json()
    return (ref.key, ref.version), own


def trends_of(
    rules: Rules, members: Iterable[Member], table: pd.DataFrame, as_of: dt.date
) -> tuple[Mapping[str, History], int]:
    """Scores at baselines up to the day and now; and how many baselines cannot be compared."""
    moments = [(m.engagement, past) for m in members for past in m.past if past.on <= as_of]
    alike = [(now, past) for now, past in moments if measure_of(now) == measure_of(past.engagement)]
    points: dict[str, list[Point]] = {}
    if not alike:
        return {}, len(moments)
    then = _encoded(rules, [past.engagement for _, past in alike])
    for (now, past), bounds in zip(alike, _bounds(score_portfolio(then)), strict=True):
        points.setdefault(now.key, []).append(Point(past.name, past.on, *bounds))
    firsts = {now.key: (now, past.engagement) for now, past in reversed(alike)}
    answers = _by_answers(rules, [firsts[key] for key in points])
    for key, bounds in zip(points, _bounds(table.loc[list(points)]), strict=True):
        points[key].append(Point("", as_of, *bounds))
    trends = {
        key: History(tuple(line), change)
        for (key, line), change in zip(points.items(), answers, strict=True)
    }
    return trends, len(moments) - len(alike)


def _by_answers(rules: Rules, pairs: Sequence[tuple[Engagement, Engagement]]) -> list[float]:
    """How far answers alone moved the lower bound, for each pair of today and then.

    What was said then is scored under today's facts, so that a profile or a go-live that changed
    moves nothing here, and over the items that applied at both moments.
    """
    facts = ("organisation", "programme")
    moved = [
        then.model_copy(update={name: getattr(now, name) for name in facts}) for now, then in pairs
    ]
    today, then, before = (
        _encoded(rules, part)
        for part in ([now for now, _ in pairs], [old for _, old in pairs], moved)
    )
    masks = (
        then.applicable & before.applicable & today.applicable,
        then.q_applicable & before.q_applicable & today.q_applicable,
        then.scored & before.scored & today.scored,
    )
    after, started = (restricted(part, *masks)["low"] for part in (today, before))
    return [float(change) for change in after.to_numpy() - started.to_numpy()]


def _encoded(rules: Rules, engagements: Iterable[Engagement]) -> Portfolio:
    return encode(rules, [read_engagement(rules, engagement) for engagement in engagements])


def _bounds(table: pd.DataFrame) -> list[tuple[float, float, float]]:
    columns = (table[name].astype(float).tolist() for name in ("low", "point", "high"))
    return list(zip(*columns, strict=True))
