"""Inventories of applications as they are exported: systems in scope, their owners as claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.conftest import session

FILES = sorted((Path(__file__).parent / "systems").iterdir())


def test_there_are_files_enough():
    assert len(FILES) >= 20


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_an_inventory_is_read_without_a_mapping_by_hand(take, file):
    plan = take(file)
    assert plan["kind"] == "systems"
    claims = {d.focal_point: d.note for d in session().engagement.decisions}
    assert set(claims) == {"erp", "pim"}
    assert all("Bo Li" in note for note in claims.values())
    assert "Payroll: no system of the framework bears this name" in plan["unused"]
    assert take(file)["changes"] == 0
