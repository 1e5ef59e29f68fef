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
from workbook.portfolio.gathered import Framed, Gathered, Member, Refused
from workbook.portfolio.standing import add_percentiles
from workbook.scoring.encode import Heard, encode, hear
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
    refused: tuple[Refused, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of what was refused."""
        return tuple(problem for one in self.refused for problem in one.problems)

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
    for one in gathered.framed:
        key = (one.framework.key, one.framework.version, "")
        groups.setdefault(key, ([], []))[1].append(one)
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
    framework = (members or framed)[0].framework
    overlaid = bool(members) and members[0].engagement.overlay != Overlay()
    heard = [hear(framework, member.engagement) for member in members]
    coded = [encode(framework, heard)] if heard else []
    portfolio = joined([*coded, *(encode_frames(framework, one.frames) for one in framed)])
    found = robustness(portfolio, seed=seed)
    driven = RANKS if found.correlation < MOVING else MEAN
    open_ = [one for one in heard if not one.engagement.anonymous]
    table = _table(portfolio, found, members, framed)
    table.insert(0, "framework", framework.key)
    table.insert(1, "version", framework.version)
    table.insert(2, "overlaid", overlaid)
    trends, apart = _trends(framework, members, table, as_of)
    return Cohort(
        framework,
        overlaid,
        table,
        found,
        driven,
        sensitivity(portfolio, driven, seed=seed) if found.pairs and installed("scipy") else (),
        _common(framework, open_, as_of),
        len(open_),
        trends,
        apart,
    )


def _table(
    portfolio: Portfolio, found: Robustness, members: Sequence[Member], framed: Sequence[Framed]
) -> pd.DataFrame:
    import pandas as pd

    documents = [facts_of(members)] if members else []
    facts = pd.concat([*documents, *(framed_facts(one.frames) for one in framed)])
    scores = score_portfolio(portfolio)
    gates = [name for name in scores if str(name).startswith("gate_")]
    scores["gates_held"] = scores[gates].isin(HELD).sum(axis=1)
    scores.loc[facts.index[facts["anonymous"].astype(bool)], "alpha"] = float("nan")
    ranks = robustness_table(found, portfolio.layout.framework)
    table = add_percentiles(facts.join(scores).join(ranks))
    return table.sort_values(["rank", "engagement"])


def _common(framework: Rules, heard: Iterable[Heard], as_of: dt.date) -> tuple[Common, ...]:
    """Kinds of findings, the most frequent first, then as the framework lists them."""
    whom: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in heard:
        kinds = Counter(finding.kind for finding in findings(one, as_of))
        whom.update(kinds.keys())
        times.update(kinds)
    place = {kind: n for n, kind in enumerate(framework.findings)}
    order = sorted(whom, key=lambda kind: (-whom[kind], -times[kind], place[kind]))
    return tuple(
        Common(kind, framework.findings[kind].severity, whom[kind], times[kind]) for kind in order
    )


def _trends(
    framework: Rules, members: Sequence[Member], table: pd.DataFrame, as_of: dt.date
) -> tuple[Mapping[str, tuple[Point, ...]], int]:
    """Scores at baselines up to the day and now; and how many baselines cannot be compared."""
    moments = [(m.engagement, one) for m in members for one in m.past if one.on <= as_of]
    alike = [(now, one) for now, one in moments if _rules(now) == _rules(one.engagement)]
    trends: dict[str, tuple[Point, ...]] = {}
    if not alike:
        return trends, len(moments)
    then = score_portfolio(encode(framework, [hear(framework, one.engagement) for _, one in alike]))
    for (now, one), bounds in zip(alike, _bounds(then), strict=True):
        trends[now.key] = (*trends.get(now.key, ()), Point(one.name, one.on, *bounds))
    today = zip(trends, _bounds(table.loc[list(trends)]), strict=True)
    for key, bounds in today:
        trends[key] = (*trends[key], Point("", as_of, *bounds))
    return trends, len(moments) - len(alike)


def _bounds(table: pd.DataFrame) -> list[tuple[float, float, float]]:
    columns = (table[name].astype(float).tolist() for name in ("low", "point", "high"))
    return list(zip(*columns, strict=True))
