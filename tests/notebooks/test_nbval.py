"""Run again, every notebook shows what is stored in it, cell by cell."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.notebooks.kept import NOTEBOOKS, SANITISE, TIMEOUT, surroundings


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_those_that_are_stored(path, tmp_path):
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env"]
    command += ["--nbval-sanitize-with", str(SANITISE), f"--nbval-cell-timeout={TIMEOUT}"]
    # Our own options are for our own tests; a notebook's are nbval's alone.
    alone = ["-c", os.devnull, "--rootdir", str(path.parent), "-p", "no:cacheprovider"]
    compared = subprocess.run(
        [*command, *alone, str(path)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **surroundings(tmp_path)},
        cwd=tmp_path,
    )
    assert compared.returncode == 0, compared.stdout
