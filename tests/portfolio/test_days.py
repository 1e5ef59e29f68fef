"""The day of a baseline is the day on which people made it, where they were."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from workbook.model.days import local_day

LATE = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Paris", 24), ("UTC", 23), ("America/New_York", 23)]
)
def test_a_baseline_and_today_are_days_of_one_zone(zone, day, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert local_day(LATE) == dt.date(2026, 11, day)
        assert local_day(LATE) == dt.date.fromtimestamp(LATE.timestamp())  # noqa: DTZ012
    finally:
        monkeypatch.undo()
        time.tzset()
