"""What an example's first actions must be about, whatever gains more points.

The expectations are read from the engagements: what a partner would expect, not what comes out.
"""

from __future__ import annotations

import pytest

from tests.report.examples import EXAMPLES, evaluated
from workbook.model.evaluation import FIRST_STEPS

IT, SPONSOR = ("it_from_day_one", None), (None, "investment_decision")
LATE_ERP = ("ready_date", "erp")
MUST_COME_FIRST = {
    # IT was not in from day one, nobody backs the investment, and the ERP comes after go-live.
    "tidewater-outdoor": {IT, SPONSOR, LATE_ERP},
    "fernhill-supply": {IT, LATE_ERP},
    "maison-lorient": {IT, LATE_ERP},
    # Forty people share one password: access without a rule holds the level down.
    "lantern-games": {("access_rule", None)},
}
FIRST_THREE = {
    # The dashboards come four days before go-live; two subjects have nobody.
    "mutuelle-ponant": {("available_from", "dashboards"), (None, "training"), (None, "catalogue")},
    # “Lequel des trois ?”: nobody knows who owns the ERP, nor whether IT was in from day one.
    "groupe-kervadec": {IT, (None, "erp")},
    # Rows of the matrix without an accountable, and rows with two or three.
    "borealis-parts": {
        (None, "customer_service_platform"),
        (None, "inventory_visibility"),
        (None, "erp"),
        (None, "product_assortment"),
    },
    # Two subjects were only guessed at; no checkpoint stands in the last two months.
    "atelier-belval": {(None, "back_office_preparation"), ("checkpoint_calendar", None)},
    # A holiday gap in the checkpoints, and one deputy.
    "northgate-home": {("checkpoint_calendar", None), (None, "payment_gateway")},
}


def subjects(name: str, steps: int) -> list[tuple[str | None, str | None]]:
    first = evaluated(name).first_steps[:steps]
    return [(a.question, a.focal_point) for step in first for a in step.actions]


def test_every_example_has_its_expectations():
    assert {*MUST_COME_FIRST, *FIRST_THREE} == set(EXAMPLES)


@pytest.mark.parametrize(("name", "about"), MUST_COME_FIRST.items())
def test_must_haves_and_late_systems_come_first(name, about):
    assert set(subjects(name, len(about))) == about


@pytest.mark.parametrize(("name", "about"), FIRST_THREE.items())
def test_the_first_three_steps_are_about_what_the_engagement_lacks_most(name, about):
    assert about <= set(subjects(name, 3))


@pytest.mark.parametrize("name", [*MUST_COME_FIRST, *FIRST_THREE])
def test_the_first_page_asks_for_five_things_at_most(name):
    assert 0 < len(evaluated(name).first_steps) <= FIRST_STEPS
