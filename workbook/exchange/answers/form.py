"""The questions of a form that is sent out elsewhere, in words that its export is read back by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbook.i18n import Voice
from workbook.model.engagement import Engagement
from workbook.model.framework import Area
from workbook.model.rules import Rules
from workbook.scoring.scope import asked, in_scope, ruled_out
from workbook.wording.headings import asking
from workbook.wording.names import Vocabulary


class TargetKind(StrEnum):
    """What a question of a form asks for."""

    OWNER = "owner"
    DEPUTY = "deputy"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Target:
    """What a column of answers is about: the owner or deputy of a focal point, or a question."""

    kind: TargetKind
    key: str
    instance: str | None = None

    @property
    def name(self) -> str:
        """`promotions`, `promotions/deputy`, `it_from_day_one` or `ready_date/erp`."""
        if self.kind is TargetKind.DEPUTY:
            return f"{self.key}/{self.kind}"
        return f"{self.key}/{self.instance}" if self.instance else self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion:
    """A question as it is pasted into a form; without `options` the answer is a text."""

    area: Area
    target: Target
    text: str
    help: str = ""
    options: tuple[str, ...] = ()


def form_questions(
    rules: Rules, engagement: Engagement, voice: Voice, *, deputies: bool = False
) -> Iterator[FormQuestion]:
    """Everything that a respondent of this engagement can be asked, area by area."""
    words, out = Vocabulary(rules, voice), ruled_out(engagement)
    unsure = (asking(voice)["dont_know"], voice.t("Does not apply"))
    for area in rules.areas:
        for point in area.focal_points:
            if in_scope(point, engagement) and point.key not in out:
                owner = Target(TargetKind.OWNER, point.key)
                yield FormQuestion(
                    area=area,
                    target=owner,
                    text=target_text(words, owner),
                    help=words.say(point.help) if point.help else "",
                )
                if deputies:
                    deputy = Target(TargetKind.DEPUTY, point.key)
                    yield FormQuestion(area=area, target=deputy, text=target_text(words, deputy))
        for home, question, instance in asked(rules, engagement):
            if home.key == area.key:
                target = Target(TargetKind.ANSWER, question.key, instance)
                titles = tuple(words.say(option.title) for option in question.options)
                yield FormQuestion(
                    area=area,
                    target=target,
                    text=target_text(words, target),
                    help=words.say(question.help) if question.help else "",
                    options=(*titles, *unsure) if titles else (),
                )


def target_text(words: Vocabulary, target: Target) -> str:
    """The question that a form asks for a target."""
    t = words.voice.t
    if target.kind is TargetKind.ANSWER:
        return words.question(target.key, target.instance)
    if target.kind is TargetKind.DEPUTY:
        return t("{subject}: who stands in?", subject=words.focal(target.key))
    subject = words.spoken(target.key)
    if words.places[target.key][1].kind == "seat":
        return t("Who speaks for {seat} in the programme?", seat=subject)
    return t("Who ultimately answers for {subject}?", subject=subject)
