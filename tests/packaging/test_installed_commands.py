"""Called from any folder, the installed wheel answers as the checkout does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import workbook

AS_OF = ("--as-of", "2026-11-23")
EXAMPLE = "atelier-belval.yaml"
ANSWERS = [
    ("--version",),
    ("--help",),
    ("framework", "check"),
    ("framework", "show"),
    ("framework", "schema"),
    ("check", "--schema"),
    ("check", EXAMPLE, "--json"),
    ("evaluate", EXAMPLE, *AS_OF, "--json"),
]


@pytest.fixture(scope="session")
def elsewhere(project, tmp_path_factory) -> Path:
    """A folder of a user's own, with one engagement document in it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copy(project / "templates" / "engagements" / EXAMPLE, folder)
    return folder


def test_the_wheel_knows_its_version(installed, elsewhere):
    told = installed.run("workbook", "--version", folder=elsewhere)
    assert told.stdout == f"workbook {workbook.__version__}\n"


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_a_command_answers_as_in_the_checkout(arguments, installed, checkout, elsewhere):
    wheel = installed.run("workbook", *arguments, folder=elsewhere)
    assert (wheel.returncode, wheel.stderr) == (0, "")
    assert wheel.stdout == checkout.run("workbook", *arguments, folder=elsewhere).stdout
