"""From gathered engagements to scores, ranks, findings and trends: numbers and codes, no sentence.

Engagements are told apart by framework, version and overlay: only what was asked the same questions
with the same weights is ranked together.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import Problem, installed
from workbook.model.engagement import Engagement, Overlay
from workbook.model.evaluation import GateState
from workbook.model.framework import Severity
from workbook.model.rules import Rules
from workbook.portfolio.facts import facts_of, framed_facts
from workbook.portfolio.gathered import Framed, Gathered, Member, RefusedSource
from workbook.portfolio.standing import add_percentiles
from workbook.scoring.encode import EngagementReading, encode, read_engagement
from workbook.scoring.findings import findings
from workbook.scoring.frames import encode_frames
from workbook.scoring.portfolio import Portfolio, joined
from workbook.scoring.robustness import Robustness, robustness, robustness_table
from workbook.scoring.sensitivity import MEAN, RANKS, Index, sensitivity
from workbook.scoring.tables import score_portfolio

if TYPE_CHECKING:
    import pandas as pd

SEED = 1
HELD = (GateState.TRIPPED.value, GateState.UNDETERMINED.value)
MOVING = 0.99
"""Below this mean correlation ranks move enough to ask what moves them."""


@dataclass(frozen=True, slots=True)
class Common:
    """A kind of finding: how many engagements have it, and how often in all."""

    kind: str
    severity: Severity
    engagements: int
    times: int


@dataclass(frozen=True, slots=True)
class Point:
    """A score at a moment; `name` is the baseline's, "" for now."""

    name: str
    on: dt.date
    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Engagements that may be compared: one framework, one version, one overlay.

    `table`: one row per engagement in order of rank, indexed by key; its columns are those of
    `score_portfolio`, `robustness_table` and `facts`, `gates_held`, and percentiles (`standing`).
    `drivers` tell what the ranking ("ranks") or, where nothing moves it, the mean score ("mean")
    hangs on. `findings` are counted over `heard` engagements: documents that are not anonymous.
    `trends` by engagement; `apart` counts baselines under another framework, version or overlay.
    """

    framework: Rules
    overlaid: bool
    table: pd.DataFrame
    robustness: Robustness
    driven: str
    drivers: tuple[Index, ...]
    findings: tuple[Common, ...]
    heard: int
    trends: Mapping[str, tuple[Point, ...]]
    apart: int


@dataclass(frozen=True, slots=True, eq=False)
class Assessed:
    """A whole portfolio as of a day, the largest cohort first."""

    as_of: dt.date
    cohorts: tuple[Cohort, ...]
    refused: tuple[RefusedSource, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of what was refused."""
        return tuple(problem for item in self.refused for problem in item.problems)

    def table(self) -> pd.DataFrame:
        """All engagements in one table; columns that a framework does not have are blank."""
        import pandas as pd

        if not self.cohorts:
            return pd.DataFrame(index=pd.Index([], name="engagement"))
        return pd.concat([cohort.table for cohort in self.cohorts])


def assess(gathered: Gathered, as_of: dt.date, *, seed: int = SEED) -> Assessed:
    """Score, rank and compare everything that was gathered, as of a day.

    `seed` draws the weights under which ranks are tried (`workbook.scoring.robustness`).
    """
    groups: dict[tuple[str, str, str], tuple[list[Member], list[Framed]]] = {}
    for member in gathered.members:
        groups.setdefault(_rules(member.engagement), ([], []))[0].append(member)
    for framed in gathered.framed:
        key = (framed.framework.key, framed.framework.version, "")
        groups.setdefault(key, ([], []))[1].append(framed)
    cohorts = [
        _cohort(members, framed, as_of, seed) for _, (members, framed) in sorted(groups.items())
    ]
    cohorts.sort(key=lambda cohort: -len(cohort.table))
    return Assessed(as_of, tuple(cohorts), gathered.refused)


def _rules(engagement: Engagement) -> tuple[str, str, str]:
    """What engagements must have in common to be compared."""
    ref, overlay = engagement.framework, engagement.overlay
    own = "" if overlay == Overlay() else overlay.model_dump_json()
    return ref.key, ref.version, own


def _cohort(
    members: Sequence[Member], framed: Sequence[Framed], as_of: dt.date, seed: int
) -> Cohort:
    rules = (members or framed)[0].framework
    overlaid = bool(members) and members[0].engagement.overlay != Overlay()
    readings = [read_engagement(rules, member.engagement) for member in members]
    coded = [encode(rules, readings)] if readings else []
    portfolio = joined([*coded, *(encode_frames(rules, part.frames) for part in framed)])
    ranking = robustness(portfolio, seed=seed)
    tried = ranking.pairs and installed("scipy")
    driven = RANKS if ranking.correlation < MOVING else MEAN
    open_ = [reading for reading in readings if not reading.engagement.anonymous]
    table = _table(portfolio, ranking, members, framed)
    table.insert(0, "framework", rules.key)
    table.insert(1, "version", rules.version)
    table.insert(2, "overlaid", overlaid)
    trends, apart = _trends(rules, members, table, as_of)
    return Cohort(
        framework=rules,
        overlaid=overlaid,
        table=table,
        robustness=ranking,
        driven=driven,
        drivers=sensitivity(portfolio, driven, seed=seed) if tried else (),
        findings=_common(rules, open_, as_of),
        heard=len(open_),
        trends=trends,
        apart=apart,
    )


def _table(
    portfolio: Portfolio, ranking: Robustness, members: Sequence[Member], framed: Sequence[Framed]
) -> pd.DataFrame:
    import pandas as pd

    documents = [facts_of(members)] if members else []
    facts = pd.concat([*documents, *(framed_facts(part.frames) for part in framed)])
    scores = score_portfolio(portfolio)
    gates = [name for name in scores if str(name).startswith("gate_")]
    scores["gates_held"] = scores[gates].isin(HELD).sum(axis=1)
    scores.loc[facts.index[facts["anonymous"].astype(bool)], "alpha"] = float("nan")
    ranks = robustness_table(ranking, portfolio.layout.rules)
    table = add_percentiles(facts.join(scores).join(ranks))
    return table.sort_values(["rank", "engagement"])


def _common(
    rules: Rules, readings: Iterable[EngagementReading], as_of: dt.date
) -> tuple[Common, ...]:
    """Kinds of findings, the most frequent first, then as the framework lists them."""
    whom: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for reading in readings:
        kinds = Counter(finding.kind for finding in findings(reading, as_of))
        whom.update(kinds.keys())
        times.update(kinds)
    positions = {kind: n for n, kind in enumerate(rules.findings)}
    order = sorted(whom, key=lambda kind: (-whom[kind], -times[kind], positions[kind]))
    return tuple(
        Common(kind, rules.findings[kind].severity, whom[kind], times[kind]) for kind in order
    )


def _trends(
    rules: Rules, members: Sequence[Member], table: pd.DataFrame, as_of: dt.date
) -> tuple[Mapping[str, tuple[Point, ...]], int]:
    """Scores at baselines up to the day and now; and how many baselines cannot be compared."""
    moments = [(m.engagement, past) for m in members for past in m.past if past.on <= as_of]
    alike = [(now, past) for now, past in moments if _rules(now) == _rules(past.engagement)]
    trends: dict[str, tuple[Point, ...]] = {}
    if not alike:
        return trends, len(moments)
    then = score_portfolio(
        encode(rules, [read_engagement(rules, past.engagement) for _, past in alike])
    )
    for (now, past), bounds in zip(alike, _bounds(then), strict=True):
        trends[now.key] = (*trends.get(now.key, ()), Point(past.name, past.on, *bounds))
    today = zip(trends, _bounds(table.loc[list(trends)]), strict=True)
    for key, bounds in today:
        trends[key] = (*trends[key], Point("", as_of, *bounds))
    return trends, len(moments) - len(alike)


def _bounds(table: pd.DataFrame) -> list[tuple[float, float, float]]:
    columns = (table[name].astype(float).tolist() for name in ("low", "point", "high"))
    return list(zip(*columns, strict=True))
