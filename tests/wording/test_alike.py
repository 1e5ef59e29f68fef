"""The same finding, action, gate and conclusion read the same on every medium."""

from __future__ import annotations

import pytest

from tests.report.examples import AS_OF, EXAMPLES, evaluated, example
from workbook import report
from workbook.cli.evaluate import as_text
from workbook.fragments.ownership import MapTable
from workbook.i18n import languages, voice
from workbook.report.value import Actions, Findings, GateList
from workbook.widgets.views.map import map_page
from workbook.widgets.views.review import actions_page, findings_page, headline
from workbook.widgets.views.scene import Scene
from workbook.widgets.views.side import side_view


@pytest.fixture(scope="module", params=sorted(EXAMPLES))
def name(request):
    return request.param


@pytest.fixture(scope="module", params=languages())
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def scene(name, lang):
    engagement, framework = example(name)
    return Scene(
        rules=framework,
        voice=voice(lang),
        engagement=engagement,
        evaluation=evaluated(name),
    )


@pytest.fixture(scope="module")
def built(name, lang):
    engagement, framework = example(name)
    return report.build(framework, engagement, evaluated(name), lang)


@pytest.fixture(scope="module")
def evaluate_lines(name, lang):
    return as_text(example(name), AS_OF, lang)


def blocks(built, key, kind):
    return [block for block in built.section(key).blocks if isinstance(block, kind)]


def screen_findings(scene):
    return [item for group in findings_page(scene)["groups"] for item in group["items"]]


def test_the_heading_of_the_review_is_the_headline_of_the_report(scene, built, evaluate_lines):
    assert headline(scene) == built.headline
    assert built.headline in evaluate_lines.splitlines()


def test_findings_read_the_same_and_rest_on_the_same(scene, built, evaluate_lines):
    on_screen = {
        (item["title"], item["text"], tuple(item["evidence"]), item["action"])
        for item in screen_findings(scene)
    }
    (block,) = blocks(built, "findings", Findings)
    # A card for several findings counts them; every one stands by itself on the screen.
    in_report = {
        (card.title, card.explanation, card.evidence, card.action)
        for card in block.cards
        if card.count == 1 and card.action
    }
    assert in_report <= on_screen
    rows = {" ".join(evidence) for _, _, evidence, _ in on_screen}
    assert {reasons for card in block.cards for _, reasons in card.rows} <= rows
    for card in block.cards[:5]:
        assert f"· {card.title}\n" in evaluate_lines + "\n"


def test_a_step_about_one_subject_reads_as_the_action_on_the_screen(scene, built, evaluate_lines):
    rows = {(row["title"], row["who"]) for row in actions_page(scene, None, None)["rows"]}
    (block,) = blocks(built, "actions", Actions)
    steps = zip(block.lines, scene.evaluation.first_steps, strict=True)
    assert {(line.title, line.who) for line, step in steps if len(step.actions) == 1} <= rows
    for line in block.lines:
        assert f". {line.title} ({line.who}, " in evaluate_lines


def test_the_map_says_of_each_subject_in_the_same_words_how_it_is_owned(scene, built):
    (table,) = blocks(built, "map", MapTable)
    in_report = [(row.label, row.note, row.state) for area in table.areas for row in area.rows]
    rows = map_page(scene)["rows"].values()
    on_screen = [(row["title"], row["note"], row["state"]) for row in rows if row["state"] != "out"]
    assert on_screen == in_report


def test_a_gate_that_is_not_met_is_told_in_the_same_words(scene, built, evaluate_lines):
    (block,) = blocks(built, "gates", GateList)
    words = {gate["text"].partition(": ")[2] for gate in side_view(scene, None)["block"]["gates"]}
    assert words == {gate.title for gate in block.gates if gate.state == "tripped"}
    for gate in block.gates:
        assert f" · {gate.title}" in evaluate_lines
