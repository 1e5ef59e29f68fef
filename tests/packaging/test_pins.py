"""One list of dependencies, told in pyproject.toml, requirements.lock and environment.yml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
CONDA_NAMES = {"typst-py": "typst"}
"""What conda calls otherwise: name there to name here."""
CONDA_ONLY = {"python", "pip"}
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
PIN = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\\]*?) \\\n(?P<hashes>(?: +--hash=\S+(?: \\)?\n)+)", re.MULTILINE
)


def requirements(*groups: str) -> dict[str, Requirement]:
    tables = {"runtime": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    parsed = [Requirement(one) for group in groups or tables for one in tables[group]]
    return {canonicalize_name(one.name): one for one in parsed}


def conda_specs() -> dict[str, str]:
    """Name to range, as environment.yml has them."""
    specs = [one for one in CONDA["dependencies"] if isinstance(one, str)]
    parts = [re.fullmatch(r"([\w-]+) ?(.*)", one).groups() for one in specs]
    return {CONDA_NAMES.get(name, canonicalize_name(name)): versions for name, versions in parts}


def lock_pins() -> list[Requirement]:
    return [Requirement(found["pin"]) for found in PIN.finditer(lock_text())]


def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text("utf-8")


def machine(python: str, platform: tuple[str, str, str]) -> dict[str, str]:
    system, name, family = platform
    return {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_system": name,
        "os_name": family,
        "platform_machine": "x86_64",
    }


@pytest.mark.parametrize("spec", [one for one in CONDA["dependencies"] if isinstance(one, str)])
def test_conda_reads_every_spec_strictly(spec):
    assert MatchSpec(spec, strict=True).name is not None


@pytest.mark.parametrize("broken", ["numpy >=2.2<3", "numpy ~~2", "numpy >=2,,<3"])
def test_the_strict_reader_refuses_a_slip_of_the_pen(broken):
    with pytest.raises(InvalidMatchSpecError):
        MatchSpec(broken, strict=True)


def test_conda_gets_the_ranges_of_the_project():
    ranges = {name: one.specifier for name, one in requirements().items()}
    conda = {
        name: SpecifierSet(versions)
        for name, versions in conda_specs().items()
        if name not in CONDA_ONLY
    }
    assert conda == {name: ranges.get(name) for name in conda}


def test_conda_gets_everything_that_a_run_needs():
    assert set(requirements("runtime", "cluster", "parquet", "sensitivity")) <= set(conda_specs())


def test_conda_gets_a_python_that_the_project_supports():
    chosen = conda_specs()["python"].removeprefix("=")
    assert Version(chosen) in SpecifierSet(PROJECT["requires-python"])
    assert chosen in PYTHONS


def test_binder_needs_no_file_besides_the_environment():
    installed_by_pip = [one["pip"] for one in CONDA["dependencies"] if isinstance(one, dict)]
    assert installed_by_pip == [["-e ."]]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=[one[0] for one in PLATFORMS])
def test_the_lock_holds_one_allowed_version_of_each_dependency(python, platform):
    here = machine(python, platform)
    pinned: dict[str, str] = {}
    for pin in lock_pins():
        if pin.marker is None or pin.marker.evaluate(here):
            name = canonicalize_name(pin.name)
            assert name not in pinned
            pinned[name] = str(pin.specifier).removeprefix("==")
    wanted = requirements().items()
    due = {name: one for name, one in wanted if one.marker is None or one.marker.evaluate(here)}
    missed = {
        name: pinned.get(name)
        for name, one in due.items()
        if name not in pinned or pinned[name] not in one.specifier
    }
    assert missed == {}


def test_every_pin_has_hashes_and_nothing_else_is_in_the_lock():
    left = PIN.sub("", lock_text())
    assert [line for line in left.splitlines() if line and not line.startswith("#")] == []
    assert all(str(pin.specifier).startswith("==") for pin in lock_pins())


def test_the_lock_tells_no_address():
    assert re.findall(r"\S*(?:://|index-url|find-links)\S*", lock_text()) == []
    assert [pin.name for pin in lock_pins() if pin.url] == []
