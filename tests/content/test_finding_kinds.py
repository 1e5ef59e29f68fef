"""Kinds of findings: one rule, one file of defaults; frameworks older than a kind take its text."""

from __future__ import annotations

import datetime as dt
import runpy
import shutil

import pytest
import yaml

from tests.content.frameworks import check, copied
from workbook import resources
from workbook.content import framework_findings, load_engagement, load_framework
from workbook.content.framework_findings import TEXTS, facts, kinds
from workbook.i18n import languages
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.findings import RULES

KIND = "deputy_overloaded"
RULE = """
from collections import Counter
from workbook.scoring.findings.registry import conclude, finding

@finding("deputy_overloaded")
def deputy_overloaded(heard, as_of):
    deputies = Counter(d.deputy for d in heard.decisions.values() if d.deputy)
    for party, count in sorted(deputies.items()):
        if count > 1:
            yield conclude(heard, "deputy_overloaded", None, parties=(party,), count=count)
"""
DEFAULTS = """
when: {en: One deputy stands in for many., fr: Un suppléant pour beaucoup.}
facts: [parties, count]
severity: medium
title: {en: "{parties} stands in {count} times", fr: "{parties} supplée {count} fois"}
explanation: {en: Share it out., fr: Répartissez.}
action: no_such_action
"""


def without_kind(folder, kind):
    """Take a kind out of a framework, as if it were older than the kind."""
    path = folder / "findings.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    del data[kind]
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def test_every_kind_has_a_rule_and_a_file():
    assert RULES.keys() == kinds().keys()


@pytest.mark.parametrize("kind", kinds())
def test_a_default_text_speaks_every_language_and_fills_its_gaps(kind):
    told = kinds()[kind]
    texts = [text for field in TEXTS if (text := getattr(told, field)) is not None]
    assert all(set(text.languages()) == set(languages()) for text in texts)
    bare = load_framework("commerce-stakeholders").model_copy(update={"findings": {kind: told}})
    flaws = list(framework_findings.check_findings(bare))
    assert not [flaw for flaw in flaws if flaw.steps[:2] == ("findings", kind)]


def test_a_framework_older_than_a_kind_loads_and_takes_its_default_text(tmp_path):
    folder = copied(tmp_path)
    without_kind(folder, "stale_ownership")
    assert check(folder) == []
    text = load_framework(folder).findings["stale_ownership"]
    assert text.title == kinds()["stale_ownership"].title
    assert (text.action, text.source) == ("reconfirm", "method")


def test_a_default_text_speaks_english_where_it_lacks_the_language_of_the_framework():
    shipped = load_framework("commerce-stakeholders")
    italian = shipped.model_copy(update={"languages": ("it",), "findings": {}})
    told = framework_findings.with_defaults(italian).findings["orphan"]
    assert told.title.root == {"it": kinds()["orphan"].title["en"]}


@pytest.mark.parametrize(
    ("actions", "action"),
    [
        ({"decide_again", "decide_owner"}, "decide_again"),
        ({"decide_owner"}, "decide_owner"),
        (set(), None),
    ],
)
def test_who_has_declined_is_replaced_even_by_a_framework_older_than_that_action(actions, action):
    shipped = load_framework("commerce-stakeholders")
    left = {key: shipped.actions[key] for key in actions}
    older = shipped.model_copy(update={"findings": {}, "actions": left})
    assert framework_findings.with_defaults(older).findings["role_declined"].action == action


def test_a_kind_that_a_framework_cannot_raise_is_not_added():
    shipped = load_framework("commerce-stakeholders")
    topics = shipped.model_copy(update={"areas": shipped.areas[:1], "findings": {}})
    assert "no_sponsor" not in facts(topics)
    assert "no_sponsor" not in framework_findings.with_defaults(topics).findings


def test_what_a_framework_says_itself_stands_before_the_default(tmp_path):
    folder = copied(tmp_path)
    path = folder / "findings.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data["orphan"] |= {"severity": "low", "title": {"en": "Alone", "fr": "Seul", "de": "Allein"}}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    told = load_framework(folder).findings["orphan"]
    assert (told.severity, told.title["fr"]) == ("low", "Seul")


@pytest.fixture
def new_kind(tmp_path, monkeypatch):
    """A package that gained a kind: a rule, and the file of its defaults."""
    templates = tmp_path / "templates"
    shutil.copytree(resources.templates(), templates)
    (templates / "findings" / f"{KIND}.yaml").write_text(DEFAULTS, "utf-8")
    folder = copied(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(resources, "templates", lambda: templates)
        kinds.cache_clear()
        rule = tmp_path / "rule.py"
        rule.write_text(RULE, "utf-8")
        runpy.run_path(str(rule))
        yield load_framework(folder)
    del RULES[KIND]
    kinds.cache_clear()


def test_a_new_kind_is_a_rule_and_a_file_and_no_framework_of_a_client_is_refused(new_kind):
    example = resources.templates() / "engagements" / "fernhill-supply.yaml"
    engagement, _ = load_engagement(example)
    people = [person.id for person in engagement.people][:2]
    decisions = tuple(
        {"focal_point": key, "owner": people[0], "deputy": people[1]}
        for key in ("promotions", "order_updates")
    )
    whole = engagement.model_dump(mode="json") | {"decisions": decisions}
    changed = type(engagement).model_validate(whole)
    raised = evaluate(in_force(new_kind), changed, dt.date(2026, 11, 23)).findings
    (overloaded,) = [finding for finding in raised if finding.kind == KIND]
    assert (overloaded.parties, overloaded.count, overloaded.severity) == (
        (people[1],),
        2,
        "medium",
    )
    assert new_kind.findings[KIND].action is None
