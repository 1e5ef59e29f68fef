"""One engagement with its evaluation and a voice: all that is needed to speak of it.

Screens, reports and the command line hold one `Phrases` each and ask the functions of this room
for sentences, so that the same finding reads the same wherever it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.model.engagement import (
    NOBODY,
    NONE,
    RESERVED,
    VACANT,
    Engagement,
    External,
    Person,
    Respondent,
    Team,
)
from workbook.model.evaluation import Evaluation, Finding
from workbook.model.inherited import Inherited
from workbook.model.ownership import FocalAgreement, Ownership
from workbook.scoring.disclosure import Disclosure
from workbook.scoring.encode import EngagementReading, read_engagement
from workbook.scoring.firmness import Firmness, firmness
from workbook.scoring.follow_through import FollowThrough
from workbook.wording.fields import value_names
from workbook.wording.figures import NO_NUMBER
from workbook.wording.names import Vocabulary

NEW = "+new"
GROUP = "+"


@dataclass(frozen=True)
class Phrases(Vocabulary):
    """One engagement in words. `rules` are its own, with the overlay applied."""

    engagement: Engagement
    evaluation: Evaluation
    since: FollowThrough | None = None
    """What was done since an earlier moment, where there is one to compare with."""

    @cached_property
    def reading(self) -> EngagementReading:
        """The voices on every focal point and question that applies, and who holds what."""
        return read_engagement(self.rules, self.engagement)

    @cached_property
    def parties(self) -> Mapping[str, Person | Team | External]:
        """Everybody who may own something, by id."""
        return self.engagement.parties()

    @cached_property
    def inherited(self) -> Mapping[tuple[str, str | None], Inherited]:
        """What a group has settled, by focal point, or by question and what it is asked for."""
        return {(heir.subject, heir.instance): heir for heir in self.engagement.inherited}

    @cached_property
    def respondents(self) -> Mapping[str, Respondent]:
        """Everybody who answers, by id."""
        return {respondent.id: respondent for respondent in self.engagement.respondents}

    @cached_property
    def disclosure(self) -> Disclosure:
        """What of the evaluation may be shown."""
        return Disclosure(self.rules, self.engagement, self.evaluation, self.reading)

    @cached_property
    def firmness(self) -> Firmness | None:
        """How the level fares under other weightings; None without a level that is scored."""
        return firmness(self.rules, self.evaluation)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that may be shown."""
        return self.disclosure.findings

    @cached_property
    def ownership(self) -> Mapping[str, Ownership]:
        """How each focal point in scope is owned."""
        return {owned.focal_point: owned for owned in self.evaluation.ownership}

    @cached_property
    def agreement(self) -> Mapping[str, FocalAgreement]:
        """What the voices on each focal point come to."""
        return {focal.focal_point: focal for focal in self.evaluation.agreement.focal_points}

    @cached_property
    def finding_of(self) -> Mapping[str, Finding]:
        """The findings that may be shown, by key."""
        return {finding.key: finding for finding in self.findings}

    def party(self, key: str) -> str:
        """A party as it stands in a sentence: a name, a group ("a+b"), or “nobody”."""
        t = self.voice.t
        reserved = {
            NOBODY: t("nobody"),
            VACANT: t("a vacant post"),
            NONE: t("no deputy"),
            NEW: t("someone new"),
        }
        if key in reserved:
            return reserved[key]
        if key in self.parties:
            return self.parties[key].name
        if GROUP in key:
            return self.voice.listing(self.party(member) for member in key.split(GROUP))
        return key

    def party_label(self, key: str | None) -> str:
        """A party as it stands alone in a cell or a chip; a dash where none is given."""
        if key is None:
            return NO_NUMBER
        return value_names(self.voice)[key] if key in RESERVED else self.party(key)

    def titled(self, key: str) -> str:
        """The name of a party with the title that goes with it."""
        party = self.parties.get(key)
        title = party.title if isinstance(party, Person) else None
        name = self.party(key)
        return f"{name}, {title}" if title and not name.startswith(title) else name

    def outside(self, key: str) -> bool:
        """Whether the party is known to be outside the organisation."""
        party = self.parties.get(key)
        return isinstance(party, External) or (isinstance(party, Person) and party.inside is False)

    def respondent(self, key: str | None) -> str:
        """Who answered; nobody's name in anonymous mode."""
        if key is None:
            return self.voice.t("agreed by the team")
        if self.disclosure.nameless:
            return self.voice.t("a respondent")
        respondent = self.respondents.get(key)
        if respondent is None:
            return key
        return respondent.name or (self.party(respondent.person) if respondent.person else key)

    def day(self, value: dt.date) -> str:
        """A date in running text; the year only where it is not the report's."""
        same = value.year == self.evaluation.as_of.year
        return self.voice.date(value, "day" if same else "medium")
