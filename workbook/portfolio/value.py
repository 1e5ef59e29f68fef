"""The portfolio's page as one frozen value: every text chosen, every number said, nothing drawn."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.fragments.distribution import Bin, Ranked
from workbook.fragments.page import KeyFigure
from workbook.model.evaluation import LevelSpan, Score
from workbook.model.framework import Severity
from workbook.model.rules import Rules
from workbook.wording.states import Tone


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation; `link` leads to its report, "" where there is none."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class RankedEngagement:
    """One engagement in the ranking. `between`: the ranks that it may as well have.

    `facts` are its size, sector and models; `gates` says how many hold it; `standing` how many of
    its peers it ranks above, one line each; `alike` its score over what all have in common.
    """

    who: Named
    facts: str
    rank: str
    between: str
    score: Score
    alike: Score
    level: LevelSpan | None
    gates: str
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows of the ranking under a caption."""

    caption: str
    entries: tuple[RankedEngagement, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """One of the best or the worst, and why: strongest and weakest area, gates that hold."""

    who: Named
    score: Score
    level: LevelSpan | None
    strongest: str
    weakest: str
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extremes:
    """Some of the best, or of the worst."""

    caption: str
    rows: tuple[Extreme, ...]


@dataclass(frozen=True, slots=True)
class LeadTable:
    """How often the row leads the column, as texts.

    `names` begin with their ranks; the last of them has no row and the first no column.
    """

    caption: str
    names: tuple[str, ...]
    shares: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class PeerTable:
    """Engagements by a fact: label, count, and how their lower bounds are spread, as texts."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """The lower bound at every baseline and now; `text` in words, `change` since the first.

    `answers` and `scope` say what made the change, blank where it cannot be told.
    """

    who: Named
    values: tuple[float, ...]
    text: str
    change: str
    answers: str
    scope: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Frequent:
    """A kind of finding: in how many engagements, as a text and as a share from 0 to 1."""

    severity: Severity
    text: str
    engagements: str
    share: float
    times: str


@dataclass(frozen=True, slots=True)
class Driver:
    """A judgement, and how much of the variance it makes: alone, and together with others."""

    text: str
    alone: float
    together: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cohort: engagements that may be compared. `key` names its place in the page.

    `verdict` says in a sentence whether the ranking means anything, `basis` how that was tried.
    """

    key: str
    title: str
    count: str
    framework: Rules
    verdict: str
    basis: str
    levels: tuple[tuple[LevelSpan, int], ...]
    bins: tuple[Bin, ...]
    median: int | None
    ranks: tuple[Ranked, ...]
    ranks_caption: str
    rankings: tuple[Ranking, ...]
    rankings_note: str
    leads: LeadTable | None
    extremes: tuple[Extremes, ...]
    peers: tuple[PeerTable, ...]
    trends: tuple[Trend, ...]
    trends_note: str
    findings: tuple[Frequent, ...]
    findings_note: str
    drivers: tuple[Driver, ...]
    drivers_caption: str


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """One engagement among all of its framework, whatever group it is ranked in."""

    who: Named
    group: str
    alike: Score
    score: Score


@dataclass(frozen=True, slots=True)
class AlikeTable:
    """Engagements of several groups like for like; `basis` says over what."""

    key: str
    title: str
    basis: str
    lines: tuple[AlikeLine, ...]
    note: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """An input that was refused: every problem with its fix."""

    place: str
    problems: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """Everything that a reader is told, in reading order."""

    lang: str
    title: str
    when: str
    headline: str
    summary: str
    figures: tuple[KeyFigure, ...]
    comparisons: tuple[Comparison, ...]
    alike: tuple[AlikeTable, ...]
    refused: tuple[NotRead, ...]
    refused_note: str
    terms: tuple[tuple[str, str], ...]
    versions: str
