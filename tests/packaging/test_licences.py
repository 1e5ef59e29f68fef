"""What people install may be used in a closed company: no copyleft licence in the runtime."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from docs.sbom import INSTALLED, PROJECT, bill, closure, licence

EXTRAS = ("parquet", "sensitivity", "cluster", "postgres", "lan")
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|Affero|General Public Licen[cs]e)", re.IGNORECASE)
# psycopg is under the LGPL and an extra: who connects to PostgreSQL installs it knowingly.
KNOWN = {"psycopg", "psycopg-binary"}


def copyleft(names: Iterable[str]) -> set[str]:
    return {name for name in names if COPYLEFT.search(licence(INSTALLED[name]))}


def test_the_runtime_has_no_copyleft_licence():
    names = closure(PROJECT["dependencies"])
    assert len(names) > 100
    assert copyleft(names) == set()


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_no_copyleft_licence_but_the_one_that_is_known(extra):
    assert copyleft(closure(PROJECT["optional-dependencies"][extra])) <= KNOWN


def test_the_rule_finds_a_copyleft_licence_where_there_is_one():
    assert copyleft({"krippendorff"}) == {"krippendorff"}


def test_what_measures_agreement_in_tests_stays_out_of_the_runtime():
    tables = (PROJECT["dependencies"], *map(PROJECT["optional-dependencies"].get, EXTRAS))
    assert not any("krippendorff" in closure(table) for table in tables)


def test_every_distribution_of_the_runtime_names_its_licence():
    assert [name for name in closure(PROJECT["dependencies"]) if not licence(INSTALLED[name])] == []


@pytest.mark.parametrize(
    "text",
    ["AGPL-3.0-only", "GPLv2+", "License :: OSI Approved :: GNU Affero General Public License v3"],
)
def test_the_rule_knows_every_way_to_say_it(text):
    assert COPYLEFT.search(text)


def test_the_bill_of_materials_names_each_package_with_version_licence_and_needs():
    whole = bill(("lan",))
    names = {component["name"] for component in whole["components"]}
    assert names == set(
        closure([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["lan"]])
    )
    assert {"numpy", "sqlalchemy", "cryptography"} <= names
    assert "pytest" not in names
    for component in whole["components"]:
        assert component["purl"] == f"pkg:pypi/{component['name']}@{component['version']}"
        assert component["licenses"][0]["license"]["name"]
    refs = {component["bom-ref"] for component in whole["components"]}
    needs = {each["ref"]: set(each["dependsOn"]) for each in whole["dependencies"]}
    assert set().union(*needs.values()) == refs, "whatever is in it is there for a reason"
    assert whole == bill(("lan",)), "the same for the same packages"
