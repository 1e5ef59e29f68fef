"""What everything is called in one language: parties, focal points, questions, counts.

A `Telling` is one engagement with its evaluation and a voice; every part of the report asks it for
words and decides only what to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.i18n import Voice
from workbook.model.base import Text
from workbook.model.engagement import (
    NOBODY,
    NONE,
    VACANT,
    Engagement,
    External,
    Person,
    Respondent,
    Team,
)
from workbook.model.evaluation import Evaluation, Finding
from workbook.model.framework import Area, FocalPoint, Framework, Question
from workbook.scoring.encode import Heard, hear
from workbook.scoring.told import Told

NEW = "+new"
GROUP = "+"


@dataclass(frozen=True)
class Telling:
    """One engagement as it is told. `framework` is its own, with the overlay applied."""

    framework: Framework
    engagement: Engagement
    evaluation: Evaluation
    voice: Voice

    @cached_property
    def heard(self) -> Heard:
        """The voices on every focal point and question that applies."""
        return hear(self.framework, self.engagement)

    @cached_property
    def places(self) -> Mapping[str, tuple[Area, FocalPoint]]:
        """Every focal point with its area."""
        return self.framework.places()

    @cached_property
    def questions(self) -> Mapping[str, tuple[Area, Question]]:
        """Every question with its area."""
        return self.framework.questions()

    @cached_property
    def parties(self) -> Mapping[str, Person | Team | External]:
        """Everybody who may own something."""
        return self.engagement.parties()

    @cached_property
    def respondents(self) -> Mapping[str, Respondent]:
        """Everybody who answers."""
        return {respondent.id: respondent for respondent in self.engagement.respondents}

    @cached_property
    def told(self) -> Told:
        """What of it may be told."""
        return Told(self.framework, self.engagement, self.evaluation, self.heard)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that may be told."""
        return self.told.findings

    @property
    def small_group(self) -> int:
        """Fewer answered cells than this are never told in anonymous mode."""
        return self.told.small_group

    def hidden(self, focal_point: str) -> bool:
        """Whether what respondents say of a focal point is too little to be told."""
        return self.told.hidden(focal_point)

    def decided(self, focal_point: str) -> bool:
        """Whether a standing decision names the owner."""
        return self.told.decided(focal_point)

    def say(self, text: Text) -> str:
        """A text of the framework in this language."""
        return text[self.voice.language]

    def area(self, key: str) -> str:
        """The area's title."""
        return self.say(self.framework.area(key).title)

    def focal(self, key: str) -> str:
        """The focal point's title."""
        return self.say(self.places[key][1].title) if key in self.places else key

    def spoken(self, key: str) -> str:
        """The focal point as it stands in a sentence: with its article, else between quotes."""
        spoken = self.places[key][1].spoken if key in self.places else None
        return self.say(spoken) if spoken else self.quoted(self.focal(key))

    def quoted(self, text: str) -> str:
        """The text between the quotation marks of the language."""
        return self.voice.t("“{text}”", text=text)

    def question(self, key: str, instance: str | None = None) -> str:
        """The question's title, after the system or seat that it is asked of."""
        title = self.say(self.questions[key][1].title) if key in self.questions else key
        if instance is None:
            return title
        return self.voice.t("{subject}: {text}", subject=self.focal(instance), text=title)

    def party(self, key: str) -> str:
        """The name of a party, of a group of parties ("a+b"), or of nobody."""
        v = self.voice
        fixed = {
            NOBODY: v.t("nobody"),
            VACANT: v.t("a vacant post"),
            NONE: v.t("no deputy"),
            NEW: v.t("someone new"),
        }
        if key in fixed:
            return fixed[key]
        if key in self.parties:
            return self.parties[key].name
        return v.listing(self.party(one) for one in key.split(GROUP)) if GROUP in key else key

    def titled(self, key: str) -> str:
        """The name of a party with the title that goes with it."""
        found = self.parties.get(key)
        title = found.title if isinstance(found, Person) else None
        return f"{self.party(key)}, {title}" if title else self.party(key)

    def outside(self, key: str) -> bool:
        """Whether the party is known to be outside the organisation."""
        found = self.parties.get(key)
        return isinstance(found, External) or (isinstance(found, Person) and found.inside is False)

    def respondent(self, key: str | None) -> str:
        """Who answered; nobody's name in anonymous mode."""
        if key is None:
            return self.voice.t("agreed by the team")
        if self.engagement.anonymous:
            return self.voice.t("a respondent")
        found = self.respondents.get(key)
        if found is None:
            return key
        return found.name or (self.party(found.person) if found.person else key)

    def listing(self, names: Iterable[str], limit: int = 4) -> str:
        """`a, b and c`; with more than `limit`, `a, b, c and 4 more`."""
        every = list(names)
        if len(every) <= limit:
            return self.voice.listing(every)
        rest = len(every) - limit + 1
        more = self.voice.n("one more", "{rest} more", rest, rest=self.count(rest))
        return self.voice.listing([*every[: limit - 1], more])

    def count(self, number: int) -> str:
        """A count as it stands in a sentence: in words up to nine."""
        v = self.voice
        words = (
            v.t("none"), v.t("one"), v.t("two"), v.t("three"), v.t("four"),
            v.t("five"), v.t("six"), v.t("seven"), v.t("eight"), v.t("nine"),
        )  # fmt: skip
        return words[number] if number < len(words) else v.number(number)

    def day(self, value: dt.date) -> str:
        """A date in running text; the year only where it is not the report's."""
        same = value.year == self.evaluation.as_of.year
        return self.voice.date(value, "day" if same else "medium")

    def dated(self, value: str) -> str:
        """An ISO date in words, anything else between quotes."""
        try:
            return self.voice.date(dt.date.fromisoformat(value), "medium")
        except ValueError:
            return self.quoted(value)

    def fill(self, text: Text, finding: Finding, **said: str) -> str:
        """A finding's text with its placeholders filled in; `said` goes before."""
        v = self.voice
        values: dict[str, str] = {
            "focal_point": self.spoken(finding.focal_point) if finding.focal_point else "",
            "area": self.area(finding.area) if finding.area else "",
            "parties": self.listing(map(self.party, finding.parties)),
            "count": v.number(finding.count or 0),
            "total": v.number(finding.total or 0),
            "days": v.n("{count} day", "{count} days", finding.days or 0),
            "date": v.date(finding.date, "medium") if finding.date else "",
            "question": self.question(finding.question) if finding.question else "",
            "title": finding.title
            or self.framework.title_text(finding.title_key, self.voice.language),
        }
        return capitalised(self.say(text).format_map(values | said))

    def title(self, finding: Finding) -> str:
        """The conclusion of a finding, as a sentence without its full stop."""
        return self.fill(self.framework.findings[finding.kind].title, finding)


def capitalised(text: str) -> str:
    """The text as a sentence begins, the rest untouched."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", "…", ".”", ". »")) else text + "."
