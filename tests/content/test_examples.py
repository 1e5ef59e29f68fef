"""The example engagements: different, plausible, and a tour of everything that can be found."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from workbook import resources
from workbook.content import framework_keys, load_engagement, load_framework
from workbook.model.engagement import Role
from workbook.model.evaluation import GateState, Status
from workbook.scoring import evaluate

AS_OF = dt.date(2026, 11, 23)
PATHS = sorted((resources.templates() / "engagements").glob("*.yaml"))
NAMES = [path.stem for path in PATHS]


@pytest.fixture(scope="module")
def loaded():
    return {path.stem: load_engagement(path) for path in PATHS}


@pytest.fixture(scope="module")
def evaluated(loaded):
    return {
        name: evaluate(framework, engagement, AS_OF)
        for name, (engagement, framework) in loaded.items()
    }


def kinds(evaluation):
    return Counter(finding.kind for finding in evaluation.findings)


def test_there_are_enough_of_them_in_both_languages_and_on_every_framework(loaded):
    spoken = Counter(engagement.language for engagement, _ in loaded.values())
    assert spoken["fr"] >= 3
    assert spoken["en"] >= 3
    assert {framework.key for _, framework in loaded.values()} == set(framework_keys())


def test_each_is_found_under_its_own_key(loaded):
    assert {name: engagement.key for name, (engagement, _) in loaded.items()} == {
        name: name for name in NAMES
    }


def test_each_was_answered_before_the_day_on_which_it_is_evaluated(loaded):
    for engagement, _ in loaded.values():
        given = [x.on for x in (*engagement.nominations, *engagement.answers)]
        given += [decision.decided_on for decision in engagement.decisions]
        given += [decision.confirmed_on for decision in engagement.decisions]
        assert all(day <= AS_OF for day in given if day), engagement.key
        assert engagement.programme.go_live > AS_OF


def test_together_they_show_every_kind_of_finding(evaluated):
    shown = set().union(*(kinds(evaluation) for evaluation in evaluated.values()))
    promised = set().union(*(load_framework(key).findings for key in framework_keys()))
    assert shown == promised


def test_together_they_show_every_state_of_a_gate_and_of_an_area(evaluated):
    gates = {gate.state for evaluation in evaluated.values() for gate in evaluation.gates}
    assert gates == set(GateState)
    areas = {area.score.status for each in evaluated.values() for area in each.areas}
    assert {Status.SCORED, Status.INDICATIVE} <= areas


def test_a_small_team_that_owns_everything_is_not_told_that_this_is_wrong(loaded, evaluated):
    assert len(loaded["atelier-belval"].engagement.people) == 5
    found = kinds(evaluated["atelier-belval"])
    blamed = {"overloaded", "single_person_dependency", "same_lead_in_areas", "title_does_not_fit"}
    assert not blamed & set(found)


def test_the_large_retailer_has_twenty_five_respondents_who_disagree(loaded, evaluated):
    engagement = loaded["maison-lorient"].engagement
    asked = [respondent for respondent in engagement.respondents if not respondent.withdrawn]
    assert len(asked) == 25
    assert len(engagement.nominations) / len(asked) == pytest.approx(20, abs=3)
    assert kinds(evaluated["maison-lorient"])["contested"] >= 10
    assert kinds(evaluated["maison-lorient"])["system_without_owner"] == 2


@pytest.mark.parametrize(
    ("focal_point", "unit", "party"),
    [
        ("inventory_visibility", "Digital", "ines-carrel"),
        ("inventory_visibility", "Supply chain", "marc-oudin"),
        ("product_assortment", "Digital", "ines-carrel"),
        ("product_assortment", "Achats", "florence-masson"),
        ("promotions", "Digital", "louise-petit"),
        ("promotions", "Magasins", "valerie-hamon"),
        ("customer_service_platform", "Service client", "equipe-service-client"),
        ("customer_service_platform", "DSI", "hugo-perrin"),
    ],
)
def test_its_departments_see_ownership_each_in_its_own_way(focal_point, unit, party, loaded):
    engagement = loaded["maison-lorient"].engagement
    unit_of = {respondent.id: respondent.unit for respondent in engagement.respondents}
    votes = Counter(
        nomination.party
        for nomination in engagement.nominations
        if nomination.focal_point == focal_point
        and nomination.role is Role.ACCOUNTABLE
        and nomination.state == "answered"
        and unit_of[nomination.respondent] == unit
    )
    assert votes[party] == max(votes.values())


@pytest.mark.parametrize(
    ("name", "low", "level", "high"),
    [
        ("atelier-belval", "nearly_ready", "nearly_ready", "ready"),
        ("borealis-parts", "at_risk", "nearly_ready", "ready"),
        ("fernhill-supply", "at_risk", "at_risk", "at_risk"),
        ("groupe-kervadec", "not_ready", "at_risk", "ready"),
        ("lantern-games", "governed", "governed", "governed"),
        ("maison-lorient", "at_risk", "nearly_ready", "nearly_ready"),
        ("mutuelle-ponant", "improvised", "governed", "governed"),
        ("northgate-home", "ready", "ready", "ready"),
        ("tidewater-outdoor", "not_ready", "at_risk", "at_risk"),
    ],
)
def test_each_stands_where_its_story_says(name, low, level, high, evaluated):
    found = evaluated[name].level
    assert (found.low, found.level, found.high) == (low, level, high)


def test_without_a_sponsor_the_gate_is_tripped_and_nothing_lifts_the_level(evaluated):
    evaluation = evaluated["tidewater-outdoor"]
    states = {gate.gate: gate.state for gate in evaluation.gates}
    assert states["sponsor_named"] is GateState.TRIPPED
    assert kinds(evaluation)["no_sponsor"] == 1


def test_full_of_unknowns_means_a_wide_range_and_no_verdict(loaded, evaluated):
    nominations = loaded["groupe-kervadec"].engagement.nominations
    assert sum(n.state == "unknown" for n in nominations) > len(nominations) / 2
    evaluation = evaluated["groupe-kervadec"]
    assert evaluation.score.status is Status.INDICATIVE
    assert evaluation.score.high - evaluation.score.low > 50
    assert kinds(evaluation)["many_unknowns"] == 3


def test_nearly_perfect_leaves_only_small_things_to_do(evaluated):
    evaluation = evaluated["northgate-home"]
    assert evaluation.level.confirmed
    assert {str(finding.severity) for finding in evaluation.findings} <= {"low", "medium"}


def test_head_of_sales_fits_where_the_business_is_b2b(evaluated):
    misfits = {
        (finding.area, party)
        for finding in evaluated["fernhill-supply"].findings
        if finding.kind == "title_does_not_fit"
        for party in finding.parties
    }
    assert ("experience", "dana-whitlock") not in misfits
    assert ("technology", "dana-whitlock") in misfits


def test_an_overlay_changes_the_framework_without_copying_it(loaded):
    framework = loaded["borealis-parts"].rules
    assert "seller_onboarding" in framework.places()
    assert "shipment_tracking" not in framework.places()
    assert framework.area("executive_sponsor").weight == 1.5
