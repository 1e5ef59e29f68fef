"""What every view is built from: one engagement, evaluated, and the voice it is told in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from workbook.i18n import Voice
from workbook.model.engagement import (
    NOBODY,
    NONE,
    VACANT,
    Decision,
    Engagement,
    External,
    Person,
    Respondent,
    Team,
)
from workbook.model.evaluation import AreaScore, Evaluation, Item
from workbook.model.framework import Area, Criterion, FocalPoint, Framework, Question
from workbook.scoring.encode import Heard, hear
from workbook.scoring.inquiry import Inquiry
from workbook.scoring.panel import Panel
from workbook.scoring.scope import in_scope
from workbook.scoring.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = Any
View = dict[str, Json]

HUES = 8


@dataclass(frozen=True)
class Scene:
    """One moment of a session. `before` is the evaluation that the last change was made on.

    `framework` is the engagement's own (overlay applied).
    """

    framework: Framework
    engagement: Engagement
    evaluation: Evaluation
    voice: Voice
    before: Evaluation | None = field(default=None, compare=False)

    @property
    def language(self) -> str:
        """The language of the framework's texts."""
        return self.voice.language

    @cached_property
    def parties(self) -> dict[str, Person | Team | External]:
        """Everybody who may own something, by id."""
        return self.engagement.parties()

    @cached_property
    def places(self) -> dict[str, tuple[Area, FocalPoint]]:
        """Every focal point with its area."""
        return self.framework.places()

    @cached_property
    def asked(self) -> dict[str, tuple[Area, Question]]:
        """Every question with its area."""
        return self.framework.questions()

    @cached_property
    def heard(self) -> Heard:
        """The voices on every focal point and question that applies, and who holds what."""
        return hear(self.framework, self.engagement)

    @cached_property
    def panels(self) -> dict[str, Panel]:
        """What the voices say of every focal point that applies."""
        return self.heard.panels

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The standing decision of each focal point."""
        return self.heard.decisions

    @cached_property
    def inquiries(self) -> tuple[Inquiry, ...]:
        """What was said to every question that scope leaves open."""
        return self.heard.inquiries

    @cached_property
    def told(self) -> Told:
        """What of the evaluation may be told."""
        return Told(self.framework, self.engagement, self.evaluation, self.heard)

    @cached_property
    def scores(self) -> dict[str, AreaScore]:
        """Each area's score."""
        return {area.area: area for area in self.evaluation.areas}

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """What respondents agree on, by focal point (METHOD §6)."""
        return {one.focal_point: one.verdict for one in self.evaluation.agreement.focal_points}

    @cached_property
    def items(self) -> dict[tuple[str, Criterion], tuple[Item, ...]]:
        """Items by area and criterion."""
        found: dict[tuple[str, Criterion], list[Item]] = {}
        for item in self.evaluation.items:
            found.setdefault((item.area, item.criterion), []).append(item)
        return {key: tuple(some) for key, some in found.items()}

    def focal_points(self, area: Area) -> tuple[FocalPoint, ...]:
        """An area's focal points in scope, those ruled out included."""
        return tuple(f for f in area.focal_points if in_scope(f, self.engagement))

    def focal(self, key: str) -> str:
        """A focal point's title."""
        found = self.places.get(key)
        return found[1].title[self.language] if found else key

    def spoken(self, key: str) -> str:
        """A focal point as it stands in a sentence: with its article, else between quotes."""
        found = self.places.get(key)
        if found and found[1].spoken:
            return found[1].spoken[self.language]
        return self.voice.t("“{text}”", text=self.focal(key))

    def question(self, key: str, instance: str | None = None) -> str:
        """A question's title with the focal point that it is asked of."""
        found = self.asked.get(key)
        title = found[1].title[self.language] if found else key
        if instance is None:
            return title
        if "{focal_point}" in title:
            return title.replace("{focal_point}", self.focal(instance))
        return self.voice.t("{subject}: {question}", subject=self.focal(instance), question=title)

    def party(self, key: str | None) -> str:
        """The name of a party, of a group of them ("a+b"), or of nobody."""
        if key is None:
            return "–"
        if key in self._fixed:
            return self._fixed[key]
        if key in self.parties:
            return self.parties[key].name
        return self.listing(key.split("+")) if "+" in key else key

    @cached_property
    def _fixed(self) -> dict[str, str]:
        t = self.voice.t
        return {
            NOBODY: t("Nobody"),
            VACANT: t("Vacant post"),
            NONE: t("None"),
            "+new": t("someone new"),
        }

    def listing(self, parties: Iterable[str]) -> str:
        """The names of parties in a row."""
        return self.voice.listing(self.party(party) for party in parties)

    def respondent(self, key: str) -> str:
        """Who answered; nobody's name in anonymous mode."""
        if self.engagement.anonymous:
            return self.voice.t("a respondent")
        one = self._respondents.get(key)
        if one is None:
            return key
        return one.name or (self.party(one.person) if one.person else key)

    @cached_property
    def _respondents(self) -> dict[str, Respondent]:
        return {one.id: one for one in self.engagement.respondents}


@lru_cache(maxsize=4096)
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
