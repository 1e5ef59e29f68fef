"""What people install may be used in a closed company: no copyleft licence in the runtime."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))[
    "project"
]
INSTALLED = {canonicalize_name(each.metadata["Name"]): each for each in distributions()}
EXTRAS = ("parquet", "sensitivity", "cluster", "postgres")
COPYLEFT = re.compile(r"\b(A?GPL|LGPL|Affero|General Public Licen[cs]e)", re.IGNORECASE)
# psycopg is under the LGPL and an extra: who connects to PostgreSQL installs it knowingly.
KNOWN = {"psycopg", "psycopg-binary"}


def closure(requirements: list[str]) -> set[str]:
    """Every installed distribution that the requirements bring, directly or not."""
    reached: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), tuple(sorted(requirement.extras))
        if (name, extras) in reached or name not in INSTALLED:
            continue
        reached.add((name, extras))
        for text in INSTALLED[name].requires or ():
            needed = Requirement(text)
            contexts = [{"extra": extra} for extra in ("", *extras)]
            if needed.marker is None or any(map(needed.marker.evaluate, contexts)):
                waiting.append(needed)
    return {name for name, _ in reached}


def licence(distribution: Distribution) -> str:
    metadata = distribution.metadata
    classifiers = [c for c in metadata.get_all("Classifier") or () if c.startswith("License")]
    first_line = (metadata.get("License") or "").strip().partition("\n")[0]
    return " ".join([metadata.get("License-Expression") or first_line, *classifiers])


def copyleft(names: set[str]) -> set[str]:
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
