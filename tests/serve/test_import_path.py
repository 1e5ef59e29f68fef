"""Kernels that we serve import nothing from a workspace, and servers read no code from a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

import pytest
from jupyter_client.manager import run_kernel

from tests.batch.decoys import decoys, ran
from workbook.serve import Lab, VoilaSession

pytestmark = pytest.mark.notebooks

CELL = "try:\n    import client_module\nexcept ImportError:\n    pass"
SERVE = """
import os, sys
from unittest.mock import patch
from pathlib import Path
from workbook.serve import {server}
from {module} import {application} as Application

def start(argv, **options):
    if hasattr(Application, "initialize_server"):
        Application.initialize_server(argv)
    else:
        Application.instance(**options).initialize(argv)

with patch.object(Application, "launch_instance", start):
    {server}(Path("workspace")).serve()
"""


@pytest.fixture
def folder(tmp_path):
    """A workspace's folder of notebooks, full of decoys."""
    return decoys(tmp_path)


def run_cell(folder, environment):
    """Run a cell in a kernel that works in the folder."""
    with run_kernel(cwd=str(folder), env=environment) as client:
        client.execute_interactive(CELL, timeout=60)


@pytest.mark.parametrize("server", [Lab, VoilaSession])
def test_a_kernel_imports_nothing_from_the_folder_of_its_notebook(folder, server):
    one = server(folder)
    environment = one.environment(folder) if server is Lab else one.environment()
    with suppress(RuntimeError):  # A decoy may well have ended it.
        run_cell(folder, dict(os.environ))
    assert ran(folder), "without our environment decoys run"
    (folder / "ran.txt").unlink()
    run_cell(folder, dict(environment))
    assert ran(folder) == set()


@pytest.mark.parametrize(
    ("server", "module", "application"),
    [("VoilaSession", "voila.app", "Voila"), ("Lab", "jupyterlab.labapp", "LabApp")],
)
def test_a_server_started_among_decoys_reads_none_as_configuration(
    folder, server, module, application
):
    for name in ("jupyter_config", "jupyter_server_config", "jupyter_lab_config"):
        (folder / f"{name}.py").write_text((folder / "voila.py").read_text())
    code = SERVE.format(server=server, module=module, application=application)
    command = [sys.executable, "-P", "-c", code]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert ran(folder) == set()
