"""The report as a value: complete, whole sentences, the same for every framework and language."""

from __future__ import annotations

import dataclasses
import datetime as dt
from math import floor

import pytest

from tests.report.examples import AS_OF, EXAMPLES, evaluated, example, report_of, told
from workbook import __version__, report
from workbook.errors import BadInput
from workbook.fragments.heat import HeatMap, heat_map
from workbook.fragments.ownership import MapTable
from workbook.fragments.statements import StatementList
from workbook.fragments.timeline import Timeline
from workbook.fragments.why import why_table
from workbook.i18n import languages, voice
from workbook.model.engagement import Overlay, ThresholdChanges
from workbook.model.evaluation import Status
from workbook.model.rules import in_force
from workbook.report.adapted import adaptations
from workbook.report.value import Actions, Contributions, Prose, Terms, TextTable, Votes
from workbook.scoring import evaluate
from workbook.wording.figures import bounds, shown_point
from workbook.wording.phrases import Phrases

BASE = "maison-lorient"


def blocks(made, kind):
    return [
        block for section in made.sections for block in section.blocks if isinstance(block, kind)
    ]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_every_section_in_every_language(name, lang):
    made = report_of(name, lang)
    there = [key for key in report.SECTIONS if key != "since"]  # nothing is compared with
    assert [section.key for section in made.sections] == there
    assert all(section.title and section.blocks for section in made.sections)
    assert made.lang == lang
    assert not made.headline[0].islower()
    assert not made.headline.endswith(".")
    assert len(made.headline) < 130


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_languages_tell_the_same(name):
    english, french = report_of(name, "en"), report_of(name, "fr")
    assert english.headline != french.headline
    assert [len(s.blocks) for s in english.sections] == [len(s.blocks) for s in french.sections]
    assert english.verdict.score == french.verdict.score


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("northgate-home", "All must-haves are met"),
        ("maison-lorient", "One must-have is not known yet"),
        ("tidewater-outdoor", "Two must-haves are not met"),
    ],
)
def test_gates_are_headed_by_whether_one_holds(name, title):
    (gates,) = [section for section in report_of(name, "en").sections if section.key == "gates"]
    assert gates.title == title


def test_a_report_is_one_frozen_value_and_the_same_each_time():
    engagement, framework = example(BASE)
    again = report.build(framework, engagement, evaluated(BASE), "fr")
    assert again == report_of(BASE, "fr")
    with pytest.raises(dataclasses.FrozenInstanceError):
        again.headline = "all is well"


def test_the_order_of_the_documents_lists_does_not_matter():
    engagement, framework = example(BASE)
    turned = engagement.model_copy(
        update={"answers": engagement.answers[::-1], "respondents": engagement.respondents[::-1]}
    )
    made = report.build(framework, turned, evaluate(framework, turned, AS_OF), "en")
    assert (made.headline, made.summary) == (
        report_of(BASE, "en").headline,
        report_of(BASE, "en").summary,
    )
    assert made.section("heat") == report_of(BASE, "en").section("heat")


def test_only_the_sections_asked_for_are_there():
    engagement, framework = example(BASE)
    made = report.build(framework, engagement, evaluated(BASE), "en", ("findings", "actions"))
    assert [section.key for section in made.sections] == ["actions", "findings"]


def test_an_unknown_section_or_language_names_the_nearest():
    engagement, framework = example(BASE)
    with pytest.raises(BadInput, match="did you mean “findings”"):
        report.build(framework, engagement, evaluated(BASE), "en", ("finding",))
    with pytest.raises(BadInput, match="unknown language “it”"):
        report.build(framework, engagement, evaluated(BASE), "it")


def test_the_first_steps_have_owner_date_effort_and_gain():
    (actions,) = blocks(report_of(BASE, "en"), Actions)
    assert len(actions.lines) == 5
    for line, step in zip(actions.lines, evaluated(BASE).first_steps, strict=True):
        assert line.title
        assert line.who
        assert line.due > AS_OF
        assert (line.effort_hours, line.gain_low) == (step.effort_hours, step.gain_low)


@pytest.mark.parametrize("name", ["maison-lorient", "tidewater-outdoor"])
def test_the_first_steps_end_with_where_they_lead(name):
    _, then, *_ = report_of(name, "en").section("actions").blocks
    evaluation = evaluated(name)
    low, high = (floor(score.low) for score in (evaluation.score, evaluation.outlook.score))
    assert then.text.startswith(f"Then: at least {low} → {high} points")


def test_decisions_are_asked_of_the_sponsor_by_name_and_with_a_date():
    table = blocks(report_of(BASE, "en"), TextTable)[0]
    assert table.columns == ("For Paul Ney to decide", "Due")
    assert 0 < len(table.rows) <= 4
    assert all(day.endswith("2026") for _, day in table.rows)
    nobody = blocks(report_of("tidewater-outdoor", "en"), TextTable)[0]
    assert nobody.columns[0] == "For the C-suite to decide"


def test_contributions_sum_to_the_score():
    (why,) = blocks(report_of(BASE, "en"), Contributions)
    added = sum(group.contribution for group in why.groups)
    assert added == pytest.approx(evaluated(BASE).score.point, abs=1e-9)
    lost = sum(group.loss for group in why.groups)
    assert added + lost == pytest.approx(100, abs=1e-9)


def test_a_criterion_that_does_not_apply_is_not_called_unknown() -> None:
    """A small organisation is not asked for fitting titles; nothing is left to find out."""
    (why,) = blocks(report_of("lantern-games", "en"), Contributions)
    fitting = [row for group in why.groups for row in group.rows if row.label == "Fitting"]
    assert [(row.value, row.applies) for row in fitting] == [(None, False)] * 4
    drawn = why_table(why.caption, why.groups, voice("en"))
    assert '<th scope="row">Fitting</th><td class="picture">' in drawn
    assert '<td class="n">not applicable</td>' in drawn
    assert "not known" not in drawn


def test_agreement_shows_who_spoke_and_counts_where_nobody_did():
    page = report_of("lantern-games", "en")
    (votes,) = blocks(page, Votes)
    assert [row.label for group in votes.groups for row in group.rows] == ["Training of readers"]
    notes = [one.text for one in blocks(page, Prose)]
    assert "Not shown: 14 subjects on which fewer than two people spoke alone." in notes


def test_agreement_of_a_single_voice_is_not_drawn() -> None:
    """A matrix is one respondent: twenty bars of one vote each would say nothing."""
    page = report_of("borealis-parts", "en")
    assert blocks(page, Votes) == []
    (note,) = page.section("agreement").blocks
    assert note.text == "No subject has two votes: there is nothing to compare yet."
    replied = dict(next(b for b in blocks(page, Terms) if b.title == "About this report").terms)
    assert replied["Replied"].startswith("1 of 1 respondent: ")


@pytest.mark.parametrize(
    ("name", "key", "english", "french"),
    [
        # Ready four days before go-live, where two weeks are needed: not “after go-live”.
        (
            "mutuelle-ponant",
            "timeline",
            "The dashboard tool is needed 10 days earlier",
            "Il faudrait l’outil de tableaux de bord 10 jours plus tôt",
        ),
        (
            "lantern-games",
            "agreement",
            "People differ on the one subject that several spoke of",
            "Les avis divergent sur le seul sujet clé où plusieurs se sont prononcés",
        ),
    ],
)
def test_a_conclusion_is_true_at_its_edge(name, key, english, french):
    assert report_of(name, "en").section(key).title == english
    assert report_of(name, "fr").section(key).title == french


def test_a_team_that_few_name_is_settled_by_the_choice_of_an_owner():
    """Two of twenty-two voices name the project committee: nobody asks it for a lead."""
    steps = [step for step in evaluated(BASE).steps for _ in step.actions]
    kinds = {a.kind for s in steps for a in s.actions if a.focal_point == "experience_delivery"}
    assert "name_team_lead" not in kinds
    assert "decide_owner" in kinds


def test_nobody_confirms_that_they_fit_themselves():
    """The sponsor has no seat, and an unusual title: the C-suite says whether she fits."""
    actions = [a for a in evaluated("groupe-kervadec").actions if a.kind == "confirm_title"]
    assert [(a.focal_point, a.asked.name, a.who) for a in actions] == [
        ("investment_decision", "C_SUITE", None)
    ]


def test_the_heat_map_shows_the_areas_own_scores_and_every_focal_point():
    (heat,) = blocks(report_of(BASE, "en"), HeatMap)
    evaluation = evaluated(BASE)
    for group, area in zip(heat.groups, evaluation.areas, strict=True):
        total = group.rows[0]
        assert total.total
        assert [cell.value for cell in total.cells[:5]] == [
            shown_point(one.score) for one in area.criteria
        ]
    labels = {row.label for group in heat.groups for row in group.rows}
    assert {"ERP", "Investment decision", "Finance (CFO)"} < labels


def test_the_timeline_has_dates_gaps_and_what_comes_too_late():
    (line,) = blocks(report_of(BASE, "en"), Timeline)
    assert line.go_live == dt.date(2027, 6, 14)
    late = {system.label: system.days_late for system in line.systems if system.days_late}
    assert late == {"ERP": 21}
    undated = {system.label for system in line.systems if system.on is None}
    assert undated == {"Order management system (OMS)", "Point of sale (POS)"}
    assert [(gap.start.isoformat(), gap.end.isoformat()) for gap in line.gaps] == [
        ("2026-05-21", "2026-11-12"),
        ("2027-02-11", "2027-06-14"),
    ]


def test_versions_and_day_are_part_of_the_report():
    made = report_of(BASE, "en")
    assert made.versions == f"commerce-stakeholders 1.0.0 · Ownership workbook {__version__}"
    terms = {key: text for block in blocks(made, Terms) for key, text in block.terms}
    assert terms["As of"] == "23 November 2026"
    assert terms["Framework"].endswith("commerce-stakeholders 1.0.0")


WORDS_FOR_CHANGES = {
    "en": "Changes to the standard framework",
    "fr": "Adaptations du référentiel",
}


def test_what_the_overlay_changes_is_listed_in_the_readers_language():
    adapted = {
        lang: dict(blocks(report_of("borealis-parts", lang), Terms)[-1].terms)[word]
        for lang, word in (
            ("en", "Changes to the standard framework"),
            ("fr", "Adaptations du référentiel"),
        )
    }
    assert adapted == {
        "en": "weight of Executive sponsor: 1.5 instead of 1 · added: Seller onboarding"
        " · switched off: Shipment tracking",
        "fr": "poids du domaine Sponsor exécutif\N{NO-BREAK SPACE}: 1,5 au lieu de 1"
        " · ajouts\N{NO-BREAK SPACE}: Intégration des vendeurs"
        " · retraits\N{NO-BREAK SPACE}: Suivi des expéditions",
    }


EQUAL = dict.fromkeys(("named", "clear", "fitting", "backed_up", "committed"), 20)
HALVES = {**EQUAL, "named": 27.5, "committed": 12.5}
CHANGED = {
    "weights": (EQUAL, "weights of the criteria: Named 20, Clear 20, Fitting 20, Backed up 20"),
    "areas": (
        {"technology": {"weights": HALVES}},
        "weights of the criteria in Technology: Named 27.5, Clear 20",
    ),
    "title_match": (0.75, "match from which a title is recognised: 75% instead of 80%"),
    "overloaded_focal_points": (9, "subjects of one owner, at most: 9 instead of 6"),
    "roles_per_row": (3, "roles of one person in a subject, at most: 3 instead of 2"),
    "stale_days": (90, "days until an answer is out of date: 90 instead of 180"),
    "low_confidence_share": (0.125, "share of unsure votes that is noted: 12.5% instead of 50%"),
    "unknown_share": (0.4, "share of “don’t know” that is noted: 40% instead of 30%"),
    "agreed_share": (0.6, "share of votes that makes an agreement: 60% instead of 75%"),
    "small_group": (6, "answers that anonymous results need: 6 instead of 5"),
}
"""What an overlay may change, and how a reader is told."""


@pytest.mark.parametrize("name", ["weights", "areas", *ThresholdChanges.model_fields])
def test_whatever_numbers_an_overlay_changes_are_told_with_those_before(name):
    value, told = CHANGED[name]
    changes = {"thresholds": {name: value}} if name in ThresholdChanges.model_fields else {}
    overlay = Overlay.model_validate(changes or {name: value})
    engagement, rules = example(BASE)
    rules = in_force(rules.framework, overlay)
    evaluation = evaluate(rules, engagement, AS_OF)
    words = Phrases(rules, voice("en"), engagement, evaluation)
    (text,) = adaptations(words)
    assert text.startswith(told)


def test_a_subject_that_the_overlay_adds_stands_once_in_map_and_heat():
    made = report_of("borealis-parts", "en")
    rows = [
        [
            row.label
            for table in blocks(made, MapTable)
            for area in table.areas
            for row in area.rows
        ],
        [
            row.label
            for heat in blocks(made, HeatMap)
            for group in heat.groups
            for row in group.rows
        ],
    ]
    assert [labels.count("Seller onboarding") for labels in rows] == [1, 1]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_a_report_can_be_made_as_of_any_day_of_the_calendar(day):
    engagement, rules = example(BASE)
    evaluation = evaluate(rules, engagement, day)
    assert report.page(report.build(rules, engagement, evaluation, "en"))


def test_a_report_of_an_engagement_with_nothing_in_scope_says_so():
    engagement, rules = example(BASE)
    off = {"areas": {area.key: {"off": True} for area in rules.areas}}
    rules = in_force(rules.framework, Overlay.model_validate(off))
    made = report.build(rules, engagement, evaluate(rules, engagement, AS_OF), "en")
    assert made.headline == "Nothing of this framework applies to the organisation"
    assert "not applicable" in report.page(made).lower()


def test_what_was_ruled_out_is_listed_with_its_reason_and_who_said_so():
    rows = [
        row
        for name in EXAMPLES
        for block in report_of(name, "en").section("method").blocks
        if isinstance(block, TextTable) and block.columns[1:] == ("Reason", "Who")
        for row in block.rows
    ]
    assert rows
    assert all(len(reason) > 3 and len(who) > 3 for _, reason, who in rows)


def test_a_reader_can_tell_who_was_asked_what_was_looked_at_and_where_to_look_it_up():
    made = report_of(BASE, "en")
    terms = {
        k: t for b in made.section("method").blocks if isinstance(b, Terms) for k, t in b.terms
    }
    assert terms["Replied"].startswith("25 of 25 respondents: ")
    assert "Simon Vidal" in terms["Replied"]
    assert "ERP" in terms["Systems in scope"]
    assert terms["Prepared by"] == terms["Reviewed by"] == "…" * 24
    assert "Forrester data, cited by McKinsey" in terms["Why now"]
    rows = made.section("method").blocks[-1].rows
    addresses = [address for _, address in rows if address]
    assert len(set(addresses)) == len(addresses) >= 6
    assert all(address.startswith("https://") for address in addresses)
    assert made.running[0] == "Confidential · Maison Lorient"


def test_every_decision_nomination_and_answer_is_in_the_appendix():
    engagement = example(BASE).engagement
    lists = blocks(report_of(BASE, "en"), StatementList)
    said = "\n".join(
        f"{group.subject} | {statement.text} | {statement.attribution}"
        for listed in lists
        for group in listed.groups
        for statement in group.statements
    )
    for decision in engagement.decisions:
        for dissent in decision.dissent:
            assert dissent.note in said
        assert decision.owner is None or engagement.party_name(decision.owner) in said
    counted = {r.id for r in engagement.respondents if not r.withdrawn}
    for nomination in engagement.nominations:
        if nomination.respondent in counted and nomination.note:
            assert nomination.note in said
    for answer in engagement.answers:
        assert not answer.note or answer.note in said
    assert "withdrawn" in said
    assert "accepted (13 Nov 2026)" in said or "accepted" in said


def test_an_action_that_nobody_can_be_asked_for_says_so():
    (block,) = blocks(report_of(BASE, "en"), Actions)
    asked = {line.who for line in block.lines}
    assert "To be named by Paul Ney, Président-directeur général" in asked
    without = tuple(
        dataclasses.replace(
            step, actions=tuple(dataclasses.replace(a, named_by=None) for a in step.actions)
        )
        for step in evaluated(BASE).steps
    )
    (block,) = blocks(told(BASE, "en", steps=without), Actions)
    assert "To be named by the facilitator" in {line.who for line in block.lines}


def test_a_wholly_different_framework_makes_a_report_too():
    others = [name for name in EXAMPLES if example(name).rules.key != "commerce-stakeholders"]
    assert others, "an example of the second framework is missing"
    for name in others:
        made = report_of(name, "en")
        assert "commerce" not in made.title.lower()
        assert len(made.areas) == len(example(name).rules.areas)


@pytest.mark.parametrize("name", EXAMPLES)
def test_french_marks_are_set_as_french_sets_them(name):
    made = report_of(name, "fr")
    cards = made.section("findings").blocks[0].cards
    said = [made.headline, made.summary, made.verdict.explanation, *(card.title for card in cards)]
    for text in said:
        assert "'" not in text
        for mark in (":", ";", "?", "!"):
            assert f" {mark}" not in text, text


def test_two_ways_to_the_same_answer_are_one_action():
    first = next(one for one in evaluated(BASE).actions if one.assumed)
    twin = dataclasses.replace(first, kind="confirm_owner", effort_hours=9)
    evaluation = dataclasses.replace(evaluated(BASE), actions=(first, twin))
    phrases = Phrases(example(BASE).rules, voice("en"), example(BASE).engagement, evaluation)
    assert phrases.disclosure.actions == (first,)


def test_an_indicative_criterion_shows_its_range_where_its_number_would_stand():
    evaluation = evaluated(BASE)
    one = next(
        one
        for area in evaluation.areas
        for one in area.criteria
        if one.score.status is Status.INDICATIVE
    )
    (heat,) = blocks(report_of(BASE, "en"), HeatMap)
    (why,) = blocks(report_of(BASE, "en"), Contributions)
    low, high = bounds(one.score, voice("en"))
    drawn = heat_map(heat, voice("en"))
    assert f'<span aria-hidden="true">{low}–{high}</span>' in drawn
    rows = [row for group in why.groups for row in group.rows if row.possible]
    assert f"{low}%–{high}%" in [row.possible for row in rows]
    assert all(row.value is None for row in rows)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_report_of_the_last_day_there_is_can_be_read(name, lang):
    """No date that an action is due on lies behind the end of the calendar."""
    engagement, framework = example(name)
    made = report.build(framework, engagement, evaluate(framework, engagement, dt.date.max), lang)
    assert "9999" in made.when
    assert made.title in report.plain(made)


def test_how_firm_the_level_is_costs_only_those_who_are_shown_the_method(monkeypatch):
    engagement, framework = example(BASE)
    assert "weightings" in report_of(BASE, "en").verdict.firmness

    def drawn(*_):
        raise AssertionError("weightings were drawn")

    monkeypatch.setattr("workbook.wording.phrases.firmness", drawn)
    short = report.build(framework, engagement, evaluated(BASE), "en", ("gates", "actions"))
    assert short.verdict.firmness == ""
