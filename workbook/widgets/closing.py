"""What a closing compares with: the moment signed before, else the engagement as it began."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.scoring import evaluate
from workbook.store import EventKind
from workbook.widgets.state import Before
from workbook.workspace.comparing import MomentsCompared, compared

if TYPE_CHECKING:
    from workbook.workspace import Baseline, Session


@dataclass(frozen=True, slots=True)
class Signing:
    """The named moments; the one that nothing has changed since, and what came before it.

    `since` names the last moment that something may have changed after, and `compared` says what.
    """

    baselines: tuple[Baseline, ...] = ()
    signed: str | None = None
    before: Before | None = None
    since: str | None = None
    compared: MomentsCompared | None = None


class Closer:
    """Works out what came before only when another moment is signed: a screen asks every second."""

    def __init__(self) -> None:
        self._last: tuple[tuple[str, int, dt.date], Before] | None = None
        self._compared: tuple[tuple[str, str, int, dt.date], MomentsCompared] | None = None

    def signing(self, session: Session, as_of: dt.date, *, compares: bool = True) -> Signing:
        """The signing of a session as it stands; `compares` with who owned what before."""
        baselines = session.baselines
        is_signed = bool(baselines) and session.is_at(baselines[-1].name)
        earlier = baselines[:-1] if is_signed else baselines
        since = earlier[-1].name if earlier else None
        return Signing(
            baselines=baselines,
            signed=baselines[-1].name if is_signed else None,
            before=self._before(session, as_of) if is_signed else None,
            since=since,
            compared=self._compare(session, since, as_of) if since and compares else None,
        )

    def _compare(self, session: Session, since: str, as_of: dt.date) -> MomentsCompared:
        rests_on = (session.key, since, session.revision, as_of)
        if self._compared is None or self._compared[0] != rests_on:
            self._compared = rests_on, compared(session, since, None, as_of)
        return self._compared[1]

    def _before(self, session: Session, as_of: dt.date) -> Before:
        rests_on = (session.key, _seq_before(session), as_of)
        if self._last is None or self._last[0] != rests_on:
            engagement = session.at(rests_on[1])
            before = Before(engagement, evaluate(session.rules, engagement, as_of))
            self._last = rests_on, before
        return self._last[1]


def _seq_before(session: Session) -> int:
    """The last event of what is compared with."""
    if len(session.baselines) > 1:
        return session.baselines[-2].seq
    return max(event.seq for event in session.history() if event.kind is EventKind.CREATED)
