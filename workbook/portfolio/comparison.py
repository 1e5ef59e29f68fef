"""One cohort in words: distribution, ranks, peers, trends, findings, best and worst."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from workbook.fragments.distribution import Bin
from workbook.model.evaluation import LevelSpan
from workbook.portfolio.alike import group_text
from workbook.portfolio.cohorts import Cohort, Common, History
from workbook.portfolio.links import Link
from workbook.portfolio.ranking import (
    ENDS,
    TWO,
    extremes,
    lead_table,
    rankings,
    rankings_note,
    ranks,
    ranks_caption,
)
from workbook.portfolio.standing import DIMENSIONS, peers
from workbook.portfolio.value import Comparison, Driver, Frequent, Named, PeerTable, Trend
from workbook.scoring.sensitivity import RANKS
from workbook.wording.figures import lower, parts_of_change, rounded_down
from workbook.wording.names import Vocabulary
from workbook.wording.ranking import (
    common_finding,
    fact_text,
    judgement_text,
    ranking_basis,
    ranking_verdict,
)
from workbook.wording.states import Tone

if TYPE_CHECKING:
    import pandas as pd

    from workbook.scoring.sensitivity import Index

GROUPS = 12
FREQUENT = 12
DRIVERS = 6
WIDTH = 10
"""Points in one bar of the distribution."""
MATTERS = 0.01
"""A judgement that makes less than this share of the variance is left out."""


def comparison(cohort: Cohort, names: Vocabulary, link: Link, key: str) -> Comparison:
    """Everything that the page says of one cohort; `key` names its place in the page."""
    v, robustness = names.voice, cohort.robustness
    low = cohort.table["low"].dropna()
    return Comparison(
        key=key,
        title=_title(cohort, names),
        count=v.n("{count} engagement", "{count} engagements", len(cohort.table)),
        framework=cohort.rules,
        verdict=ranking_verdict(names, robustness),
        basis=ranking_basis(names, robustness),
        levels=_levels(cohort),
        bins=_bins(low),
        median=rounded_down(float(low.median())) if len(low) else None,
        ranks=ranks(cohort),
        ranks_caption=ranks_caption(cohort, names),
        rankings=rankings(cohort, names, link),
        rankings_note=rankings_note(cohort, names),
        leads=lead_table(cohort, names),
        extremes=extremes(cohort, names, link),
        peers=tuple(table for name in DIMENSIONS for table in _peers(cohort, names, name)),
        trends=_trends(cohort, names, link),
        trends_note=_trends_note(cohort, names),
        findings=_findings(cohort, names),
        findings_note=_findings_note(cohort, names),
        drivers=_drivers(cohort, names),
        drivers_caption=(
            v.t("What moves the order most")
            if cohort.driven == RANKS
            else v.t("What moves the average score most; the order hardly changes")
        ),
    )


def _title(cohort: Cohort, names: Vocabulary) -> str:
    title = f"{names.say(cohort.rules.title)} {cohort.rules.version}"
    return f"{title} · {group_text(cohort, names)}"


def _levels(cohort: Cohort) -> tuple[tuple[LevelSpan, int], ...]:
    """How many are certain of each level, the best first."""
    at = cohort.table["level_low"].value_counts()
    keys = [level.key for level in reversed(cohort.rules.levels)]
    return tuple((LevelSpan(key, key, key, confirmed=True), int(at.get(key, 0))) for key in keys)


def _bins(low: pd.Series[float]) -> tuple[Bin, ...]:
    """Lower bounds in steps of ten; the last one holds 100 as well."""
    places = (low.map(rounded_down) // WIDTH).clip(0, 100 // WIDTH - 1)
    counts = places.value_counts()
    starts = range(0, 100, WIDTH)
    return tuple(Bin(start, start + WIDTH, int(counts.get(start / WIDTH, 0))) for start in starts)


def _peers(cohort: Cohort, names: Vocabulary, name: str) -> Sequence[PeerTable]:
    v = names.voice
    groups = peers(cohort.table, name)
    if len(groups) < TWO or all(group.count == 1 for group in groups):
        return ()
    caption = {
        "sector": v.t("By sector"),
        "business_models": v.t("By business model"),
    }[name]
    rows = [
        (
            fact_text(names, name, group.value),
            v.number(group.count),
            lower(group.lowest, v),
            *([lower(low, v) for low in group.quartiles] if group.quartiles else ["–"] * 3),
            lower(group.highest, v),
        )
        for group in groups[:GROUPS]
    ]
    return (PeerTable(caption, tuple(rows)),)


def _trends(cohort: Cohort, names: Vocabulary, link: Link) -> tuple[Trend, ...]:
    titles = cohort.table["name"]
    keys = [key for key in cohort.table.index if key in cohort.trends][: 2 * ENDS]
    return tuple(_trend(Named(titles[key], link(key)), cohort.trends[key], names) for key in keys)


def _trend(who: Named, history: History, names: Vocabulary) -> Trend:
    """The parts are printed so that they add up to the change that is printed."""
    v = names.voice
    known = [point for point in history.points if not isnan(point.low)]
    scores = [
        v.t(
            "{score} ({when})",
            score=lower(point.low, v),
            when=f"{point.name}, {v.date(point.on, 'medium')}" if point.name else v.t("today"),
        )
        for point in known
    ]
    ends = [rounded_down(point.low) for point in known] or [0]
    change = ends[-1] - ends[0]
    tone: Tone = "ready" if change > 0 else "not" if change < 0 else "unknown"
    values = tuple(point.low for point in known)
    parts = None if isnan(history.answers) else parts_of_change(change, history.answers)
    answers, scope = (v.number(part, signed=True) for part in parts) if parts else ("", "")
    return Trend(
        who=who,
        values=values,
        text=" → ".join(scores),
        change=v.number(change, signed=True),
        answers=answers,
        scope=scope,
        tone=tone,
    )


def _trends_note(cohort: Cohort, names: Vocabulary) -> str:
    v = names.voice
    notes = []
    if not cohort.trends:
        notes.append(v.t("There is no baseline to compare with yet."))
    elif len(cohort.trends) > 2 * ENDS:
        notes.append(v.t("The first {count} by rank.", count=v.number(2 * ENDS)))
    if cohort.apart:
        notes.append(
            v.n(
                "{count} baseline is left out: it was measured with another framework or version.",
                "{count} baselines are left out: measured with another framework or version.",
                cohort.apart,
            )
        )
    return " ".join(notes)


def frequent(cohort: Cohort) -> tuple[Common, ...]:
    """Kinds of findings that several engagements have."""
    return tuple(finding for finding in cohort.findings if finding.engagements >= TWO)


def _findings(cohort: Cohort, names: Vocabulary) -> tuple[Frequent, ...]:
    v, everybody = names.voice, names.voice.number(cohort.heard)
    return tuple(
        Frequent(
            severity=finding.severity,
            text=common_finding(names, finding.kind, finding.times),
            engagements=v.t("{count} of {all}", count=v.number(finding.engagements), all=everybody),
            share=finding.engagements / cohort.heard,
            times=v.number(finding.times),
        )
        for finding in frequent(cohort)[:FREQUENT]
    )


def _findings_note(cohort: Cohort, names: Vocabulary) -> str:
    v, apart = names.voice, len(cohort.table) - cohort.heard
    if not cohort.heard:
        return v.t(
            "Findings need documents whose people are not anonymous; frames do not have them."
        )
    if not frequent(cohort):
        return v.t("No finding comes back in two engagements.")
    if not apart:
        return ""
    return v.n(
        "{count} engagement is not counted here: anonymous, or known from frames only.",
        "{count} engagements are not counted here: anonymous, or known from frames only.",
        apart,
    )


def _drivers(cohort: Cohort, names: Vocabulary) -> tuple[Driver, ...]:
    drivers = [index for index in cohort.drivers if index.total >= max(MATTERS, index.total_error)]
    return tuple(_driver(index, names) for index in drivers[:DRIVERS])


def _driver(index: Index, names: Vocabulary) -> Driver:
    """Estimates may miss by their errors that shares lie between 0 and 1, the total above."""
    total = min(max(index.total, 0.0), 1.0)
    return Driver(judgement_text(names, index.judgement), min(max(index.first, 0.0), total), total)
