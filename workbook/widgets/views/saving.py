"""The honest "saved" sign, and what two people changed at the same time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.i18n import Voice
from workbook.widgets.views.scene import Json, Scene, View

if TYPE_CHECKING:
    from workbook.workspace import Conflict, Session


def saved_view(session: Session | None, voice: Voice) -> View:
    """Saved and when; being saved; or kept here because the store cannot be reached."""
    t = voice.t
    if session is None or (session.saved_at is None and not session.pending):
        return {
            "state": "nothing",
            "tone": "unknown",
            "sign": "○",
            "text": t("Nothing to save yet"),
        }
    waiting = len(session.pending)
    if waiting and session.trouble:
        text = voice.n(
            "Not saved: the store is away. One change is kept here and written when it is back.",
            "Not saved: the store is away. "
            "{count} changes are kept here and written when it is back.",
            waiting,
        )
        return {"state": "away", "tone": "not", "sign": "○", "text": text}
    if waiting:
        return {"state": "saving", "tone": "unknown", "sign": "◌", "text": t("Saving…")}
    if session.saved_at is None:
        return {
            "state": "nothing",
            "tone": "unknown",
            "sign": "○",
            "text": t("Nothing to save yet"),
        }
    text = t("Saved {time}", time=voice.time(session.saved_at.astimezone()))
    return {"state": "saved", "tone": "ready", "sign": "●", "text": text}


def conflicts_view(scene: Scene, session: Session | None) -> list[View]:
    """Each subject that several people changed unseen by each other, with both values."""
    return [_conflict(scene, session.actor, one) for one in session.conflicts] if session else []


def sides(conflict: Conflict, actor: str) -> tuple[tuple[str, Json], tuple[str, Json]]:
    """(who, value) of the two values to choose between; one's own is the first if there is one."""
    own = [pair for pair in conflict.values if pair[0] == actor]
    others = [pair for pair in conflict.values if pair[0] != actor]
    return (own or others)[-1 if own else 0], (others or own)[-1]


def _conflict(scene: Scene, actor: str, conflict: Conflict) -> View:
    t = scene.voice.t
    (first, kept), (second, other) = sides(conflict, actor)
    one, two = (_value(scene, conflict.subject, value) for value in (kept, other))
    if first == actor:
        text = t("You and {name} changed this at the same time.", name=second)
        mine = t("Keep mine: {value}", value=one)
        theirs = t("Take theirs: {value}", value=two)
    else:
        text = t("{name} and {other} changed this at the same time.", name=first, other=second)
        mine = t("Take {name}’s: {value}", name=first, value=one)
        theirs = t("Take {name}’s: {value}", name=second, value=two)
    key = "/".join(conflict.subject)
    title = _subject(scene, conflict.subject)
    return {"key": key, "title": title, "text": text, "mine": mine, "theirs": theirs}


def _subject(scene: Scene, subject: tuple[str, ...]) -> str:
    kind, *names = subject
    if kind == "decision":
        return scene.focal(names[0])
    if kind == "answer":
        return scene.question(names[0], names[1] or None)
    return scene.party(names[0]) if names else scene.engagement.organisation.name


def _value(scene: Scene, subject: tuple[str, ...], value: Json) -> str:
    if value is None:
        return scene.voice.t("nothing")
    one = value[-1] if isinstance(value, list) and value and isinstance(value[-1], dict) else value
    if subject[0] == "decision" and isinstance(one, dict):
        return scene.party(one.get("owner"))
    if isinstance(one, dict):
        return str(one.get("value") or one.get("name") or one.get("state") or "…")
    return str(one)
