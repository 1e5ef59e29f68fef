"""Who ranks where: every row of the ranking, the picture of ranks, the best and the worst."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from workbook.fragments.distribution import Ranked
from workbook.model.evaluation import LevelSpan, Score, Status
from workbook.portfolio.assess import HELD
from workbook.portfolio.cohorts import Cohort
from workbook.portfolio.links import Link
from workbook.portfolio.standing import DIMENSIONS
from workbook.portfolio.value import (
    Extreme,
    Extremes,
    LeadTable,
    Named,
    RankedEngagement,
    Ranking,
)
from workbook.wording.figures import lower
from workbook.wording.firmness import weightings_share
from workbook.wording.names import Vocabulary
from workbook.wording.ranking import fact_text

if TYPE_CHECKING:
    import pandas as pd

WHOLE = 60
"""Up to here the page shows every engagement; beyond, the first and the last."""
ENDS = 25
"""Engagements at either end of a long ranking, and in the picture of ranks."""
BEST = 5
PAIRED = 8
"""Engagements of which the page shows every pair."""
ALIKE = "alike_"
TWO = 2
"""What it takes to compare."""

Row = Any
"""One row of a cohort's table, as `itertuples` gives it."""


def ranks(cohort: Cohort) -> tuple[Ranked, ...]:
    """The picture of ranks: every engagement, or the first of many; none for one alone."""
    table = cohort.table[cohort.table["rank"].notna()]
    if len(table) < TWO:
        return ()
    shown = table if len(table) <= WHOLE else table.head(ENDS)
    return tuple(Ranked(row.name, row.rank, row.rank_low, row.rank_high) for row in _rows(shown))


def ranks_caption(cohort: Cohort, names: Vocabulary) -> str:
    """What the picture shows."""
    v = names.voice
    if len(cohort.table) <= WHOLE:
        return v.t("Rank, and the ranks that nine of ten trials give")
    shown = v.number(ENDS)
    return v.t("Rank of the first {count}, and the ranks that nine of ten trials give", count=shown)


def rankings(cohort: Cohort, names: Vocabulary, link: Link) -> tuple[Ranking, ...]:
    """The whole ranking, or its first and its last rows."""
    v, table = names.voice, cohort.table
    if len(table) < TWO:  # who is alone has no rank
        table = table.assign(rank_low=float("nan"), rank_high=float("nan"))
    if len(table) <= WHOLE:
        return (Ranking(v.t("All engagements"), _entries(table, names, link)),)
    count = v.number(ENDS)
    return (
        Ranking(v.t("The first {count}", count=count), _entries(table.head(ENDS), names, link)),
        Ranking(v.t("The last {count}", count=count), _entries(table.tail(ENDS), names, link)),
    )


def rankings_note(cohort: Cohort, names: Vocabulary) -> str:
    """Where the rows are that the page does not show."""
    if len(cohort.table) <= WHOLE:
        return ""
    v, count = names.voice, names.voice.number(len(cohort.table))
    return v.t("All {count} engagements are in portfolio.csv.", count=count)


def _entries(table: pd.DataFrame, names: Vocabulary, link: Link) -> tuple[RankedEngagement, ...]:
    return tuple(_entry(row, names, link) for row in _rows(table))


def _entry(row: Row, names: Vocabulary, link: Link) -> RankedEngagement:
    v = names.voice
    facts = [
        fact_text(names, name, getattr(row, name)) for name in DIMENSIONS if getattr(row, name)
    ]
    ranks = [v.number(rank) for rank in (row.rank_low, row.rank_high) if not isnan(rank)]
    return RankedEngagement(
        who=Named(row.name, link(row.Index)),
        facts=" · ".join(facts),
        rank=v.number(row.rank) if ranks else "–",
        between=f"{ranks[0]}–{ranks[1]}" if ranks and ranks[0] != ranks[1] else "",
        score=score_of(row),
        alike=score_of(row, ALIKE),
        level=level_of(row),
        gates=v.number(row.gates_held) if row.gates_held else "–",
        standing=_standing(row, names),
    )


def score_of(row: Row, kind: str = "") -> Score:
    """The score of a row with its bounds; of `kind` "alike_", that over what all have in common."""
    low, point, high = (getattr(row, f"{kind}{name}") for name in ("low", "point", "high"))
    low, point, high = (None if isnan(n) else float(n) for n in (low, point, high))
    return Score(low, point, high, status=Status(getattr(row, f"{kind}status")))


def level_of(row: Row) -> LevelSpan | None:
    """The level of a row; None where nothing applies."""
    if not row.level_low:
        return None
    same = row.level_low == row.level_high
    return LevelSpan(row.level_low, row.level_high, row.level or None, confirmed=same)


def _standing(row: Row, names: Vocabulary) -> tuple[str, ...]:
    """The shares of others that it ranks above, as far as there are enough of them."""
    v = names.voice
    shares = (
        (row.percentile, v.t("of all")),
        (row.percentile_sector, v.t("of its sector")),
        (row.percentile_business_models, v.t("of its models")),
    )
    return tuple(f"{v.percent(share / 100)} {of}" for share, of in shares if not isnan(share))


def lead_table(cohort: Cohort, names: Vocabulary) -> LeadTable | None:
    """Each pair of the first by rank: the share of weightings under which the row leads."""
    leads, v = cohort.robustness.leads, names.voice
    table = cohort.table[cohort.table["rank"].notna()].head(PAIRED)
    if leads is None or len(table) < TWO:
        return None
    positions = [cohort.robustness.keys.index(key) for key in table.index]
    shares = tuple(
        tuple(
            weightings_share(leads[row, other], v, short=True) if number < other_number else ""
            for other_number, other in enumerate(positions[1:], 1)
        )
        for number, row in enumerate(positions[:-1])
    )
    left_out = len(cohort.table) > PAIRED
    return LeadTable(
        caption=v.t("Share of admissible weightings under which the row leads the column"),
        names=tuple(f"{row.rank:.0f}. {row.name}" for row in table.itertuples(index=False)),
        shares=shares,
        note=v.t("All pairs are in portfolio-pairs.csv.") if left_out else "",
    )


def extremes(cohort: Cohort, names: Vocabulary, link: Link) -> tuple[Extremes, ...]:
    """The best and the worst, at most five of each and never one in both."""
    v = names.voice
    table = cohort.table[cohort.table["rank"].notna()]
    count = min(BEST, len(table) // 2)
    if not count or cohort.robustness.verdict == "tied":
        return ()
    ends = (
        (v.t("Furthest ahead"), table.head(count)),
        (v.t("Furthest behind"), table.tail(count).iloc[::-1]),
    )
    return tuple(
        Extremes(caption, tuple(_extreme(row, cohort, names, link) for row in _rows(part)))
        for caption, part in ends
    )


def _extreme(row: Row, cohort: Cohort, names: Vocabulary, link: Link) -> Extreme:
    areas = [(getattr(row, f"{area.key}_low"), area) for area in cohort.rules.areas]
    known = [(low, area) for low, area in areas if not isnan(low)]
    texts = [f"{names.say(area.title)} {lower(low, names.voice)}" for low, area in known]
    lows = [low for low, _ in known]
    apart = len(set(lows)) > 1
    held = tuple(
        names.say(gate.title)
        for gate in cohort.rules.gates
        if getattr(row, f"gate_{gate.key}") in HELD
    )
    return Extreme(
        who=Named(row.name, link(row.Index)),
        score=score_of(row),
        level=level_of(row),
        strongest=texts[lows.index(max(lows))] if apart else "–",
        weakest=texts[lows.index(min(lows))] if apart else "–",
        held=held,
    )


def _rows(table: pd.DataFrame) -> list[Row]:
    return list(table.itertuples())
