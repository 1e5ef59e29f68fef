"""A framework is checked as a whole, and the shipped ones are right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.content.frameworks import change, check, copied
from workbook import resources
from workbook.content import framework_keys, load_framework
from workbook.content.framework_findings import facts
from workbook.content.reading import parse
from workbook.errors import BadInput

CASES = parse((Path(__file__).parent / "cases" / "framework.yaml").read_text("utf-8")).data


@pytest.mark.parametrize("key", framework_keys())
def test_a_shipped_framework_has_no_problem(key):
    assert check(resources.templates() / "frameworks" / key) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['change']} to {case['to']}")
def test_a_change_is_judged_with_place_cause_and_mend(case, tmp_path):
    framework = copied(tmp_path)
    change(framework, case["file"], case["change"], case["to"])
    assert check(framework) == case["says"]


def test_problems_of_all_files_come_together(tmp_path):
    framework = copied(tmp_path)
    change(framework, "framework.yaml", "    start: 65", "    start: much")
    change(framework, "experience.yaml", "  - key: promotions", "  - key: Promotions")
    change(framework, "findings.yaml", "  action: share_load", "  action: share_loads")
    assert [said.partition(" ")[0] for said in check(framework)] == [
        "actions.yaml:108",
        "experience.yaml:39",
        "findings.yaml:182",
        "framework.yaml:202",
    ]


def test_mistyped_keys_and_names_come_together(tmp_path):
    framework = copied(tmp_path)
    change(framework, "framework.yaml", "weights: {named: 30", "weights: {nmaed: 30")
    change(framework, "framework.yaml", "  - key: sponsor_named", "  - kye: sponsor_named")
    change(framework, "findings.yaml", "  action: share_load", "  action: share_loads")
    change(
        framework,
        "titles.yaml",
        "  fits: [experience]\n  seniority: 3\n  source: key-stakeholders#experience",
        "  fits: [experiance]\n  seniorty: 3\n  source: key-stakeholders#experience",
    )
    said = [(place.partition(":")[0], mend) for place, _, mend in
            (said.partition(" → ") for said in check(framework))]  # fmt: skip
    assert said == [
        ("actions.yaml", "name it in a finding, or drop it"),
        ("findings.yaml", "did you mean “share_load”?"),
        ("framework.yaml", "did you mean “named”?"),
        ("framework.yaml", "did you mean “key”?"),
        ("titles.yaml", "did you mean “experience”?"),
        ("titles.yaml", "did you mean “seniority”?"),
    ]


def test_a_framework_without_titles_is_none(tmp_path):
    framework = copied(tmp_path)
    (framework / "titles.yaml").write_text("[]", "utf-8")
    says = check(framework)
    assert "titles.yaml:1 titles: must not be empty → add at least one title" in says


def test_areas_that_all_weigh_nothing_could_score_nothing(tmp_path):
    framework = copied(tmp_path)
    for area in ("experience", "technology", "executive-sponsor"):
        key = area.replace("-", "_")
        change(framework, f"{area}.yaml", f"key: {key}\n", f"key: {key}\nweight: 0\n")
    assert any(
        "every area weighs nothing → give one area a weight" in one for one in check(framework)
    )


def test_a_title_has_to_fit_every_area_so_that_all_can_be_reached(tmp_path):
    framework = copied(tmp_path)
    titles = parse((framework / "titles.yaml").read_text("utf-8")).data
    for title in titles:
        title["seniority"] = 1
    (framework / "titles.yaml").write_text(json.dumps(titles, ensure_ascii=False), "utf-8")
    assert any("no title fits every area" in one for one in check(framework))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("file", ["findings.yaml", "actions.yaml", "titles.yaml"])
def test_a_missing_translation_is_a_problem_wherever_it_is_missing(language, file, tmp_path):
    framework = copied(tmp_path)
    data = parse((framework / file).read_text("utf-8")).data
    items = data if isinstance(data, list) else list(data.values())
    for item in items:
        del item["title"][language]
    (framework / file).write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    says = check(framework)
    assert len(says) == len(items)
    assert all(f"has no text in “{language}” → add “{language}: …”" in said for said in says)


@pytest.mark.parametrize("key", framework_keys())
def test_every_finding_of_the_rules_is_told_and_most_are_answered_by_an_action(key):
    framework = load_framework(key)
    assert facts(framework).keys() == framework.findings.keys()
    assert all(told.action in framework.actions for told in framework.findings.values())


def test_a_framework_is_found_by_key_folder_or_file(tmp_path):
    shipped = load_framework("commerce-stakeholders")
    framework = copied(tmp_path)
    assert load_framework(framework) == shipped
    assert load_framework(framework / "framework.yaml") == shipped
    assert load_framework("commerce-stakeholders", shipped.version) is shipped


@pytest.mark.parametrize(
    ("key", "version", "path", "mend"),
    [
        ("comerce-stakeholders", None, "", "did you mean “commerce-stakeholders”?"),
        ("data-platform", "0.9.0", "", "use “1.0.0”, or install the release of this package"),
    ],
)
def test_an_unknown_framework_gets_the_nearest(key, version, path, mend):
    with pytest.raises(BadInput) as caught:
        load_framework(key, version)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert mend in problem.fix


def test_the_two_frameworks_have_little_in_common():
    commerce, data = (load_framework(key) for key in framework_keys())
    assert len(commerce.areas) != len(data.areas)
    assert {s.key for s in commerce.scopes}.isdisjoint(s.key for s in data.scopes)
    assert {level.key for level in commerce.levels}.isdisjoint(level.key for level in data.levels)
    assert {gate.key for gate in commerce.gates}.isdisjoint(gate.key for gate in data.gates)
    assert commerce.places().keys().isdisjoint(data.places())
    assert commerce.questions().keys().isdisjoint(data.questions())
    assert {p.key for p in commerce.profiles}.isdisjoint(p.key for p in data.profiles)
    assert commerce.weights != data.weights
