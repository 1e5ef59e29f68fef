"""What a framework calls things in one language: areas, focal points, questions, criteria."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook.i18n import Voice, chosen, languages, voice
from workbook.model.base import Text
from workbook.model.framework import Area, Criterion, FocalPoint, Question
from workbook.model.rules import Rules

QUOTED = re.compile("“[^“”]*”|«[^«»]*»|„[^„“]*“")
"""A text that somebody has put between marks already, whatever its language."""


@dataclass(frozen=True)
class Vocabulary:
    """A framework in the language of a voice."""

    rules: Rules
    voice: Voice

    @cached_property
    def places(self) -> Mapping[str, tuple[Area, FocalPoint]]:
        """Every focal point with its area."""
        return self.rules.places()

    @cached_property
    def questions(self) -> Mapping[str, tuple[Area, Question]]:
        """Every question with its area."""
        return self.rules.questions()

    def say(self, text: Text) -> str:
        """A text of the framework in this language."""
        return text[self.voice.language]

    def area(self, key: str) -> str:
        """The area's title."""
        return self.say(self.rules.area(key).title)

    def focal(self, key: str) -> str:
        """The focal point's title."""
        return self.say(self.places[key][1].title) if key in self.places else key

    def spoken(self, key: str) -> str:
        """The focal point as it stands in a sentence: with its article, else between quotes."""
        spoken = self.places[key][1].spoken if key in self.places else None
        return self.say(spoken) if spoken else self.quoted(self.focal(key))

    def question(self, key: str, instance: str | None = None) -> str:
        """The question's title, after the system or seat that it is asked of."""
        title = self.say(self.questions[key][1].title) if key in self.questions else key
        if instance is None:
            return title
        # A question begins with a capital, which French does not put after a colon.
        return self.voice.t("{subject}: {question}", subject=self.focal(instance), question=title)

    def criterion(self, criterion: Criterion) -> str:
        """The criterion's name."""
        t = self.voice.t
        return {
            Criterion.NAMED: t("Named"),
            Criterion.CLEAR: t("Clear"),
            Criterion.FITTING: t("Fitting"),
            Criterion.BACKED_UP: t("Backed up"),
            Criterion.COMMITTED: t("Committed"),
        }[criterion]

    def profile(self, key: str) -> str:
        """The size of an organisation; the key itself where the framework has no such profile."""
        titles = {profile.key: profile.title for profile in self.rules.profiles}
        return self.say(titles[key]) if key in titles else key

    def business_models(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of business models, as given; an unknown key stands for itself."""
        titles = {model.key: model.title for model in self.rules.business_models}
        return tuple(self.say(titles[key]) if key in titles else key for key in keys)

    def quoted(self, text: str) -> str:
        """The text between the quotation marks of the language, its own turned into inner ones."""
        begin, end = self.voice.t("“{text}”", text="|").split("|")
        opening, closing = self.voice.t("‘{text}’", text="|").split("|")
        text = text.strip()
        if QUOTED.fullmatch(text):
            text = text[1:-1].strip()
        text = re.sub(rf"{begin.strip()}\s?", opening, text)
        text = re.sub(rf"\s?{end.strip()}", closing, text)
        return f"{begin}{text}{end}"

    def labelled(self, label: str, text: str) -> str:
        """A text after its label: `label: text`, with the space that the language wants."""
        return labelled(label, text, self.voice)

    def listing(self, names: Iterable[str], limit: int = 4) -> str:
        """`a, b and c`; with more than `limit`, `a, b, c and 4 more`."""
        every = list(names)
        if len(every) <= limit:
            return self.voice.listing(every)
        rest = len(every) - limit + 1
        more = self.voice.n("one more", "{rest} more", rest, rest=self.count(rest))
        return self.voice.listing([*every[: limit - 1], more])

    def count(self, number: int, text: Text | None = None) -> str:
        """A count as it stands in a sentence: in words up to nine.

        In the language of `text`, where it stands in one that another language stands in for.
        """
        v = self.voice
        if text is not None and text.shown_in(v.language) != v.language:
            v = voice(chosen(text.shown_in(v.language), languages()))
        words = (
            v.t("none"), v.t("one"), v.t("two"), v.t("three"), v.t("four"),
            v.t("five"), v.t("six"), v.t("seven"), v.t("eight"), v.t("nine"),
        )  # fmt: skip
        return words[number] if number < len(words) else v.number(number)


def labelled(label: str, text: str, voice: Voice) -> str:
    """A text after its label, for who has a voice and no framework."""
    return voice.t("{label}: {text}", label=label, text=text)


def capitalised(text: str) -> str:
    """The text as a sentence begins, the rest untouched."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", "…", ".”", ". »", ".“")) else text + "."
