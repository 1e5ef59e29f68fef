"""An assessed portfolio: families of cohorts in numbers and codes, no sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from workbook.errors import Problem
from workbook.model.framework import Severity
from workbook.model.rules import Rules
from workbook.portfolio.gathered import RefusedSource
from workbook.scoring.alike import CommonItems
from workbook.scoring.robustness import Robustness

if TYPE_CHECKING:
    import pandas as pd

    from workbook.scoring.sensitivity import Index


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


@dataclass(frozen=True, slots=True)
class History:
    """Scores of one engagement at its baselines and now.

    `answers`: the part of the lower bound's change since the first that answers made, over the
    items of both moments, the first one's answers under today's facts; NaN if they share none. The
    rest of the change is that of scope and profile.
    """

    points: tuple[Point, ...]
    answers: float


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Engagements that may be ranked: one framework, one version, one overlay, one profile.

    `table`: one row per engagement in order of rank, indexed by key; its columns are those of
    `score_portfolio`, `robustness_table` and `facts`, `gates_held`, percentiles (`standing`), and
    `alike_low` … `alike_status`, the score over what all of its family have in common.
    `drivers` tell what the ranking ("ranks") or, where nothing moves it, the mean score ("mean")
    hangs on. `findings` are counted over `heard` engagements: documents that are not anonymous.
    `trends` by engagement; `apart` counts baselines under another framework, version or overlay.
    """

    rules: Rules
    overlaid: bool
    profile: str
    table: pd.DataFrame
    robustness: Robustness
    driven: str
    drivers: tuple[Index, ...]
    findings: tuple[Common, ...]
    heard: int
    trends: Mapping[str, History]
    apart: int


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """All cohorts of one framework version, the largest first, and what all have in common."""

    cohorts: tuple[Cohort, ...]
    common: CommonItems

    @property
    def rules(self) -> Rules:
        """Rules of the largest cohort: texts are the same in all."""
        return self.cohorts[0].rules

    @property
    def table(self) -> pd.DataFrame:
        """All engagements of the family."""
        import pandas as pd

        return pd.concat([cohort.table for cohort in self.cohorts])


@dataclass(frozen=True, slots=True, eq=False)
class Assessed:
    """A whole portfolio as of a day, the largest family first."""

    as_of: dt.date
    families: tuple[Family, ...]
    refused: tuple[RefusedSource, ...]

    @property
    def cohorts(self) -> tuple[Cohort, ...]:
        """Every cohort, family by family."""
        return tuple(cohort for family in self.families for cohort in family.cohorts)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of what was refused."""
        return tuple(problem for item in self.refused for problem in item.problems)

    def table(self) -> pd.DataFrame:
        """All engagements in one table; columns that a framework does not have are blank."""
        import pandas as pd

        if not self.families:
            return pd.DataFrame(index=pd.Index([], name="engagement"))
        return pd.concat([family.table for family in self.families])

    def pairs(self) -> pd.DataFrame:
        """Each pair that is ranked: the share of weightings under which the first leads."""
        import pandas as pd

        rows = [row for cohort in self.cohorts for row in _pairs(cohort)]
        return pd.DataFrame(rows, columns=["engagement", "other", "leads"])


def _pairs(cohort: Cohort) -> Iterable[tuple[str, str, float]]:
    leads = cohort.robustness.leads
    if leads is not None:
        position = {key: number for number, key in enumerate(cohort.robustness.keys)}
        ranked = cohort.table.index[cohort.table["rank"].notna()]
        for key, other in combinations(ranked, 2):
            yield key, other, float(leads[position[key], position[other]])
