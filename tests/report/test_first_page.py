"""What an example's first actions must be about, whatever gains more points."""

from __future__ import annotations

import pytest

from tests.report.examples import evaluated

IT, SPONSOR = ("it_from_day_one", None), (None, "investment_decision")
LATE_ERP = ("ready_date", "erp")
FIRST = {
    "tidewater-outdoor": {IT, SPONSOR, LATE_ERP},
    "fernhill-supply": {IT, LATE_ERP},
    "maison-lorient": {IT, LATE_ERP},
}


@pytest.mark.parametrize(("name", "subjects"), FIRST.items())
def test_must_haves_and_late_systems_come_first(name, subjects):
    first = evaluated(name).actions[: len(subjects)]
    assert {(action.question, action.focal_point) for action in first} == subjects
