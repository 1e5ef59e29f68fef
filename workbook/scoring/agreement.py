"""Agreement among respondents, from nominations only; it is shown and never scored (METHOD §6)."""

from __future__ import annotations

import numpy as np

from workbook.model.evaluation import Agreement, Alpha
from workbook.model.framework import Thresholds
from workbook.model.ownership import Consensus, FocalAgreement
from workbook.model.rules import Rules
from workbook.scoring.cell import CellKind
from workbook.scoring.encode import EngagementReading
from workbook.scoring.layout import Layout
from workbook.scoring.ownership import effective_owners, margin, pairwise
from workbook.scoring.panel import Panel
from workbook.scoring.portfolio import Portfolio
from workbook.scoring.values import Floats

MIN_RATERS = 3
MIN_UNITS = 5
DENSE = 4
"""With at most so many possible keys for each row, counting is quicker than sorting."""


DIGITS = 12


def alphas(
    portfolio: Portfolio, focal: np.ndarray | None = None
) -> tuple[Floats, np.ndarray, np.ndarray]:
    """Krippendorff's nominal alpha per engagement: (alpha, units, categories), each (E,).

    Units are focal points with at least two answers (`focal`: a mask (F,) to restrict them).
    α = 1 − (M−1)(M−Σo_cc)/(M²−Σn_c²), o_cc = Σ_u n_uc(n_uc−1)/(m_u−1); NaN where undefined: no
    unit, or a single category. Source: Krippendorff, Content Analysis, nominal metric.
    """
    size, width = len(portfolio), len(portfolio.layout.focal_points)
    votes = portfolio.votes
    if focal is not None:
        votes = votes.take(focal[votes.unit % width])
    raters = np.bincount(votes.unit, minlength=size * width)
    paired = raters[votes.unit] > 1
    unit = votes.unit[paired]
    category = np.where(votes.kind == CellKind.NONE, 0, votes.party.astype(np.int64) + 1)[paired]
    kinds_at_most = int(category.max(initial=0)) + 1
    in_unit, count = _runs(unit * kinds_at_most + category)
    at = in_unit // kinds_at_most
    pairs = count * (count - 1) / (raters[at] - 1)
    in_engagement, whole_count = _runs(unit // width * kinds_at_most + category)
    owner = in_engagement // kinds_at_most
    agreeing = np.bincount(at // width, pairs, minlength=size)
    whole = np.bincount(owner, whole_count, minlength=size)
    squares = np.bincount(owner, whole_count**2, minlength=size)
    kinds = np.bincount(owner, minlength=size)
    units = (raters.reshape(size, width) > 1).sum(axis=1)
    defined = kinds > 1
    room = np.where(defined, whole**2 - squares, 1.0)
    # The last digits would tell in which order people spoke.
    alpha = np.round(1.0 - (whole - 1.0) * (whole - agreeing) / room, DIGITS)
    return np.where(defined, alpha, np.nan), units, kinds


def _runs(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every distinct key in order, and how often it comes."""
    if int(keys.max(initial=0)) < DENSE * len(keys):
        counted = np.bincount(keys)
        distinct = np.flatnonzero(counted)
        return distinct, counted[distinct]
    # Stable: quick where rows are in order of their unit already.
    ordered = np.sort(keys, kind="stable")
    starts = np.flatnonzero(np.concatenate(([len(ordered) > 0], ordered[1:] != ordered[:-1])))
    return ordered[starts], np.diff(np.append(starts, len(ordered)))


def agreement(rules: Rules, reading: EngagementReading, portfolio: Portfolio) -> Agreement:
    """The agreement of one engagement; `portfolio` is its portfolio of one."""
    panels = reading.panels.values()
    parts = (rules, *(part for panel in panels for part in (panel.focal_point, panel.votes)))
    facts = int(portfolio.r_min[0]), reading.engagement.anonymous
    return reading.cache.agreement.get(parts, lambda: _agreement(rules, reading, portfolio), facts)


def _agreement(rules: Rules, reading: EngagementReading, portfolio: Portfolio) -> Agreement:
    limits = rules.thresholds
    layout = portfolio.layout
    focal_points = tuple(
        _focal(reading.panels[key], limits, anonymous=reading.engagement.anonymous)
        for key in _order(rules)
        if key in reading.panels
    )
    areas = tuple(
        (area.key, _alpha(portfolio, layout, reading, a)) for a, area in enumerate(rules.areas)
    )
    return Agreement(focal_points, areas, _alpha(portfolio, layout, reading, None))


def _order(rules: Rules) -> list[str]:
    return [f.key for area in rules.areas for f in area.focal_points]


def _focal(panel: Panel, limits: Thresholds, *, anonymous: bool) -> FocalAgreement:
    votes, key = len(panel.votes), panel.focal_point.key
    if anonymous and votes < limits.small_group:
        return FocalAgreement(key, votes, (), Consensus.WITHHELD)
    outcome = panel.outcome
    counts = [count for _, count in panel.shares]
    return FocalAgreement(
        focal_point=key,
        votes=votes,
        shares=panel.shares,
        outcome=outcome,
        margin=None if outcome is Consensus.TOO_FEW else margin(counts, limits.agreed_share),
        pairwise=pairwise(counts),
        effective_owners=effective_owners(counts),
    )


def _disclosed(layout: Layout, reading: EngagementReading) -> np.ndarray:
    """A mask (F,) of focal points with voices enough to be told in anonymous mode."""
    few = reading.rules.thresholds.small_group
    panels = (reading.panels.get(key) for key in layout.focal_points)
    return np.array([panel is not None and len(panel.votes) >= few for panel in panels], dtype=bool)


def _alpha(
    portfolio: Portfolio, layout: Layout, reading: EngagementReading, area: int | None
) -> Alpha:
    focal = np.ones(len(layout.focal_points), dtype=bool)
    if area is not None:
        focal = layout.focal_area == area
    if reading.engagement.anonymous:
        focal = focal & _disclosed(layout, reading)
        if not focal.any():
            return Alpha(None, 0, "withheld")
    value, units, kinds = (result[0] for result in alphas(portfolio, focal))
    if units == 0:
        return Alpha(None, 0, "no_unit")
    if kinds == 1:
        return Alpha(None, int(units), "unanimous")
    inside = reading.panels.values()
    raters = {
        cell.respondent
        for panel in inside
        if area is None or layout.focal_area[layout.focal_index[panel.focal_point.key]] == area
        for cell in panel.votes
    }
    reason = (
        "few_raters" if len(raters) < MIN_RATERS else "few_units" if units < MIN_UNITS else "ok"
    )
    return Alpha(float(value), int(units), reason)
