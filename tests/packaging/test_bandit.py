"""What bandit finds in the package was judged, line by line, where it stands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

IMPORTS = {"B404", "B405", "B406"}
"""Modules that may be used wrongly: each use is looked at by a rule of its own."""
NO_SECRET = ("B311", "scoring/weightings.py")
"""Chance there draws weightings, and protects nothing."""


def findings(bandit, *paths):
    command = [*bandit, "-q", "-f", "json", "-r", *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    assert report["errors"] == []
    return report["results"]


@pytest.fixture(scope="module")
def bandit():
    return [sys.executable, "-m", "bandit"]


def judged(finding):
    """Whether a line names the same rule of ruff, with a reason, or needs none."""
    rule, file = finding["test_id"], finding["filename"]
    if rule in IMPORTS or (rule == NO_SECRET[0] and file.endswith(NO_SECRET[1])):
        return True
    lines = Path(file).read_text("utf-8").splitlines()
    numbers = {*finding["line_range"], finding["line_number"]}
    return any(f"S{rule[1:]}" in lines[n - 1].partition("noqa:")[2] for n in numbers)


def test_whatever_bandit_finds_was_judged_where_it_stands(bandit, project):
    found = findings(bandit, project / "workbook")
    assert found, "bandit looked at nothing"
    assert [
        f"{f['filename']}:{f['line_number']} {f['test_id']}" for f in found if not judged(f)
    ] == []


def test_a_line_that_nobody_judged_is_found(bandit, tmp_path):
    (tmp_path / "careless.py").write_text("import os\nos.system('ls ' + input())\n", "utf-8")
    (finding,) = findings(bandit, tmp_path)
    assert not judged(finding)
