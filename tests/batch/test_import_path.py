"""Documents are data: no code of a client's folder runs, whatever its files are called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import papermill
import pytest

from tests.batch.decoys import decoy, decoys, ran
from tests.batch.small_notebooks import written
from workbook import resources
from workbook.batch.fork.job import Export, Job
from workbook.batch.plain import execute
from workbook.batch.pool import Pool
from workbook.batch.shipped import is_shipped

pytestmark = pytest.mark.notebooks

BOREALIS = resources.templates() / "engagements" / "borealis-parts.yaml"
REPORT = resources.notebooks() / "05_report.ipynb"
COMMAND = str(Path(sys.executable).with_name("workbook"))
IMPORTS = "try:\n    import client_module\nexcept ImportError:\n    pass"


@pytest.fixture
def folder(tmp_path):
    """A document among decoys."""
    folder = decoys(tmp_path)
    shutil.copy(BOREALIS, folder)
    return folder


def command(folder, *words):
    """Run our command in a folder, as somebody does who has unpacked a client's files there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    told = subprocess.run(
        [COMMAND, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("name", ["report", "batch"])
def test_a_command_started_in_a_folder_of_decoys_runs_none(folder, name):
    command(folder, name, "borealis-parts.yaml", "--out", "out")
    assert list(folder.glob("out/*.html"))
    assert ran(folder) == set()


def test_a_consultants_own_notebook_finds_the_modules_beside_it(tmp_path):
    folder = tmp_path
    shutil.copy(BOREALIS, folder)
    decoy(folder, "client_module")
    written(folder, 'engagement: str = ""\nlang: str = ""', IMPORTS, name="mine")
    command(folder, "batch", "borealis-parts.yaml", "--out", "out", "--notebook", "mine.ipynb")
    assert "client_module" in ran(folder)


def values(folder):
    """Parameters for our report."""
    document = str(folder / "borealis-parts.yaml")
    return {"engagement": document, "as_of": "2026-11-23", "lang": "en"}


def reports(folder, count):
    """Jobs for our report, in the folder; the second one is after the rehearsal."""
    return [
        Job(
            name=str(number),
            notebook=REPORT,
            output=folder / f"{number}.ipynb",
            exports=(Export("workbook.report.export:page_of", folder / f"{number}.html"),),
            parameters=values(folder),
            folder=folder,
            imports_from_folder=False,
        )
        for number in range(count)
    ]


def test_reports_of_ours_import_nothing_from_the_folder_not_even_when_rehearsed(folder):
    with Pool(1, rehearse=True, durable=False) as pool:
        for job in reports(folder, 3):
            assert pool.execute(job).ok
    assert ran(folder) == set()


def test_without_that_the_same_report_would_run_decoys(folder):
    (job,) = reports(folder, 1)
    with Pool(1, durable=False) as pool:
        pool.execute(replace(job, imports_from_folder=True))
    assert ran(folder)


def test_a_kernel_of_its_own_imports_nothing_from_the_folder(folder):
    (job,) = reports(folder, 1)
    assert execute(job).ok
    assert ran(folder) == set()
    execute(replace(job, imports_from_folder=True))
    assert ran(folder)


def test_papermill_with_our_engine_imports_nothing_for_our_notebook(folder, monkeypatch):
    monkeypatch.chdir(folder)
    asked = {"parameters": values(folder), "engine_name": "workbook", "progress_bar": False}
    papermill.execute_notebook(str(REPORT), "one.ipynb", **asked)
    assert ran(folder) == set()

    changed = nbformat.read(REPORT, 4)
    first = next(cell for cell in changed.cells if cell.cell_type == "code")
    first.source = f"import client_module\n{first.source}"  # before any library may be loaded
    nbformat.write(changed, "changed.ipynb")
    with pytest.raises(papermill.PapermillExecutionError):
        papermill.execute_notebook("changed.ipynb", "two.ipynb", **asked)
    assert "client_module" in ran(folder)


def test_a_notebook_is_ours_only_if_every_cell_is():
    ours = nbformat.read(REPORT, 4)
    assert is_shipped(ours)

    def injected(source):
        notebook = nbformat.read(REPORT, 4)
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["injected-parameters"]})
        notebook.cells.insert(1, cell)
        return notebook

    assert is_shipped(injected('# Parameters\nengagement = "a.yaml"\nsections = ["map"]\n'))
    for source in ("import os", "lang = open('x').read()", "a.b = 1", "lang = (", "[x] = [1]"):
        assert not is_shipped(injected(source))
    ours.cells[-1].source += " "
    assert not is_shipped(ours)
