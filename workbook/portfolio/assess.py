"""From gathered engagements to scores, ranks, findings and trends: numbers and codes, no sentence.

Only engagements of one framework version, overlay and profile are ranked together (METHOD §8): they
were asked the same questions with the same weights. Beside the ranks stands what compares all of a
framework version: the score over the items that they have in common.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.errors import installed
from workbook.model.evaluation import GateState
from workbook.model.rules import NO_CHANGES, Rules, in_force
from workbook.portfolio.cohorts import Assessed, Cohort, Common, Family
from workbook.portfolio.facts import facts_of, framed_facts
from workbook.portfolio.gathered import Framed, Gathered, Member
from workbook.portfolio.standing import add_percentiles
from workbook.portfolio.trends import measure_of, trends_of
from workbook.scoring.alike import common_items, over
from workbook.scoring.encode import EngagementReading, encode, read_engagement
from workbook.scoring.findings import findings
from workbook.scoring.frames import encode_frames
from workbook.scoring.portfolio import Portfolio, joined
from workbook.scoring.robustness import Robustness, robustness, robustness_table
from workbook.scoring.sensitivity import MEAN, RANKS, sensitivity
from workbook.scoring.tables import score_portfolio

if TYPE_CHECKING:
    import pandas as pd

SEED = 1
HELD = (GateState.TRIPPED.value, GateState.UNDETERMINED.value)
MOVING = 0.99
"""Below this mean correlation ranks move enough to ask what moves them."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What is ranked together, as it came in."""

    members: list[Member]
    framed: list[Framed]

    @property
    def rules(self) -> Rules:
        return self.members[0].rules if self.members else self.framed[0].rules

    def readings(self, rules: Rules) -> list[EngagementReading]:
        return [read_engagement(rules, member.engagement) for member in self.members]

    def encoded(self, rules: Rules) -> Portfolio:
        """Everybody's answers under these rules."""
        coded = [encode(rules, self.readings(rules))] if self.members else []
        return joined([*coded, *(encode_frames(rules, part.frames) for part in self.framed)])


def assess(gathered: Gathered, as_of: dt.date, *, seed: int = SEED) -> Assessed:
    """Score, rank and compare everything that was gathered, as of a day.

    `seed` draws the weights under which ranks are tried (`workbook.scoring.robustness`).
    """
    groups: dict[tuple[str, str], dict[tuple[str, str], _Group]] = {}

    def group(version: tuple[str, str], overlay: str, profile: str) -> _Group:
        apart = groups.setdefault(version, {})
        return apart.setdefault((overlay, profile), _Group([], []))

    for member in gathered.members:
        version, overlay = measure_of(member.engagement)
        group(version, overlay, member.engagement.organisation.profile).members.append(member)
    for framed in gathered.framed:
        for profile, part in framed.by_profile():
            group((framed.rules.key, framed.rules.version), "", profile).framed.append(part)
    families = [
        _family([alike[key] for key in sorted(alike)], as_of, seed)
        for _, alike in sorted(groups.items())
    ]
    families.sort(key=lambda family: -len(family.table))
    return Assessed(as_of, tuple(families), gathered.refused)


def _family(groups: Sequence[_Group], as_of: dt.date, seed: int) -> Family:
    """Like for like is scored with the framework's own weights, whatever an overlay changes."""
    portfolios = [group.encoded(group.rules) for group in groups]
    common = common_items(portfolios)
    cohorts = []
    for group, portfolio in zip(groups, portfolios, strict=True):
        written = in_force(group.rules.framework)
        own = group.rules.overlay != NO_CHANGES
        alike = over(group.encoded(written) if own else portfolio, common)
        cohorts.append(_cohort(group, portfolio, alike.add_prefix("alike_"), as_of, seed))
    cohorts.sort(key=lambda cohort: -len(cohort.table))
    return Family(tuple(cohorts), common)


def _cohort(
    group: _Group, portfolio: Portfolio, alike: pd.DataFrame, as_of: dt.date, seed: int
) -> Cohort:
    rules = group.rules
    overlaid = rules.overlay != NO_CHANGES
    ranking = robustness(portfolio, seed=seed)
    tried = ranking.pairs and installed("scipy")
    driven = RANKS if ranking.correlation < MOVING else MEAN
    open_ = [r for r in group.readings(rules) if not r.engagement.anonymous]
    table = _table(group, portfolio, ranking, alike)
    table.insert(0, "framework", rules.key)
    table.insert(1, "version", rules.version)
    table.insert(2, "overlaid", overlaid)
    trends, apart = trends_of(rules, group.members, table, as_of)
    return Cohort(
        rules=rules,
        overlaid=overlaid,
        profile=str(table["profile"].iloc[0]),
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
    group: _Group, portfolio: Portfolio, ranking: Robustness, alike: pd.DataFrame
) -> pd.DataFrame:
    import pandas as pd

    documents = [facts_of(group.members)] if group.members else []
    facts = pd.concat([*documents, *(framed_facts(part.frames) for part in group.framed)])
    scores = score_portfolio(portfolio)
    gates = [name for name in scores if str(name).startswith("gate_")]
    scores["gates_held"] = scores[gates].isin(HELD).sum(axis=1)
    scores.loc[facts.index[facts["anonymous"].astype(bool)], "alpha"] = float("nan")
    ranks = robustness_table(ranking, portfolio.layout.rules)
    table = add_percentiles(facts.join(scores).join(ranks).join(alike))
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
