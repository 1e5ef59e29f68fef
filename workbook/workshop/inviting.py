"""Personal links: who gets one, until which day, and which are taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from workbook.errors import BadInput, Problem, nearest
from workbook.model.engagement import SESSION
from workbook.model.workshop import Invitation
from workbook.store import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.model.engagement import Engagement, Respondent
    from workbook.store import RoundLog


def asked_alone(engagement: Engagement) -> list[Respondent]:
    """Everybody who is asked; BadInput if nobody is."""
    respondents = [r for r in engagement.respondents if not r.withdrawn]
    if not respondents:
        raise BadInput(Problem("nobody is asked yet", "say who answers"))
    return respondents


def silent_in(engagement: Engagement, log: RoundLog) -> list[Respondent]:
    """Those who are asked and have not spoken in a round."""
    return [r for r in asked_alone(engagement) if r.id not in log.last]


def latest(engagement: Engagement, respondent: str) -> Invitation | None:
    """The latest invitation of a respondent."""
    return next((i for i in engagement.invitations if i.respondent == respondent), None)


def invite(engagement: Engagement, respondent: str, until: dt.date) -> Invitation:
    """An invitation until a day. Earlier links stay good, unless they were taken back."""
    standing = latest(engagement, respondent)
    if standing and not standing.revoked:
        return standing.model_copy(update={"until": until})
    serial = standing.serial + 1 if standing else 1
    return Invitation(respondent=respondent, until=until, serial=serial)


def joining_of(standing: Invitation | None, respondent: str, today: dt.date) -> Invitation:
    """The invitation of a respondent who has taken their name in the room."""
    held = standing or Invitation(respondent=respondent, until=today)
    return held.model_copy(update={"joined": True})


def board_serial(invitations: Iterable[Invitation]) -> int:
    """The serial number of the board's links that open it: of those that were not taken back."""
    standing = next((i for i in invitations if i.respondent == SESSION), None)
    return standing.serial + 1 if standing else 1


def revoke_board(engagement: Engagement, today: dt.date) -> Invitation:
    """Every link to the board that there is, taken back."""
    serial = board_serial(engagement.invitations)
    return Invitation(respondent=SESSION, until=today, serial=serial, revoked=True)


def respondent_named(engagement: Engagement, name: str, path: str) -> Respondent:
    """A respondent by id or name; BadInput at `path` for anybody else."""
    named = {engagement.respondent_name(r): r for r in engagement.respondents}
    known = {**named, **{r.id: r for r in engagement.respondents}}
    keys = {text.casefold(): respondent for text, respondent in known.items()}
    if respondent := keys.get(name.strip().casefold()):
        return respondent
    problem = f"nobody called “{name}” is asked"
    raise BadInput(Problem(problem, nearest(name, known), "command line", path=path))


def revoke(engagement: Engagement, name: str, today: dt.date) -> Invitation:
    """The invitation of a respondent, named by id or name, taken back: it opens nothing."""
    respondent = respondent_named(engagement, name, "--revoke").id
    standing = latest(engagement, respondent) or invite(engagement, respondent, today)
    return standing.model_copy(update={"revoked": True})


def invitation_change(invitation: Invitation) -> Change:
    """An invitation as a change of its engagement."""
    value = invitation.model_dump(mode="json", exclude_defaults=True, exclude={"respondent"})
    return Change(("invitation", invitation.respondent), value)
