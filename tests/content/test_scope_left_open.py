"""A document without scope is not complete: `check` says so, and the defaults stand until then."""

from __future__ import annotations

import json

import pytest

from workbook.content import load_engagement, load_framework
from workbook.errors import BadInput

DOCUMENT = {
    "key": "no-scope",
    "framework": {"key": "commerce-stakeholders", "version": "1.0.0"},
    "organisation": {"name": "No scope", "profile": "small", "business_models": ["b2c"]},
    "programme": {"go_live": "2027-03-15"},
}


def written(folder, **changes):
    path = folder / "in.json"
    path.write_text(json.dumps({**DOCUMENT, **changes}), "utf-8")
    return path


def test_each_scope_group_that_a_document_does_not_name_takes_the_defaults(tmp_path):
    engagement = load_engagement(written(tmp_path, scope={"systems": []})).engagement
    framework = load_framework("commerce-stakeholders")
    by_default = [f.key for _, f in framework.places().values() if f.scope == "seats" and f.default]
    assert engagement.scope == {"systems": (), "seats": tuple(by_default)}


def test_a_complete_document_names_every_scope_group(tmp_path):
    with pytest.raises(BadInput) as refused:
        load_engagement(written(tmp_path, scope={"seats": ["ceo"]}), complete=True)
    (problem,) = refused.value.problems
    assert problem.message == "does not say which systems are in scope"
    assert "systems: [oms, customer_service_platform, erp]" in problem.fix
    whole = {"systems": [], "seats": []}
    assert load_engagement(written(tmp_path, scope=whole), complete=True).engagement.scope


def test_a_scope_group_that_is_misspelt_is_one_mistake(tmp_path):
    misspelt = {"system": ["erp"], "seats": ["ceo"]}
    with pytest.raises(BadInput) as refused:
        load_engagement(written(tmp_path, scope=misspelt), complete=True)
    (problem,) = refused.value.problems
    assert problem.fix == "did you mean “systems”?"
