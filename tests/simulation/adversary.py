"""Whoever wants to know who said what sees pages, figures of reports and exports, and compares.

Each answer carries a token of its own as its note. Who sees the engagement before and after may
learn of a change only what at least five people have said anew; what is given away holds no token,
no respondent, and is the same if two respondents exchange their answers to a subject.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from random import Random
from typing import Any

import yaml

from workbook.content import dump_engagement
from workbook.model.engagement import Engagement, Nomination, State
from workbook.model.rules import Rules
from workbook.report.unattributed import unattributed
from workbook.scoring import evaluate
from workbook.scoring.disclosure import shown_data

FEW = 5
TOKEN = re.compile(r"\b(?:(r\d+)|file|resolved)-\d+\b")
WHOSE = re.compile(r"\brespondent: r\d+\b|\bid: r\d+\b")
Voices = dict[str, str]
"""Token of an answer that is shown ↦ who said it."""


@dataclass
class Adversary:
    """One who remembers everything that was shown."""

    rules: Rules
    today: dt.date
    seed: int
    shown: dict[str, Voices] = field(default_factory=dict)
    releases: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - chance is to be repeated

    def reads(self, page: str, message: dict[str, Any]) -> list[str]:
        """What a respondent's page hears: nothing of what another has said."""
        said = json.dumps(message)
        others = {m[0] for m in TOKEN.finditer(said) if m[1] not in {None, page}}
        return [f"{page} reads {token}" for token in sorted(others)]

    def compares(self, engagement: Engagement) -> list[str]:
        """What everybody may see now, beside what was to be seen before."""
        now: dict[str, list[Nomination]] = defaultdict(list)
        for nomination in engagement.standing_nominations():
            now[nomination.focal_point].append(nomination)
        found, has_changed = list[str](), False
        for subject, voices in now.items():
            told = {f"{n.note}": n.respondent for n in voices if n.state is State.ANSWERED}
            if len(set(told.values())) < FEW or told == self.shown.get(subject):
                continue
            before, self.shown[subject] = self.shown.get(subject, {}), told
            has_changed = True
            for tokens, where in ((told.keys() - before, told), (before.keys() - told, before)):
                whose = {where[token] for token in tokens}
                if 0 < len(whose) < FEW:
                    found.append(f"{subject}: one look to the next tells what {whose} said")
        if not has_changed:
            return found
        self.releases += 1
        return [*found, *self._is_handed(engagement)]

    def _is_handed(self, engagement: Engagement) -> list[str]:
        """An export and the figures of a report, beside those of a world with answers exchanged."""
        document = self._export(engagement)
        signs = filter(None, (TOKEN.search(document), WHOSE.search(document)))
        found = [f"an export tells {sign[0]}" for sign in signs]
        told = Counter(n.focal_point for n in engagement.nominations if n.state is State.ANSWERED)
        given = Counter(n["focal_point"] for n in yaml.safe_load(document).get("nominations", ()))
        if few := [key for key in given if told[key] < FEW]:
            found.append(f"an export tells of fewer than {FEW}: {few}")
        other = self._exchanged(engagement)
        if self._export(other) != document:
            found.append("an export tells which of two respondents said what")
        if self._figures(other) != self._figures(engagement):
            found.append("a report's figures tell which of two respondents said what")
        return found

    def _export(self, engagement: Engagement) -> str:
        return dump_engagement(unattributed(self.rules, engagement))

    def _figures(self, engagement: Engagement) -> object:
        return shown_data(self.rules, engagement, evaluate(self.rules, engagement, self.today))

    def _exchanged(self, engagement: Engagement) -> Engagement:
        """A world in which two who spoke of one subject said each what the other says here."""
        subject = self.random.choice(sorted(self.shown))
        speakers = sorted(
            {n.respondent for n in engagement.nominations if n.focal_point == subject}
        )
        one, two = self.random.sample(speakers, 2)
        other = {one: two, two: one}
        return engagement.model_copy(
            update={
                "nominations": tuple(
                    n.model_copy(update={"respondent": other.get(n.respondent, n.respondent)})
                    if n.focal_point == subject
                    else n
                    for n in engagement.nominations
                )
            }
        )
