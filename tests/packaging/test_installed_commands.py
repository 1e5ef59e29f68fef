"""Called from any folder, the installed wheel answers as the checkout does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import workbook

AS_OF = ("--as-of", "2026-11-23")
EXAMPLE = "atelier-belval.yaml"
REPORT = ("report", EXAMPLE, "--lang", "fr", *AS_OF)
ANSWERS = [
    ("--version",),
    ("--help",),
    ("framework", "check"),
    ("framework", "show", "commerce-stakeholders"),
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


def test_a_report_of_the_wheel_is_that_of_the_checkout(installed, checkout, elsewhere, tmp_path):
    pages = []
    for name, place in {"wheel": installed, "checkout": checkout}.items():
        out = tmp_path / name
        made = place.run("workbook", *REPORT, "--out", str(out), "--json", folder=elsewhere)
        assert made.returncode == 0, made.stderr
        (told,) = json.loads(made.stdout)["reports"]
        pages.append(Path(told["page"]).read_text("utf-8"))
    assert pages[0] == pages[1]
    assert 'lang="fr"' in pages[0]


def test_a_mistyped_parameter_stops_the_wheel_before_it_writes(installed, elsewhere, tmp_path):
    out = tmp_path / "reports"
    asked = ("workbook", *REPORT, "--out", str(out), "-p", "langg", "fr")
    refused = installed.run(*asked, folder=elsewhere)
    assert refused.returncode == 2
    assert "langg" in refused.stderr
    assert not out.exists()


def test_the_kernel_of_a_report_is_the_wheels_own(installed, tmp_path):
    code = (
        "from jupyter_client.manager import KernelManager as K; print(K().format_kernel_cmd()[0])"
    )
    assert Path(installed.python(code, tmp_path)).parent == installed.bin
