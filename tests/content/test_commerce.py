"""The commerce framework says what its source says: areas, titles, rules, weights, severities."""

from __future__ import annotations

import pytest

from workbook.content import load_framework
from workbook.model.framework import Criterion, Severity
from workbook.scoring.titles import recogniser

COMMERCE = load_framework("commerce-stakeholders")
AREAS = {area.key: area for area in COMMERCE.areas}
PLACES = COMMERCE.places()
QUESTIONS = {key: question for key, (_, question) in COMMERCE.questions().items()}
NO_SPONSOR = COMMERCE.findings["no_sponsor"]
TITLES = {title.key: title for title in COMMERCE.titles}


def keys(area):
    return [focal_point.key for focal_point in AREAS[area].focal_points]


def test_a_larger_organisation_is_split_into_three_areas():
    assert list(AREAS) == ["experience", "technology", "executive_sponsor"]
    assert {area.weight for area in COMMERCE.areas} == {1}


def test_the_focal_points_are_those_of_the_source():
    assert keys("experience") == [
        "product_assortment",
        "inventory_visibility",
        "promotions",
        "customer_complaints",
        "order_updates",
        "shipment_tracking",
        "current_needs",
        "future_needs",
        "experience_delivery",
    ]
    assert {"integrations", "back_office_preparation"} <= set(keys("technology"))
    assert keys("executive_sponsor")[0] == "investment_decision"
    assert keys("executive_sponsor")[-2:] == ["checkpoint_meetings", "escalation"]


def scope(group, *, default):
    return {f.key for _, f in PLACES.values() if f.scope == group and f.default is default}


def test_the_systems_that_the_source_names_are_in_scope_from_the_start():
    assert scope("systems", default=True) == {"oms", "customer_service_platform", "erp"}
    assert scope("systems", default=False) == {
        *("pim", "crm", "cms", "pos", "payment_gateway", "tax_software", "shipping_carriers"),
        *("analytics", "single_sign_on", "loyalty"),
    }


def test_the_whole_c_suite_has_a_seat():
    seats = scope("seats", default=True) | scope("seats", default=False)
    assert seats == {"ceo", "cfo", "coo", "cio", "cto", "cmo", "cdo", "cco", "chro"}
    assert {title.seat for title in COMMERCE.titles if title.seat} == seats


def test_the_sponsor_is_whoever_owns_the_investment_decision():
    assert [key for key, (_, f) in PLACES.items() if f.sponsor] == ["investment_decision"]


@pytest.mark.parametrize(
    ("area", "weights"),
    [
        ("experience", [30, 25, 10, 15, 20]),
        ("technology", [30, 25, 10, 15, 20]),
        ("executive_sponsor", [25, 20, 10, 5, 40]),
    ],
)
def test_the_criteria_weigh_what_the_method_says(area, weights):
    assert list(COMMERCE.weights_of(AREAS[area]).values()) == weights


def test_the_levels_are_those_of_the_method():
    assert [(level.key, level.start, level.sign) for level in COMMERCE.levels] == [
        ("not_ready", 0, "○"),
        ("at_risk", 40, "▲"),
        ("nearly_ready", 65, "◆"),
        ("ready", 85, "✓"),
    ]


def test_the_gates_are_what_the_source_calls_imperative_and_crucial():
    assert {(g.key, g.question, g.focal_point, g.cap) for g in COMMERCE.gates} == {
        ("it_from_day_one", "it_from_day_one", None, "at_risk"),
        ("sponsor_named", None, "investment_decision", "at_risk"),
    }


@pytest.mark.parametrize(
    ("severity", "kinds"),
    [
        (Severity.CRITICAL, {"it_not_from_day_one", "no_sponsor"}),
        (Severity.HIGH, {"seat_not_supporting", "sponsor_outside_c_suite", "orphan", "contested"}),
        (Severity.HIGH, {"system_without_owner", "back_office_date_late"}),
        (Severity.MEDIUM, {"no_checkpoints", "checkpoints_stop", "role_not_accepted"}),
        (Severity.LOW, {"title_does_not_fit", "no_deputy"}),
    ],
)
def test_a_severity_follows_the_words_of_the_source(severity, kinds):
    assert {COMMERCE.findings[kind].severity for kind in kinds} == {severity}


def test_only_the_imperative_and_the_crucial_are_critical():
    told = COMMERCE.findings.items()
    critical = {kind for kind, finding in told if finding.severity is Severity.CRITICAL}
    assert critical == {"it_not_from_day_one", "no_sponsor"}


@pytest.mark.parametrize(
    ("question", "outcome", "kind"),
    [
        ("it_from_day_one", "no", "it_not_from_day_one"),
        ("it_from_day_one", "later", "it_not_from_day_one"),
        ("ready_date", "late", "back_office_date_late"),
        ("ready_date", "missing", "back_office_date_missing"),
        ("seat_support", "none", "seat_not_supporting"),
        ("seat_support", "partial", "seat_not_supporting"),
        ("checkpoint_cadence", "none", "no_checkpoints"),
        ("checkpoint_cadence", "ad_hoc", "no_checkpoints"),
        ("checkpoint_calendar", "gap", "checkpoints_gap"),
        ("checkpoint_calendar", "stops", "checkpoints_stop"),
        ("checkpoint_calendar", "none", "no_checkpoints"),
    ],
)
def test_an_outcome_gives_its_finding(question, outcome, kind):
    assert QUESTIONS[question].findings[outcome] == kind


def test_each_system_is_asked_for_its_date_and_what_it_blocks_and_each_seat_for_its_support():
    per = {key: question.per for key, question in QUESTIONS.items() if question.per}
    assert per == {"ready_date": "systems", "blocks": "systems", "seat_support": "seats"}


def test_checkpoint_dates_are_asked_only_of_those_who_hold_checkpoints():
    parent = QUESTIONS["checkpoint_calendar"].parent
    assert parent.question == "checkpoint_cadence"
    assert set(parent.options) == {"quarterly", "monthly", "weekly"}


def test_a_small_organisation_is_asked_in_its_own_words():
    small = {key for key, q in QUESTIONS.items() if q.applies.profiles == ("small",)}
    large = {key for key, q in QUESTIONS.items() if q.applies.profiles == ("large",)}
    assert (small, large) == ({"shares_agreed"}, {"raci_accepted"})
    profiles = {profile.key: profile for profile in COMMERCE.profiles}
    assert profiles["small"].without == (Criterion.FITTING,)
    assert (profiles["small"].r_min, profiles["large"].r_min) == (2, 3)


def test_b2b_has_a_question_of_its_own():
    assert QUESTIONS["b2b_needs"].applies.business_models == ("b2b",)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("VP of Digital Strategy", "vp_digital_strategy"),
        ("Directrice de la stratégie digitale", "vp_digital_strategy"),
        ("VP of Ecommerce", "vp_ecommerce"),
        ("Dir. e-com", "vp_ecommerce"),
        ("Head of Online", "vp_ecommerce"),
        ("VP of Marketing", "vp_marketing"),
        ("Directrice marketing", "vp_marketing"),
        ("Customer Service Manager", "customer_service_manager"),
        ("Responsable SAV", "customer_service_manager"),
        ("Head of Sales", "head_of_sales"),
        ("Directrice commerciale", "head_of_sales"),
        ("IT Systems Manager", "it_systems_manager"),
        ("Responsable SI", "it_systems_manager"),
        ("CTO", "cto"),
        ("DSI", "cio"),
        ("In-house tech team", "tech_team"),
        ("ERP engineer", "erp_engineer"),
        ("Ingénieure back-office", "erp_engineer"),
        ("Chief Digital Officer", "cdo"),
        ("PDG", "ceo"),
        ("DAF", "cfo"),
        ("CxO", "c_suite"),
        ("EVP", "c_suite"),
    ],
)
def test_the_titles_of_the_source_are_known_as_people_write_them(said, key):
    assert recogniser(COMMERCE).recognise(said).title == key


@pytest.mark.parametrize(
    ("title", "areas"),
    [
        ("vp_digital_strategy", {"experience"}),
        ("vp_ecommerce", {"experience"}),
        ("vp_marketing", {"experience"}),
        ("customer_service_manager", {"experience"}),
        ("head_of_sales", {"experience"}),
        ("it_systems_manager", {"technology"}),
        ("tech_team", {"technology"}),
        ("erp_engineer", {"technology"}),
        ("cto", {"technology", "executive_sponsor"}),
        ("cio", {"technology", "executive_sponsor"}),
        ("ceo", {"executive_sponsor"}),
        ("assistant", set()),
    ],
)
def test_a_title_fits_the_areas_where_the_source_lists_it(title, areas):
    assert set(TITLES[title].fits) == areas


def test_the_c_suite_fits_everywhere_by_seniority_and_an_assistant_nowhere():
    for area in COMMERCE.areas:
        assert TITLES["cto"].seniority >= area.senior_from
        assert TITLES["assistant"].seniority < area.senior_from


def test_the_head_of_sales_fits_where_the_business_is_b2b():
    assert TITLES["head_of_sales"].fits_when.business_models == ("b2b",)


def test_every_typical_title_has_aliases_in_both_languages_and_feminine_forms_in_french():
    typical = [t for t in COMMERCE.titles if t.fits]
    assert all(len(title.aliases[language]) > 2 for title in typical for language in ("en", "fr"))
    for title in typical:
        if title.title["fr"].startswith("Directeur"):
            written = " ".join(title.aliases["fr"])
            assert "Directrice" in written, title.key


def test_every_item_names_its_section_and_each_section_of_the_source_is_used():
    used = {f.source for _, f in PLACES.values()} | {q.source for q in QUESTIONS.values()}
    used |= {finding.source for finding in COMMERCE.findings.values()}
    used |= {action.source for action in COMMERCE.actions.values()}
    used |= {title.source for title in COMMERCE.titles} | {gate.source for gate in COMMERCE.gates}
    by_name = {"mckinsey": COMMERCE.why_now, "digital-commerce-360": NO_SPONSOR.explanation}
    for key, text in by_name.items():
        assert COMMERCE.sources[key].title["en"].partition(",")[0] in text["en"]
    assert used | by_name.keys() == set(COMMERCE.sources)


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        (
            QUESTIONS["checkpoint_cadence"].help,
            ["quarterly business review", "monthly steering", "weekly project", "daily meeting"],
        ),
        (QUESTIONS["raci_accepted"].help, ["responsible", "accountable", "consulted", "informed"]),
        (QUESTIONS["raci_accepted"].title, ["planning phase", "each stakeholder accepted"]),
        (QUESTIONS["discovery"].help, ["four to six weeks"]),
        (QUESTIONS["discovery"].title, ["readiness", "scope", "timeline", "budget", "requirem"]),
        (
            COMMERCE.findings["escalation_unclear"].explanation,
            ["Escalation", "decisions", "reporting", "team to executive management"],
        ),
        (
            COMMERCE.why_now,
            ["three months", "ten years", "Forrester", "McKinsey", "shut", "who in the org"],
        ),
        (
            AREAS["executive_sponsor"].why,
            ["first reason", "success of a brand", "whole C-suite", "until the end"],
        ),
        (AREAS["experience"].why, ["person or team", "want and need", "tomorrow", "ultimately"]),
        (AREAS["technology"].why, ["fully integrated", "dictate the timeline", "day one"]),
    ],
)
def test_the_facts_of_the_source_are_told(told, facts):
    said = told["en"]
    assert [fact for fact in facts if fact not in said] == []
