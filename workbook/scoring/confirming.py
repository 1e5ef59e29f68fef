"""When owners confirm again that they own a subject: a period after they did so last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workbook.model.days import shifted
from workbook.scoring.encode import EngagementReading


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A decided subject, who owns it, since when that is confirmed, and until when it holds."""

    focal_point: str
    owner: str
    since: dt.date
    due: dt.date


def confirmations(reading: EngagementReading) -> tuple[Confirmation, ...]:
    """Every dated decision that names an owner, in the framework's order.

    It holds for the `stale_days` of the framework, or of the engagement's overlay, from the day on
    which it was confirmed, else decided. After `due` it is a finding, `stale_ownership`.
    """
    period = reading.rules.thresholds.stale_days
    held = []
    for key, panel in reading.panels.items():
        cell = reading.holders.get(key)
        decision = panel.decision if panel.decided else None
        if cell is None or decision is None:
            continue
        since = max(filter(None, (decision.confirmed_on, decision.decided_on)), default=None)
        if since:
            held.append(Confirmation(key, cell.party, since, shifted(since, period)))
    return tuple(held)
