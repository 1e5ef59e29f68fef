"""The published JSON Schemas are those of the code, and agree with it about documents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from tests.content.documents import GOOD, changed
from workbook import resources
from workbook.batch.formats import evaluation_of
from workbook.content import engagement_schema, framework_keys, framework_schema
from workbook.content.reading import parse, read
from workbook.content.schemas import evaluation_schema

validator = cache(lambda schema: jsonschema.Draft202012Validator(schema()))

PUBLISHED = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize(
    ("name", "schema", "command"),
    [
        ("engagement", engagement_schema, "workbook check --schema"),
        ("framework", framework_schema, "workbook framework schema"),
        ("evaluation", evaluation_schema, "make reference"),
    ],
)
def test_the_published_schema_is_today_s(name, schema, command):
    path = PUBLISHED / f"{name}.schema.json"
    assert json.loads(path.read_text("utf-8")) == schema(), f"write it again: {command} (> {path})"


@pytest.mark.parametrize(
    "path",
    sorted((resources.templates() / "engagements").glob("*.yaml")),
    ids=lambda path: path.stem,
)
def test_the_examples_are_valid_by_the_schema(path):
    validator(engagement_schema).validate(read(path).data)


@pytest.mark.parametrize("names", [True, False])
def test_an_evaluation_holds_by_its_schema_scores_findings_and_actions(names):
    path = resources.templates() / "engagements" / "maison-lorient.yaml"
    evaluation = json.loads(evaluation_of(str(path), "2026-11-23", names=names))
    validator(evaluation_schema).validate(evaluation)
    assert all(evaluation[key] for key in ("score", "areas", "findings", "actions", "steps"))
    text = json.dumps(evaluation)
    people = [person["id"] for person in read(path).data["people"]]
    assert any(f'"{person}"' in text for person in people) is names
    with pytest.raises(jsonschema.ValidationError):
        validator(evaluation_schema).validate(evaluation | {"score": {"low": "much"}})


@pytest.mark.parametrize("key", framework_keys())
def test_the_frameworks_are_valid_by_the_schema(key):
    path = resources.templates() / "frameworks" / key / "framework.yaml"
    validator(framework_schema).validate(read(path, includes=True).data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: acme", "key: Acme GmbH"),
        ("title: CTO", "titel: CTO"),
        ("title: CTO", "inside: yes"),
        ("[b2b]", "[]"),
        ("name: Acme,", ""),
        ("deputy: bo", "role: B"),
        ("schema_version: 2", "schema_version: 3"),
    ],
)
def test_the_schema_refuses_what_the_code_refuses(old, new):
    validator(engagement_schema).validate(parse(GOOD).data)
    with pytest.raises(jsonschema.ValidationError):
        validator(engagement_schema).validate(parse(changed((old, new))).data)
