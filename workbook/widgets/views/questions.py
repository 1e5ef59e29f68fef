"""An area's questions as they apply now: children appear once their parent's answer opens them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from workbook.model.engagement import Answer, State
from workbook.model.framework import Area, Question
from workbook.scoring.inquiry import RULED_OUT, Inquiry
from workbook.widgets.notices import unaccepted
from workbook.widgets.views.scene import Scene, View
from workbook.wording.answers import answer_word


def question_groups(scene: Scene, area: Area) -> list[View]:
    """The area's questions in order; one asked per system or seat groups its instances."""
    agreed = {(a.question, a.subject): a for a in scene.engagement.answers if a.respondent is None}
    groups: dict[str, View] = {}
    contradictions = unaccepted(scene.engagement, scene.rules, scene.voice)
    for inquiry in scene.inquiries:
        if inquiry.area.key != area.key or not is_open(inquiry, agreed):
            continue
        question = inquiry.question
        group = groups.setdefault(question.key, _group(scene, question))
        group["items"].append(
            _item(scene, inquiry, agreed.get((question.key, inquiry.instance)), contradictions)
        )
    return list(groups.values())


def is_open(inquiry: Inquiry, agreed: dict[tuple[str, str | None], Answer]) -> bool:
    """Whether a question is asked now: a child only under a parent's answer that opens it."""
    parent = inquiry.question.parent
    if parent is None:
        return True
    if any(cell.respondent is None and cell.outcome == RULED_OUT for cell in inquiry.cells):
        return False  # a question further up has closed the chain
    for instance in (inquiry.instance, None):
        answer = agreed.get((parent.question, instance))
        if answer is not None:
            return answer.state == State.ANSWERED and answer.value in parent.options
    return False


def _group(scene: Scene, question: Question) -> View:
    title = scene.say(question.title).replace("{focal_point}", "…")
    help_ = scene.say(question.help) if question.help else ""
    return {
        "key": question.key,
        "title": title,
        "help": help_,
        "per": bool(question.per),
        "items": [],
    }


def _item(
    scene: Scene, inquiry: Inquiry, answer: Answer | None, contradictions: Mapping[str, str]
) -> View:
    question, instance = inquiry.question, inquiry.instance
    value = answer.value if answer else None
    dates = value if isinstance(value, tuple) else ()
    return {
        "key": f"{question.key}/{instance}" if instance else question.key,
        "question": question.key,
        "instance": instance,
        "subject": scene.focal(instance) if instance else "",
        "title": scene.question(question.key),
        "help": scene.say(question.help) if question.help else "",
        "hint": contradictions.get(question.key, ""),
        "kind": question.kind,
        "options": [{"key": o.key, "title": scene.say(o.title)} for o in question.options],
        "value": [day.isoformat() for day in dates] if question.kind == "dates" else value,
        "shown": [scene.voice.date(day, "medium") for day in dates],
        "state": answer.state if answer else None,
        "reason": answer.reason if answer else None,
        "note": answer.note if answer else None,
        "discuss_later": bool(answer and answer.discuss_later),
        "chip": answer_word(scene, inquiry, answer)._asdict(),
    }


def planned(start: dt.date, until: dt.date, weeks: int) -> list[str]:
    """Dates every so many weeks from a day up to another one, as ISO text."""
    days = range(weeks * 7, (until - start).days + 1, weeks * 7)
    return [(start + dt.timedelta(days=day)).isoformat() for day in days]
