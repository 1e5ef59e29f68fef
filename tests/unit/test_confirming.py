"""Which owners confirm again that they own a subject, and from which day on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.small import engagement, rules, says
from workbook.scoring.confirming import Confirmation, confirmations
from workbook.scoring.encode import read_engagement

RULES = rules()


def confirmed(*decisions: dict[str, Any], **facts: Any) -> tuple[Confirmation, ...]:
    document = engagement(decisions=decisions, **facts)
    return confirmations(read_engagement(RULES, document))


@pytest.mark.parametrize(
    ("decided", "again", "since"),
    [
        ("2026-01-10", None, "2026-01-10"),
        ("2026-01-10", "2026-03-01", "2026-03-01"),
        ("2026-03-01", "2026-01-10", "2026-03-01"),
        (None, "2026-03-01", "2026-03-01"),
    ],
)
def test_a_confirmation_counts_from_the_later_of_its_two_days(
    decided: str | None, again: str | None, since: str
) -> None:
    dates = {"decided_on": decided, "confirmed_on": again}
    (only,) = confirmed({"focal_point": "f1", "owner": "ana", **dates})
    assert (only.focal_point, only.owner, only.since.isoformat()) == ("f1", "ana", since)
    assert (only.due - only.since).days == RULES.thresholds.stale_days


def test_nobody_confirms_what_is_not_decided_for_somebody_on_a_day() -> None:
    """What the voices agree on, too, has been settled on no day."""
    votes = [says(f"r{n}", "f1", "ana", deputy="eve") for n in (1, 2, 3)]
    day = {"decided_on": "2026-01-10"}
    for decision in (
        {"owner": "ana"},
        {"owner": "nobody", **day},
        {"state": "unknown", **day},
        {"responsible": ["eve"], **day},
    ):
        assert confirmed({"focal_point": "f1", **decision}, nominations=votes) == ()
    assert confirmed(nominations=votes) == ()
