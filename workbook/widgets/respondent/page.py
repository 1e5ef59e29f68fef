"""The view model of a respondent's page: one subject at a time, and a receipt at the end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.widgets.views.frame import languages_view
from workbook.widgets.views.saving import saved_view
from workbook.workshop import who_sees

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.model.engagement import Decision, Respondent
    from workbook.model.framework import Area, FocalPoint
    from workbook.scoring.identity_cache import IdentityCaches
    from workbook.store import Json
    from workbook.widgets.moment import Saving
    from workbook.widgets.respondent.desk import Facts
    from workbook.widgets.views.scene import View


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """One respondent, their answers (focal point ↦ the event's value), and what is theirs.

    `spoken` are the focal points that they have answered, or confirmed, in this round. `cache`
    keeps the views of subjects: of thirty, one changes.
    """

    respondent: Respondent
    answers: Mapping[str, Json]
    spoken: frozenset[str]
    owned: tuple[Decision, ...]
    saving: Saving
    cache: IdentityCaches[View]
    notice: str | None = None


def whole(facts: Facts, mine: AnswerSheet, words: View, parties: View, voice: Voice) -> View:
    """Everything that a respondent's page shows."""
    asked = facts.asked(mine.respondent)
    return {
        "schema": 1,
        "version": 0,
        "lang": voice.language,
        "languages": languages_view(),
        "words": words,
        "engagement": facts.engagement.key,
        "parties": parties,
        "saved": saved_view(mine.saving, voice),
        "notice": mine.notice,
        "page": _page(facts, mine, asked, voice),
    }


def _page(
    facts: Facts, mine: AnswerSheet, asked: list[tuple[Area, FocalPoint]], voice: Voice
) -> View:
    done = sum(focal_point.key in mine.spoken for _, focal_point in asked)
    organisation = facts.engagement.organisation.name
    return {
        "kind": "respond",
        "open": facts.is_open,
        "round": facts.round and facts.round.id,
        "organisation": organisation,
        "hello": voice.t("Hello {name}", name=facts.engagement.respondent_name(mine.respondent)),
        "me": mine.respondent.person,
        "lead": _lead(facts, len(asked), voice),
        "privacy": who_sees(facts.rules, facts.engagement, voice),
        "done": done,
        "total": len(asked),
        "progress": voice.t("{number} of {total}", number=done, total=len(asked)),
        "receipt": _receipt(mine, done, len(asked), voice),
        "owned": [_owned(facts, decision, voice) for decision in mine.owned],
        "owned_lead": voice.n(
            "The room has decided that one subject is yours. Do you take it on?",
            "The room has decided that {count} subjects are yours. Do you take them on?",
            len(mine.owned),
        ),
        "subjects": {
            "order": [focal_point.key for _, focal_point in asked],
            "by": {
                focal_point.key: _subject(area, focal_point, mine, voice)
                for area, focal_point in asked
            },
        },
    }


def _lead(facts: Facts, count: int, voice: Voice) -> str:
    if facts.round is None:
        return voice.t("The first round has not been opened yet. This page goes on by itself.")
    if not facts.is_open:
        return voice.t("This round is closed. Thank you: the room now looks at the answers.")
    return voice.n(
        "One subject: say who you think owns it today.",
        "{count} subjects: say for each who you think owns it today. It takes about five minutes.",
        count,
    )


def _subject(area: Area, focal_point: FocalPoint, mine: AnswerSheet, voice: Voice) -> View:
    value, spoken = mine.answers.get(focal_point.key), focal_point.key in mine.spoken
    return mine.cache.get(
        focal_point.key,
        (focal_point, value),
        lambda: _subject_view(area, focal_point, value, voice, spoken=spoken),
        equal=(voice.language, spoken),
    )


def _subject_view(
    area: Area, focal_point: FocalPoint, value: Json, voice: Voice, *, spoken: bool
) -> View:
    answer = value[0] if value else {}
    return {
        "key": focal_point.key,
        "area": area.title[voice.language],
        "title": focal_point.title[voice.language],
        "help": focal_point.help[voice.language] if focal_point.help else "",
        "party": answer.get("party"),
        "deputy": answer.get("deputy"),
        "confidence": answer.get("confidence"),
        "note": answer.get("note"),
        "ask": answer.get("ask"),
        "state": answer.get("state"),
        "done": spoken,
        "before": bool(value) and not spoken,
    }


def _owned(facts: Facts, decision: Decision, voice: Voice) -> View:
    _, focal_point = facts.rules.places()[decision.focal_point]
    deputy = facts.engagement.parties().get(decision.deputy or "")
    notes = [
        voice.t("Deputy: {name}", name=deputy.name) if deputy else "",
        voice.t("by {date}", date=voice.date(decision.due, "medium")) if decision.due else "",
    ]
    return {
        "key": decision.focal_point,
        "title": focal_point.title[voice.language],
        "notes": " · ".join(filter(None, notes)),
        "acceptance": decision.acceptance.state if decision.acceptance else None,
    }


def _receipt(mine: AnswerSheet, done: int, total: int, voice: Voice) -> View | None:
    """What was received and when, with a code that changes with any answer."""
    if not done or mine.saving.waiting or mine.saving.saved_at is None:
        return None
    text = json.dumps(mine.answers, sort_keys=True, default=str)
    code = hashlib.sha256(text.encode()).hexdigest()[:8].upper()
    return {
        "code": f"{code[:4]}-{code[4:]}",
        "text": voice.t(
            "Received {done} of {total} answers, the last at {time}.",
            done=done,
            total=total,
            time=voice.time(mine.saving.saved_at.astimezone()),
        ),
    }
