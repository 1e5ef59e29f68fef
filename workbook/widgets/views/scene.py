"""What every view is built from: one engagement, evaluated, and the voice it is told in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from workbook.model.engagement import Decision
from workbook.model.evaluation import AreaScore, Evaluation
from workbook.model.framework import Area, FocalPoint
from workbook.scoring.encode import EngagementReading, read_engagement
from workbook.scoring.identity_cache import IdentityCache, IdentityCaches
from workbook.scoring.inquiry import Inquiry
from workbook.scoring.panel import Panel
from workbook.scoring.scope import in_scope
from workbook.wording.phrases import Phrases

Json = Any
View = dict[str, Json]

HUES = 8


@dataclass(frozen=True, slots=True)
class ViewCache:
    """Views that the next moment of the same screen may show again; the screen owns it."""

    words: IdentityCache[View] = field(default_factory=IdentityCache)
    parties: IdentityCache[View] = field(default_factory=IdentityCache)
    helps: IdentityCache[list[View]] = field(default_factory=IdentityCache)
    cards: IdentityCaches[View] = field(default_factory=IdentityCaches)


@dataclass(frozen=True)
class Scene(Phrases):
    """One moment of a session. `before` is the evaluation that the last change was made on.

    `lost` says whether that change left a focal point without its owner. `session_reading` and
    `cache` are what the session and its screen have at hand already.
    """

    before: Evaluation | None = field(default=None, compare=False)
    lost: bool = field(default=False, compare=False)
    session_reading: EngagementReading | None = field(default=None, compare=False, repr=False)
    cache: ViewCache = field(default_factory=ViewCache, compare=False, repr=False)

    @cached_property
    def reading(self) -> EngagementReading:
        """The voices on every focal point and question that applies, and who holds what."""
        return self.session_reading or read_engagement(self.rules, self.engagement)

    @cached_property
    def panels(self) -> dict[str, Panel]:
        """What the voices say of every focal point that applies."""
        return self.reading.panels

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The standing decision of each focal point."""
        return self.reading.decisions

    @cached_property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """What was said to every question that scope leaves open."""
        return self.reading.inquiries

    @cached_property
    def scores(self) -> dict[str, AreaScore]:
        """Each area's score."""
        return {area.area: area for area in self.evaluation.areas}

    def focal_points(self, area: Area) -> tuple[FocalPoint, ...]:
        """An area's focal points in scope, those ruled out included."""
        return tuple(f for f in area.focal_points if in_scope(f, self.engagement))


def plain(text: str) -> str:
    """Letters without accents and case, as the front end compares them."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def initials(name: str) -> str:
    """At most two letters for a round badge."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    return "".join(
        word[0] for word in ([*words[:1], *words[-1:]] if len(words) > 1 else words)
    ).upper()
