"""The board of a workshop: who is asked and has answered, the rounds, and what they come to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.scoring.scope import in_scope
from workbook.widgets.views.agenda import agenda_lead
from workbook.widgets.views.discussion import outcomes, room_agenda
from workbook.widgets.views.scene import Scene, View
from workbook.wording.rounds import closed_rounds
from workbook.workshop import still_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.i18n import Voice
    from workbook.model.workshop import Round
    from workbook.scoring.agenda import AgendaItem
    from workbook.widgets.gathering import Gathering

CLOCK = "HH:mm"


def workshop_page(scene: Scene, gathered: Gathering) -> View:
    """Everything that the board shows."""
    current, items = gathered.current, room_agenda(scene, gathered)
    return {
        "state": _state(scene, gathered),
        "open": current is not None,
        "first": not gathered.rounds,
        "anonymous": scene.engagement.anonymous,
        "privacy": _privacy(scene),
        "still_open": len(still_open(scene.rules, scene.engagement, scene.evaluation)),
        "people": [_person(scene, gathered, person.id) for person in scene.engagement.people],
        "answered": _answered(scene, gathered),
        "rounds": list(closed_rounds(scene.engagement, scene.voice)),
        "time": _time(scene),
        "agenda": _agenda(scene.voice, items, gathered.left),
        "outcomes": outcomes(scene, gathered, items),
        "outcomes_note": _outcomes_note(scene, gathered),
        "parked": [
            {
                "id": item.id,
                "text": item.text,
                "by": scene.respondent(item.respondent) if item.respondent else "",
                "settled": item.settled,
            }
            for item in scene.engagement.parked
        ],
        "door": {"address": gathered.door.address, "picture": gathered.door.picture}
        if gathered.door
        else None,
    }


def _state(scene: Scene, gathered: Gathering) -> str:
    v, rounds = scene.voice, gathered.rounds
    if not rounds:
        return v.t("No round has been opened yet.")
    number, last = len(rounds), rounds[-1]
    if last.closed is None:
        opened = v.time(last.opened.astimezone(), CLOCK)
        return v.t("Round {number} has been open since {time}.", number=number, time=opened)
    closed = v.time(last.closed.astimezone(), CLOCK)
    return v.t("Round {number} was closed at {time}.", number=number, time=closed)


def _time(scene: Scene) -> View:
    """How long the room has, and until when; the page itself counts down."""
    timetable = scene.engagement.timetable
    if timetable is None or timetable.begun is None:
        return {"minutes": timetable and timetable.minutes, "ends": None, "until": ""}
    ends = timetable.begun + dt.timedelta(minutes=timetable.minutes)
    until = scene.voice.t("until {time}", time=scene.voice.time(ends.astimezone(), CLOCK))
    return {"minutes": timetable.minutes, "ends": ends.isoformat(), "until": until}


def _agenda(voice: Voice, items: Sequence[AgendaItem], left: int | None) -> str:
    """How long what is left to talk about takes, and how much of it fits."""
    if not items:
        return ""
    if left is None:
        minutes = sum(item.minutes for item in items)
        return agenda_lead(voice, len(items), minutes, len(items), minutes)
    fitting = [item for item in items if item.minutes]
    if len(fitting) == len(items):
        minutes = sum(item.minutes for item in items)
        return agenda_lead(voice, len(items), minutes, len(items), left)
    usual = sum(item.usual for item in items)
    return agenda_lead(voice, len(items), usual, len(fitting), max(left, 0))


def _privacy(scene: Scene) -> str:
    if scene.engagement.anonymous:
        return scene.voice.t(
            "Without names: what people say is shown when a round closes, where at least {count} "
            "have answered.",
            count=scene.rules.thresholds.small_group,
        )
    return scene.voice.t("With names: everybody is told so before they answer.")


def _person(scene: Scene, gathered: Gathering, person: str) -> View:
    respondent = next((r for r in scene.engagement.respondents if r.person == person), None)
    is_asked = respondent is not None and not respondent.withdrawn
    done = gathered.answered.get(respondent.id, 0) if respondent else 0
    total = (
        _total(scene, gathered.rounds[-1], respondent.areas)
        if respondent and is_asked and (gathered.rounds)
        else 0
    )
    tone, sign = ("ready", "✓") if total and done >= total else ("unknown", "○")
    if 0 < done < total:
        tone, sign = "nearly", "◐"
    return {
        "id": person,
        "asked": is_asked,
        "done": done,
        "text": scene.voice.t("{number} of {total}", number=done, total=total) if total else "",
        "tone": tone,
        "sign": sign,
    }


def _total(scene: Scene, asked: Round, areas: tuple[str, ...]) -> int:
    return sum(
        in_scope(focal_point, scene.engagement) and asked.asks(focal_point.key)
        for area in scene.rules.areas
        if not areas or area.key in areas
        for focal_point in area.focal_points
    )


def _answered(scene: Scene, gathered: Gathering) -> str:
    asked = [r for r in scene.engagement.respondents if not r.withdrawn]
    count = sum(bool(gathered.answered.get(r.id)) for r in asked)
    return (
        scene.voice.n(
            "{count} of {total} has answered",
            "{count} of {total} have answered",
            count,
            total=len(asked),
        )
        if gathered.rounds
        else ""
    )


def _outcomes_note(scene: Scene, gathered: Gathering) -> str:
    if gathered.current and scene.engagement.anonymous:
        return scene.voice.t("What is said in this round is shown once it is closed.")
    if gathered.current:
        return scene.voice.t("Live, and only here: who answers sees nobody else’s answers.")
    return ""
