"""What things are called in one language: judgements, kinds of findings, facts, shares."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from workbook.i18n import Voice
from workbook.model.base import Text
from workbook.model.framework import Criterion, Framework
from workbook.portfolio.assess import Common
from workbook.scoring.judgements import Judgement
from workbook.scoring.levels import EDGE
from workbook.scoring.robustness import Robustness

OPEN = "…"
"""Stands for the subject of a finding that is told of many."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A framework as it is told in one language."""

    framework: Framework
    voice: Voice

    def say(self, text: Text) -> str:
        """A text of the framework."""
        return text[self.voice.language]

    def value(self, dimension: str, key: str) -> str:
        """What a size, a sector or business models are called; else the key itself."""
        if dimension == "sector":
            return key
        known = self.framework.profiles
        if dimension == "business_models":
            names = {model.key: self.say(model.title) for model in self.framework.business_models}
            return self.voice.listing(names.get(one, one) for one in key.split())
        return next((self.say(profile.title) for profile in known if profile.key == key), key)

    def finding(self, common: Common) -> str:
        """A kind of finding as it is told of several: counted, or with its subject left open."""
        told = self.framework.findings[common.kind]
        if told.headline_many:
            count = self.voice.number(common.times)
            return capitalised(self.say(told.headline_many).format(count=count))
        return capitalised(self.say(told.title).format_map(defaultdict(lambda: OPEN)))

    def judgement(self, one: Judgement) -> str:
        """What somebody chose: a weight, or where a level begins."""
        v = self.voice
        if one.kind == "level":
            level = self.say(self.framework.level(one.key).title)
            return v.t("Where the level “{level}” begins", level=level)
        if one.kind == "area":
            area = self.say(self.framework.area(one.key).title)
            return v.t("Weight of the area “{area}”", area=area)
        criterion = self.criterion(Criterion(one.key))
        if len(one.areas) == len(self.framework.areas):
            return v.t("Weight of “{criterion}”", criterion=criterion)
        areas = v.listing(self.say(self.framework.area(key).title) for key in one.areas)
        return v.t("Weight of “{criterion}” in {areas}", criterion=criterion, areas=areas)

    def criterion(self, criterion: Criterion) -> str:
        """The criterion's name."""
        v = self.voice
        return {
            Criterion.NAMED: v.t("Named"),
            Criterion.CLEAR: v.t("Clear"),
            Criterion.FITTING: v.t("Fitting"),
            Criterion.BACKED_UP: v.t("Backed up"),
            Criterion.COMMITTED: v.t("Committed"),
        }[criterion]

    def count(self, number: int) -> str:
        """A count as it stands in a sentence: in words up to nine."""
        v = self.voice
        words = (
            v.t("none"), v.t("one"), v.t("two"), v.t("three"), v.t("four"),
            v.t("five"), v.t("six"), v.t("seven"), v.t("eight"), v.t("nine"),
        )  # fmt: skip
        return words[number] if number < len(words) else v.number(number)

    def lower(self, score: float) -> str:
        """A lower bound as it is printed: rounded down."""
        return self.voice.number(math.floor(score + EDGE))

    def verdict(self, found: Robustness) -> str:
        """Whether the ranking means anything, in one sentence."""
        v = self.voice
        said = {"firm": v.number(found.firm), "pairs": v.number(found.pairs)}
        if found.verdict == "alone":
            return v.t("There is nothing to rank.")
        if found.verdict == "firm":
            return v.n(
                "The order of the two holds in nine of ten trials with other weights.",
                "The order holds: in nine of ten trials with other weights it is the same for "
                "{firm} of {pairs} neighbouring pairs.",
                found.pairs,
                **said,
            )
        if found.verdict == "partly":
            return v.t(
                "Read the order in groups, not place by place: in nine of ten trials with other "
                "weights it holds for only {firm} of {pairs} neighbouring pairs.",
                **said,
            )
        return v.n(
            "The order of the two says little: it changes with the weights. Compare levels.",
            "The order says little: in nine of ten trials with other weights it holds for only "
            "{firm} of {pairs} neighbouring pairs. Compare levels.",
            found.pairs,
            **said,
        )

    def basis(self, found: Robustness) -> str:
        """How that was tried."""
        v = self.voice
        return v.t(
            "{count} trials; on average the order in a trial agrees with the order shown at "
            "{correlation} (1 is the same order, 0 no relation).",
            count=v.number(found.samples),
            correlation=v.number(found.correlation, 2),
        )


def capitalised(text: str) -> str:
    """The text as a sentence begins, the rest untouched."""
    return text[:1].upper() + text[1:]
