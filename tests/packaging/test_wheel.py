"""The wheel does the same as the checkout, from any folder."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

import workbook
from workbook import resources

ROOT = "import workbook.resources as r; print(r.root())"


def shipped(project: Path, folder: str) -> set[str]:
    """What a checkout holds below a folder, ignored files left out."""
    git = ["git", "-c", f"safe.directory={project}", "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard", folder],
        check=True,
        cwd=project,
        capture_output=True,
        text=True,
    )
    return {name for name in listed.stdout.split("\0") if name and (project / name).is_file()}


@pytest.mark.parametrize(
    ("folder", "inside"),
    [
        ("workbook", "workbook"),
        ("notebooks", "workbook/_resources/notebooks"),
        ("templates", "workbook/_resources/templates"),
    ],
)
def test_everything_travels_in_the_wheel(project, wheel, folder, inside):
    expected = {inside + name.removeprefix(folder) for name in shipped(project, folder)}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(inside + "/")}
    if inside == "workbook":
        packed = {name for name in packed if "/_resources/" not in name}
    assert packed == expected
    assert expected


def test_the_wheel_brings_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"workbook", f"ownership_workbook-{workbook.__version__}.dist-info"}


def test_the_wheel_says_that_it_is_typed_and_licensed(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "workbook/py.typed" in names
    assert "workbook/scoring/titles_spelling.toml" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_clean_environment_does_not_see_the_checkout(bare, tmp_path):
    assert bare.run("python", "-c", "import workbook", folder=tmp_path).returncode == 1


def test_a_checkout_without_installation_finds_its_own_resources(project, bare, tmp_path):
    assert bare.python(ROOT, tmp_path, PYTHONPATH=str(project)) == str(project)


def test_an_editable_installation_finds_the_checkouts_resources(project):
    assert resources.root() == project


def test_an_editable_installation_leaves_no_copies_behind():
    assert not list(resources.root().glob("workbook/_resources"))
    assert [Path(place) for place in workbook.__path__] == [resources.root() / "workbook"]


def test_a_wheel_finds_its_resources_inside_the_package(installed, tmp_path):
    root = Path(installed.python(ROOT, tmp_path))
    assert root.parts[-2:] == ("workbook", "_resources")
    assert "site-packages" in root.parts
