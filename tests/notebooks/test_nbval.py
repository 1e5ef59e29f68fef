"""Run again, every notebook shows what is stored in it, cell by cell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from tests.notebooks.kept import NOTEBOOKS, SANITISE, TIMEOUT, surroundings


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """All notebooks, each in a kernel of its own: what is said of each cell, and of all."""
    folder = tmp_path_factory.mktemp("nbval")
    command = [sys.executable, "-m", "pytest", "-v", "--nbval", "--nbval-current-env"]
    command += ["--nbval-sanitize-with", str(SANITISE), f"--nbval-cell-timeout={TIMEOUT}"]
    # Our own options are for our own tests; a notebook's are nbval's alone.
    alone = ["-c", os.devnull, "--rootdir", str(NOTEBOOKS[0].parent), "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, *alone, *map(str, NOTEBOOKS)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **surroundings(folder)},
        cwd=folder,
    ).stdout


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_those_that_are_stored(path, compared):
    cells = re.findall(rf"/{path.stem}::ipynb::Cell \d+ (\w+)", compared)
    code = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    assert cells == ["PASSED"] * len(code), compared
