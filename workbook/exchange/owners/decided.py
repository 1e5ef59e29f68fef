"""The decided map: per subject its owner, deputy and roles, in the order of the framework."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.model.engagement import RACI, RESERVED, Decision, State
from workbook.model.framework import FocalPoint
from workbook.scoring.scope import in_scope
from workbook.wording.phrases import Phrases

CATALOGUED = frozenset({"system", "integration"})
"""Kinds of subjects that a catalogue of software has entries for."""


@dataclass(frozen=True, slots=True)
class DecidedSubject:
    """A subject in scope with what was decided of it; no decision, nobody's."""

    area: str
    point: FocalPoint
    decision: Decision | None

    @property
    def owner(self) -> str | None:
        """The party that owns it; nobody for a vacant post."""
        return _party(self.decision.owner if self.decision else None)

    @property
    def deputy(self) -> str | None:
        """The party that stands in."""
        return _party(self.decision.deputy if self.decision else None)

    def letters(self) -> Iterator[tuple[str, str]]:
        """Each party with its letter: A, R, C, I."""
        if self.owner:
            yield self.owner, "A"
        for letter, field in RACI if self.decision else ():
            yield from ((party, letter) for party in getattr(self.decision, field))


def _party(key: str | None) -> str | None:
    return None if key in RESERVED else key


def decided_subjects(phrases: Phrases) -> Iterator[DecidedSubject]:
    """Every subject in scope; one that was ruled not applicable is none."""
    decisions = phrases.engagement.standing_decisions()
    for area in phrases.rules.areas:
        for point in area.focal_points:
            decision = decisions.get(point.key)
            ruled_out = decision is not None and decision.state is State.NOT_APPLICABLE
            if in_scope(point, phrases.engagement) and not ruled_out:
                yield DecidedSubject(area.key, point, decision)
