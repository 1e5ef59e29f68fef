"""What the board tells of a workshop beside its engagement: who has answered, what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook.store import change_rate

if TYPE_CHECKING:
    from workbook.model.workshop import Round
    from workbook.store import Json
    from workbook.workspace import Session


@dataclass(frozen=True, slots=True)
class Gathering:
    """The rounds of a session.

    `answered`: respondent ↦ focal points spoken about in the last round; `spoke`: round ↦ how many
    respondents spoke in it. `changed`: focal point ↦ the share of answers that changed from the
    round before to the last closed one, among those who spoke in both. `door` is where a room
    joins, with its picture.
    """

    rounds: tuple[Round, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    spoke: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, float] = field(default_factory=dict)
    door: RoomAddress | None = None

    @property
    def current(self) -> Round | None:
        """The round that is open."""
        return next((asked for asked in self.rounds if asked.closed is None), None)


@dataclass(frozen=True, slots=True)
class RoomAddress:
    """Where a room joins: the address, and its QR code as the `src` of an image."""

    address: str
    picture: str


def gathering(session: Session, door: RoomAddress | None) -> Gathering:
    """What a session knows of its workshop."""
    rounds: tuple[Round, ...] = session.part("rounds")
    if not rounds:
        return Gathering(door=door)
    respondents = session.part("respondents")
    last = session.round_log(rounds[-1].id)
    return Gathering(
        rounds=rounds,
        answered={r.id: last.answered(r.id) for r in respondents},
        spoke={asked.id: len(session.round_log(asked.id).last) for asked in rounds},
        changed=_changed(session, rounds),
        door=door,
    )


def closing(session: Session) -> dict[str, Any]:
    """What the closing of the open round writes down: how many spoke, what share changed."""
    rounds: tuple[Round, ...] = session.part("rounds")
    logs = [session.round_log(asked.id) for asked in rounds]
    if not logs:
        return {}
    rate = None
    if len(logs) > 1:
        before, after = (_flat(log.voices) for log in logs[-2:])
        rate = change_rate(before, after)
    return {"spoke": len(logs[-1].last), "changed": rate}


def _flat(voices: Mapping[str, Mapping[str, Json]]) -> dict[str, Json]:
    return {
        f"{key} {who}": value for key, replies in voices.items() for who, value in replies.items()
    }


def _changed(session: Session, rounds: tuple[Round, ...]) -> dict[str, float]:
    closed = [asked for asked in rounds if asked.closed]
    if len(closed) < 2:  # noqa: PLR2004 - two rounds are compared
        return {}
    before, after = (session.round_log(asked.id).voices for asked in closed[-2:])
    rates = ((key, change_rate(before.get(key, {}), voices)) for key, voices in after.items())
    return {key: rate for key, rate in rates if rate is not None}
