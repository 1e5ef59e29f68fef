"""CONTRIBUTING keeps its word: its files exist, and what it lists is enough for each addition."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

import pytest
import yaml

from docs import python_surface
from tests.report.examples import AS_OF, evaluated, example
from workbook import report, resources
from workbook.batch import formats
from workbook.content import load_framework
from workbook.content.framework_check import check_framework
from workbook.model.engagement import Answer
from workbook.model.rules import in_force
from workbook.report.value import Prose
from workbook.scoring import evaluate
from workbook.scoring.findings import registry
from workbook.scoring.titles import recogniser

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
RECIPES = {
    name: re.findall(r"^\d+\. `([^`]+)`", body, re.MULTILINE)
    for name, body in re.findall(r"^### (.+)\n((?:.*\n)+?)(?=\n?^##|\Z)", PAGE, re.MULTILINE)
}
# Named by what is added, so nothing of that name is there yet.
NEW = {"<language>": "fr", "<key>": "*", "<area>": "*", "<module>": "*", "<kind>": "*"}


@pytest.fixture
def framework_folder(tmp_path):
    folder = tmp_path / "frameworks" / "commerce-stakeholders"
    shutil.copytree(resources.templates() / "frameworks" / "commerce-stakeholders", folder)
    return folder


def changed(path, change):
    data = yaml.safe_load(path.read_text("utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def test_there_is_a_list_for_each_kind_of_addition():
    assert set(RECIPES) == {
        "a question",
        "a title",
        "a language",
        "a finding",
        "a report section",
        "a format",
    }
    assert all(RECIPES.values())


@pytest.mark.parametrize("name", RECIPES)
def test_every_file_of_a_list_is_where_the_list_says(name):
    for listed in RECIPES[name]:
        pattern = re.sub(r"<\w+>", lambda found: NEW.get(found[0], "*"), listed)
        assert list(ROOT.glob(pattern)), f"{name}: nothing at {listed}"


def test_a_finding_touches_at_most_four_files():
    assert len(RECIPES["a finding"]) <= 4


def test_a_question_needs_its_area_and_a_version_and_then_scores(framework_folder):
    question = {
        "key": "site_search",
        "title": {
            "en": "Does somebody tune the search?",
            "fr": "La recherche est-elle suivie ?",
            "de": "Kümmert sich jemand um die Suche?",
        },
        "options": [
            {"key": "yes", "title": {"en": "Yes", "fr": "Oui", "de": "Ja"}, "value": 1},
            {"key": "no", "title": {"en": "No", "fr": "Non", "de": "Nein"}, "value": 0},
        ],
        "source": "key-stakeholders#experience",
    }

    def ask(area):
        question["source"] = area["source"]
        area.setdefault("questions", []).append(question)

    changed(framework_folder / "experience.yaml", ask)
    root = framework_folder / "framework.yaml"
    root.write_text(root.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    framework = load_framework(framework_folder)
    assert not check_framework(framework)
    engagement = example("maison-lorient")[0]
    answer = Answer(question="site_search", value="yes")
    answered = engagement.model_copy(update={"answers": (*engagement.answers, answer)})
    before, after = (
        evaluate(in_force(framework), one, AS_OF).score.low for one in (engagement, answered)
    )
    assert after > before


def test_a_title_needs_one_file_and_is_recognised(framework_folder):
    title = {
        "key": "head_of_merchant_success",
        "title": {
            "en": "Head of Merchant Success",
            "fr": "Directeur du succès marchand",
            "de": "Leitung Händlererfolg",
        },
        "fits": ["experience"],
        "seniority": 4,
    }
    changed(framework_folder / "titles.yaml", lambda titles: titles.append(title))
    found = recogniser(in_force(load_framework(framework_folder))).recognise(
        "Head of Merchant Success"
    )
    assert found.title == "head_of_merchant_success"


def test_a_finding_has_a_rule_and_a_file_of_texts_for_each_kind():
    texts = {path.stem for path in (resources.templates() / "findings").glob("*.yaml")}
    assert texts == set(registry.RULES)


def test_a_section_appears_in_the_order_of_its_line(monkeypatch):
    building = import_module("workbook.report.build")
    checklist = (lambda _: "Before you leave", lambda _: (Prose("Take the map with you."),))
    sections = {"checklist": checklist, **building.SECTIONS}
    monkeypatch.setattr(building, "SECTIONS", sections)
    engagement, rules = example("tidewater-outdoor")
    document = report.build(rules, engagement, evaluated("tidewater-outdoor"), "en")
    assert document.sections[0].key == "checklist"
    assert "Take the map with you." in report.html(document)


def test_a_format_is_a_name_and_a_function_that_can_be_found():
    for ending, function in formats.FORMATS.items():
        assert re.fullmatch(r"[a-z]+", ending)
        assert callable(resolve_name(function))
        assert f"`{ending}`" in (ROOT / "docs/how-to/batch.md").read_text("utf-8")


@pytest.mark.slow  # it runs every example
def test_the_python_surface_is_small_and_its_page_says_what_happens(monkeypatch):
    monkeypatch.chdir(ROOT)
    names = [name for entries in python_surface.EXAMPLES.values() for name, _ in entries]
    assert len(set(names)) == len(names) <= 40
    assert python_surface.PAGE.read_text("utf-8") == python_surface.whole()


def test_a_name_of_the_surface_says_what_it_is_for():
    for entries in python_surface.EXAMPLES.values():
        for name, _ in entries:
            value = resolve_name(name)
            assert not inspect.isroutine(value) or inspect.getdoc(value), name


def test_the_day_of_the_examples_is_fixed():
    assert python_surface.START.count(f"dt.date({AS_OF:%Y, %-m, %-d})") == 1
    assert dt.date(2026, 11, 23) == AS_OF
