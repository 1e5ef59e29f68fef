"""What is told of checkpoints fits their dates."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.content.documents import changed
from workbook.content.engagements import engagement_of
from workbook.content.reading import parse
from workbook.scoring import evaluate

DATES = "[2026-10-01, 2026-11-01]"


@pytest.mark.parametrize(
    ("dates", "kind", "date", "days"),
    [
        # The programme runs from 2026-09-01 to go-live on 2027-03-31.
        ("[2026-12-30, 2027-01-30]", "checkpoints_stop", dt.date(2027, 1, 30), 60),
        ("[2026-10-01, 2026-12-20, 2027-02-20]", "checkpoints_gap", dt.date(2026, 10, 1), 80),
        ("[]", "no_checkpoints", dt.date(2026, 9, 1), 211),
    ],
)
def test_a_stop_tells_the_last_checkpoint_and_a_gap_the_widest(dates, kind, date, days):
    """Even where an earlier gap is as wide as the silence before go-live."""
    engagement, framework = engagement_of(parse(changed((DATES, dates))))
    findings = evaluate(framework, engagement, dt.date(2026, 11, 23)).findings
    (told,) = [f for f in findings if f.question == "checkpoint_calendar"]
    assert (told.kind, told.date, told.days) == (kind, date, days)
