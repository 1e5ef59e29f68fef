"""What a portfolio is made of: engagements with their past, frames, and what was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace

from workbook.errors import Problem
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring.frames import Frames


@dataclass(frozen=True, slots=True)
class PastState:
    """An engagement as it was at a baseline."""

    name: str
    on: dt.date
    engagement: Engagement


@dataclass(frozen=True, slots=True)
class Member:
    """One engagement with its framework (overlay applied) and its baselines, oldest first.

    `place` is where it came from, for people.
    """

    engagement: Engagement
    rules: Rules
    place: str
    past: tuple[PastState, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Framed:
    """Engagements of one framework that are only known as frames; every row is sound."""

    rules: Rules
    frames: Frames
    place: str

    @property
    def keys(self) -> list[str]:
        """The engagements' keys."""
        return [str(key) for key in self.frames.engagements["engagement"]]

    def by_profile(self) -> Iterator[tuple[str, Framed]]:
        """The same apart by the size of the organisation."""
        table = self.frames.engagements
        for profile, rows in table.groupby(table["profile"].astype(str)):
            others = set(self.keys) - set(rows["engagement"].astype(str))
            yield str(profile), self.without(others)

    def without(self, keys: Collection[str]) -> Framed:
        """The same without these engagements."""
        return replace(self, frames=without(self.frames, keys))


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """An input that cannot be scored, and why. `place` names it for people."""

    place: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Everything that the sources hold. No two engagements have the same key."""

    members: tuple[Member, ...]
    framed: tuple[Framed, ...]
    refused: tuple[RefusedSource, ...]


def without(frames: Frames, keys: Collection[str]) -> Frames:
    """The frames without the rows of these engagements."""
    if not keys:
        return frames
    out = list(keys)
    tables = {field.name: getattr(frames, field.name) for field in fields(Frames)}
    return Frames(
        **{
            name: table if table.empty else table[~table["engagement"].isin(out)]
            for name, table in tables.items()
        }
    )
