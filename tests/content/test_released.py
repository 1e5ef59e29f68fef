"""Documents of earlier schemas, kept as files: each opens today and says what it said.

`released/` holds one of each version. Version 2 is an example as the first commit that had any
shipped it. Version 1 was never shipped; its file is the same with the fields that it had.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from workbook.content import load_engagement
from workbook.model.engagement import ENGAGEMENT_SCHEMA_VERSION
from workbook.scoring import evaluate

RELEASED = Path(__file__).parent / "released"
VERSIONS = range(1, ENGAGEMENT_SCHEMA_VERSION + 1)
DAY = dt.date(2026, 11, 23)


def test_a_document_of_every_schema_is_kept():
    names = {f"engagement-{version}.yaml" for version in VERSIONS}
    assert {file.name for file in RELEASED.iterdir()} == names


@pytest.mark.parametrize("version", VERSIONS)
def test_a_document_of_every_schema_opens_and_is_evaluated(version):
    file = RELEASED / f"engagement-{version}.yaml"
    assert f"schema_version: {version}\n" in file.read_text("utf-8")
    engagement, rules = load_engagement(file)
    assert engagement.schema_version == ENGAGEMENT_SCHEMA_VERSION
    newest, _ = load_engagement(RELEASED / f"engagement-{ENGAGEMENT_SCHEMA_VERSION}.yaml")
    assert engagement == newest
    assert len(engagement.nominations) > 10
    assert len(evaluate(rules, engagement, DAY).areas) == 3
