"""An engagement of a company whose lists lie in the same folder, and a way to import a file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook.cli.main import app
from workbook.workspace import Workspace

COMPANY = Path(__file__).parent / "company"


def session():
    return Workspace.at().open("acme")


def new_acme():
    facts = ("--profile", "large", "--business-model", "b2b", "--go-live", "2027-09-30")
    assert CliRunner().invoke(app, ["new", "acme", "--name", "Acme", *facts]).exit_code == 0


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """The folder as every test finds it: an engagement that nobody has touched, and the lists."""
    folder = tmp_path_factory.mktemp("acme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        new_acme()
    return shutil.copytree(COMPANY, folder, dirs_exist_ok=True)


@pytest.fixture
def folder(begun, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(begun, tmp_path, dirs_exist_ok=True)


def taken(file, *words):
    """Import a file; its plan as JSON, or the whole result where it is refused."""
    words = ["import", str(file), "--engagement", "acme", "--json", *words]
    result = CliRunner().invoke(app, words)
    return json.loads(result.stdout) if result.exit_code == 0 else result


@pytest.fixture
def take(folder):  # noqa: ARG001 - the engagement lies there
    return taken


@pytest.fixture(scope="session")
def staffed(begun, tmp_path_factory):
    """The folder once the people of its directory were imported."""
    folder = shutil.copytree(begun, tmp_path_factory.mktemp("staffed"), dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert taken("directory.csv")["kind"] == "people"
    return folder


@pytest.fixture
def company(staffed, folder, take):
    """A way to import into an engagement whose people are known."""
    shutil.copytree(staffed, folder, dirs_exist_ok=True)
    return take
