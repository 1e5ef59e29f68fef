"""A list that came in by the screen: how it is to be read, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.errors import BadInput, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from workbook.exchange.intake import ImportPlan
    from workbook.exchange.request import ImportRequest
    from workbook.exchange.tables.grid import Grid
    from workbook.workshop import Passes
    from workbook.workspace import Session

MOST_BYTES = 10_000_000
"""Bytes of a file that a screen takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file or a pasted text for an engagement; `problems` say why it has no tables."""

    engagement: str
    name: str
    pasted: bool
    request: ImportRequest
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in, and what it would change or why it cannot be taken over."""

    incoming: Incoming
    plan: ImportPlan | None = None
    problems: tuple[Problem, ...] = ()


def read_incoming(
    engagement: str, name: str, content: bytes | str, request: ImportRequest
) -> Incoming:
    """The tables of a file, or of a pasted text; why there are none if they cannot be read."""
    from workbook.exchange.people.cells import pasted_grids
    from workbook.exchange.tables.reading import grids_of

    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()
    if len(content) > MOST_BYTES:
        fix = f"write workbook import FILE --engagement {engagement}"
        problems = (Problem(f"larger than {MOST_BYTES // 1_000_000} MB", fix, file=name),)
    else:
        try:
            if isinstance(content, str):
                grids = pasted_grids(content, name)
            else:
                grids = grids_of(content, name)
        except BadInput as bad:
            problems = bad.problems
    return Incoming(
        engagement=engagement,
        name=name,
        pasted=isinstance(content, str),
        request=request,
        grids=grids,
        problems=problems,
    )


class Importer:
    """Plans an import anew only when what it rests on changes: a screen asks every second."""

    def __init__(self, passes: Callable[[], Passes]) -> None:
        self._passes = passes
        self._last: tuple[tuple[Any, ...], Intake] | None = None

    def intake(
        self,
        incoming: Incoming | None,
        session: Session,
        today: dt.date,
        usual: Callable[[str], Mapping[str, str]],
    ) -> Intake | None:
        """What an incoming list would change now; `usual` is what earlier files were read by."""
        if incoming is None or incoming.engagement != session.key:
            return None
        rests_on = (incoming, session.engagement, session.rules, today)
        if self._last is None or any(
            old is not new for old, new in zip(self._last[0], rests_on, strict=True)
        ):
            self._last = rests_on, self._planned(incoming, session, today, usual)
        return self._last[1]

    def _planned(
        self,
        incoming: Incoming,
        session: Session,
        today: dt.date,
        usual: Callable[[str], Mapping[str, str]],
    ) -> Intake:
        from workbook.exchange.intake import plan_of
        from workbook.exchange.request import recipient_of

        if incoming.problems:
            return Intake(incoming, problems=incoming.problems)
        request = replace(incoming.request, usual=usual(session.key), today=today)
        recipient = recipient_of(session, today, self._passes)
        try:
            plan = plan_of(Path(incoming.name), incoming.grids, recipient, request)
        except BadInput as bad:
            return Intake(incoming, problems=bad.problems)
        return Intake(incoming, plan)
