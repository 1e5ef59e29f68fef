"""What is held on one person, event by event: what others may read of them is told as they may."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbook.store import Change, Traces, traces

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.store import Event, Json, Subject
    from workbook.workspace.session import Session


class HoldingKind(StrEnum):
    """What something that is held is to the person."""

    DETAILS = "details"
    ANSWER = "answer"
    NAMED = "named"
    LINK = "link"
    MENTION = "mention"
    WROTE = "wrote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that is held; `time` and `actor` are not told where voices have no names."""

    kind: HoldingKind
    subject: Subject
    value: Json
    time: dt.datetime | None = None
    actor: str = ""


def holdings(session: Session, person: str, small_group: int) -> tuple[Holding, ...]:
    """Everything that an engagement holds on a person or respondent, in order.

    BadInput if it never had such a person. In anonymous mode nobody learns who named them: what
    others say is told as it was released, of at least `small_group` voices.
    """
    history, engagement = session.history(), session.engagement
    trail = traces(history, person)
    events = (_of_event(event, trail, anonymous=engagement.anonymous) for event in history)
    released = _released(engagement, trail, small_group) if engagement.anonymous else ()
    return (*filter(None, events), *released)


def _of_event(event: Event, trail: Traces, *, anonymous: bool) -> Holding | None:
    kind = _kind(event, trail)
    speaker = Change(event.subject, event.value).speaker
    if kind is None or (anonymous and speaker and speaker not in trail.ids):
        return None
    return Holding(
        kind=kind, subject=event.subject, value=event.value, time=event.time, actor=event.actor
    )


def _kind(event: Event, trail: Traces) -> HoldingKind | None:
    subject = event.subject
    if subject[0] in {"person", "respondent", "external"} and subject[1] in trail.ids:
        return HoldingKind.DETAILS
    if subject[0] == "invitation" and subject[1] in trail.ids:
        return HoldingKind.LINK
    if Change(subject, event.value).speaker in trail.ids:
        return HoldingKind.ANSWER
    if trail.names(event):
        return HoldingKind.NAMED
    if trail.mentions(event):
        return HoldingKind.MENTION
    return HoldingKind.WROTE if trail.wrote(event) else None


def _released(engagement: Engagement, trail: Traces, small_group: int) -> Iterator[Holding]:
    voices = Counter(n.focal_point for n in engagement.nominations)
    for nomination in engagement.nominations:
        roles = {"party": nomination.party, "deputy": nomination.deputy}
        named = {role: party for role, party in roles.items() if party in trail.ids}
        own = nomination.respondent in trail.ids
        if named and not own and voices[nomination.focal_point] >= small_group:
            subject = ("nomination", "", nomination.focal_point)
            yield Holding(kind=HoldingKind.NAMED, subject=subject, value=named)
