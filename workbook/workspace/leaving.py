"""What goes with somebody who is erased: they are asked no more, and their link opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.store import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.model.engagement import Engagement


def leaving(engagement: Engagement, person: str) -> Iterator[Change]:
    """The changes that take a person, or respondent, out of a workshop; none outside of one."""
    if not engagement.rounds and not engagement.invitations:
        return
    asked = {r.id: r for r in engagement.respondents if person in (r.id, r.person)}
    for key, respondent in asked.items():
        if not respondent.withdrawn:
            value = respondent.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
            yield Change(("respondent", key), {**value, "withdrawn": True})
    for invitation in engagement.invitations:
        if invitation.respondent in asked and not invitation.revoked:
            value = invitation.model_dump(
                mode="json", exclude_defaults=True, exclude={"respondent"}
            )
            yield Change(("invitation", invitation.respondent), {**value, "revoked": True})
