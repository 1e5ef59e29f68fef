"""What two people changed at the same time: both values, told by what differs between them.

Two words tell it apart: *parallel* changes touch different fields, so that both may stand; in a
*conflict* the same field has two values, and somebody has to choose.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.model.engagement import State
from workbook.widgets.views.scene import Json, Scene, View
from workbook.wording.answers import value_text
from workbook.wording.fields import field_names, value_names
from workbook.wording.figures import NO_NUMBER
from workbook.wording.headings import headings

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from workbook.store import Conflict
    from workbook.store.events import Subject

SHOWN = 3
"""How many fields of a value are told."""
LONGEST = 60
UNANSWERED = (State.NOT_APPLICABLE, State.UNKNOWN)
_PARALLEL, _CONFLICT = ("nearly", "="), ("risk", "≠")
"""Tone and sign of each of the two."""
PARTIES = ("owner", "deputy", "lead", "responsible", "consulted", "informed")


def conflicts_view(
    scene: Scene, conflicts: Iterable[Conflict], actor: str, merges: Container[Subject]
) -> list[View]:
    """Each subject that several people changed unseen by each other, with both values.

    `merges`: the subjects whose values do not contradict each other, so that both may stand.
    """
    t = scene.voice.t
    return [
        {
            **_conflict(scene, actor, conflict, parallel=conflict.subject in merges),
            "both": t("Keep both") if conflict.subject in merges else None,
        }
        for conflict in conflicts
        if not _is_a_voice(conflict.subject)
    ]


def _is_a_voice(subject: Subject) -> bool:
    """What somebody says alone: their latest answer counts, and it is nobody else's to settle."""
    return subject[0] == "nomination" or (subject[0] == "answer" and bool(subject[3]))


def sides(conflict: Conflict, actor: str) -> tuple[tuple[str, Json], tuple[str, Json]]:
    """(who, value) of the two values to choose between; one's own is the first if there is one."""
    own = [pair for pair in conflict.values if pair[0] == actor]
    others = [pair for pair in conflict.values if pair[0] != actor]
    if not own:
        return others[0], others[-1]
    return own[-1], others[-1] if others else own[0]


def _conflict(scene: Scene, actor: str, conflict: Conflict, *, parallel: bool) -> View:
    t = scene.voice.t
    (first, own), (second, other) = sides(conflict, actor)
    own_text = _described(scene, conflict.subject, own, other)
    other_text = _described(scene, conflict.subject, other, own)
    if first == actor:
        text = (
            t("You and {name} changed different things of it at the same time.", name=second)
            if parallel
            else t("You and {name} changed this at the same time.", name=second)
        )
        mine = t("Keep mine: {value}", value=own_text)
        theirs = t("Take theirs: {value}", value=other_text)
    else:
        names = {"name": first, "other": second}
        text = (
            t("{name} and {other} changed different things of it at the same time.", **names)
            if parallel
            else t("{name} and {other} changed this at the same time.", **names)
        )
        mine = t("Take {name}’s: {value}", name=first, value=own_text)
        theirs = t("Take {name}’s: {value}", name=second, value=other_text)
    key = "/".join(conflict.subject)
    title = _subject(scene, conflict.subject)
    word = t("Parallel changes") if parallel else t("Conflict")
    tone, sign = _PARALLEL if parallel else _CONFLICT
    return {
        "key": key,
        "tone": tone,
        "sign": sign,
        "word": word,
        "title": title,
        "text": text,
        "mine": mine,
        "theirs": theirs,
    }


def _subject(scene: Scene, subject: Subject) -> str:
    """What was changed, by its name."""
    kind, *names = subject
    t = scene.voice.t
    titles: dict[str, Callable[[], str]] = {
        "decision": lambda: scene.focal(names[0]),
        "answer": lambda: scene.question(names[0], names[1] or None),
        "scope": lambda: _groups(scene).get(names[0], names[0]),
        "programme": lambda: headings(scene.voice)["programme"],
        "round": lambda: t("Round {number}", number=names[0]),
        "timetable": lambda: t("Time of the room"),
        "anonymous": lambda: t("Ask without names"),
        "parked": lambda: t("To talk about later"),
        "respondent": lambda: scene.respondent(names[0]),
        "invitation": lambda: scene.respondent(names[0]),
    }
    if kind in titles:
        return titles[kind]()
    return scene.party_label(names[0]) if names else scene.engagement.organisation.name


def _groups(scene: Scene) -> dict[str, str]:
    return {group.key: scene.say(group.title) for group in scene.rules.scopes}


def _described(scene: Scene, subject: tuple[str, ...], value: Json, other: Json) -> str:
    """A value in a few words, so that it can be told from the other one."""
    mine, two = _latest(value), _latest(other)
    if mine is None:
        return scene.voice.t("nothing")
    if subject[0] == "scope":
        keys = [key for key in mine if key not in (two or ())]
        more = scene.voice.listing(map(scene.focal, keys))
        return more or scene.voice.t("nothing more")
    if not isinstance(mine, dict):
        return _word(scene, mine, None)
    others = two if isinstance(two, dict) else {}
    names = field_names(scene.voice)
    differing = [key for key in names if mine.get(key) != others.get(key)]
    if not differing:
        is_round = subject[0] == "round"
        return _round(scene, mine) if is_round else str(mine.get("name") or "…")
    main = ("owner", "value", "name", "state")
    if differing[0] in main:
        return _field(scene, subject, differing[0], mine)
    return " · ".join(
        scene.labelled(names[key], _field(scene, subject, key, mine)) for key in differing[:SHOWN]
    )


def _round(scene: Scene, asked: dict[str, Json]) -> str:
    """What a round asks; one that is closed is closed for good, and in no conflict."""
    v, subjects = scene.voice, asked.get("focal_points")
    if not subjects:
        return v.t("every subject")
    return v.n("one subject that is open", "{count} subjects that are open", len(subjects))


def _latest(value: Json) -> Json:
    several = isinstance(value, list) and value and isinstance(value[-1], dict)
    return value[-1] if several else value


def _field(scene: Scene, subject: tuple[str, ...], key: str, fields: dict[str, Json]) -> str:
    value, state = fields.get(key), fields.get("state")
    if key in ("owner", "value", "state") and state in UNANSWERED:
        return value_names(scene.voice)[state]
    if isinstance(value, dict):
        value = value.get("state")
    if value is None or value == []:
        return NO_NUMBER
    several = value if isinstance(value, list) else [value]
    if key in PARTIES:
        return scene.voice.listing(map(scene.party_label, several))
    question = subject[1] if subject[0] == "answer" and key == "value" else None
    return _short(scene.voice.listing(_word(scene, word, question) for word in several))


def _word(scene: Scene, value: Json, question: str | None) -> str:
    if isinstance(value, bool):
        return scene.voice.t("yes") if value else scene.voice.t("no")
    try:
        return scene.voice.date(dt.date.fromisoformat(value), "medium")
    except (TypeError, ValueError):
        text = str(value)
    return value_text(scene, question, text) if question else _titles(scene).get(text, text)


def _titles(scene: Scene) -> dict[str, str]:
    profiles = {profile.key: scene.say(profile.title) for profile in scene.rules.profiles}
    models = {model.key: scene.say(model.title) for model in scene.rules.business_models}
    return value_names(scene.voice) | profiles | models


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
