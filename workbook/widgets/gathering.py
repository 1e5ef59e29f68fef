"""What the board tells of a workshop beside its engagement: who has answered, what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook.store import change_rate

if TYPE_CHECKING:
    from workbook.model.workshop import Round, Timetable
    from workbook.store.rounds import Voices
    from workbook.widgets.door import RoomAddress
    from workbook.workspace import Session


@dataclass(frozen=True, slots=True)
class Gathering:
    """The rounds of a session.

    `answered`: respondent ↦ focal points spoken about in the last round; `spoke`: round ↦ how many
    respondents spoke in it. `changed`: focal point ↦ the share of answers that changed from the
    round before to the last closed one, among those who spoke in both. `door` is where a room
    joins, with its picture. `left`: minutes that the room still has, None without a limit.
    """

    rounds: tuple[Round, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    spoke: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, float] = field(default_factory=dict)
    door: RoomAddress | None = None
    left: int | None = None

    @property
    def current(self) -> Round | None:
        """The round that is open."""
        return next((asked for asked in self.rounds if asked.closed is None), None)


def gathering(session: Session, door: RoomAddress | None, now: dt.datetime) -> Gathering:
    """What a session knows of its workshop."""
    rounds: tuple[Round, ...] = session.part("rounds")
    timetable: Timetable | None = session.part("timetable")
    left = timetable.left(now) if timetable else None
    if not rounds:
        return Gathering(door=door, left=left)
    respondents = session.part("respondents")
    last = session.round_log(rounds[-1].id)
    return Gathering(
        rounds=rounds,
        answered={r.id: last.answered(r.id) for r in respondents},
        spoke={asked.id: len(session.round_log(asked.id).last) for asked in rounds},
        changed=_changed(session, rounds),
        door=door,
        left=left,
    )


def closing(session: Session) -> dict[str, Any]:
    """What the closing of the open round writes down: how many spoke, what share changed."""
    rounds: tuple[Round, ...] = session.part("rounds")
    if not rounds:
        return {}
    pairs = _pairs(session, rounds).values()
    rate = change_rate(pairs, _least(session, rounds))
    return {"spoke": len(session.round_log(rounds[-1].id).last), "changed": rate}


def _changed(session: Session, rounds: tuple[Round, ...]) -> dict[str, float]:
    pairs = _pairs(session, [asked for asked in rounds if asked.closed])
    rates = ((key, change_rate([pair], _least(session, rounds))) for key, pair in pairs.items())
    return {key: rate for key, rate in rates if rate is not None}


def _least(session: Session, rounds: tuple[Round, ...]) -> int:
    """The smallest group that a share may be told of; 0 where names are shown."""
    return rounds[-1].small_group if session.part("anonymous") else 0


def _pairs(session: Session, rounds: Sequence[Round]) -> dict[str, tuple[Voices, Voices]]:
    """What was said of each focal point in the last of these rounds, and in the one before."""
    if len(rounds) < 2:  # noqa: PLR2004 - two rounds are compared
        return {}
    before, after = (session.round_log(asked.id).voices for asked in rounds[-2:])
    return {key: (before.get(key, {}), voices) for key, voices in after.items()}
