"""Whatever a notebook shows, this engine and Papermill's default one show the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import papermill
import pytest

from tests.batch import alike
from workbook import resources

pytestmark = pytest.mark.notebooks

NOTEBOOKS = Path(__file__).parent / "notebooks"
OURS = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
SHIPPED = [
    "00_start", "01_experience", "02_technology", "03_executive_sponsor", "04_review", "05_report",
]  # fmt: skip
ASKING = """
import faulthandler, json, os, sys
from pathlib import Path
import papermill

faulthandler.dump_traceback_later(200, exit=True)  # where it waits, if it does
folder, engine = Path(sys.argv[1]), sys.argv[2] or None
profile = folder / "ipython" / "profile_default"
profile.mkdir(parents=True)
# A kernel of its own warns about its connection unless it is told to be quiet.
(profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 50")
os.environ["IPYTHONDIR"] = str(folder / "ipython")
errors = {}
for name, (path, output, parameters) in json.loads((folder / "asked.json").read_text()).items():
    home = folder / name
    home.mkdir()
    os.environ["WORKBOOK_HOME"] = str(home)
    try:
        papermill.execute_notebook(
            path, output, parameters, engine_name=engine, progress_bar=False, cwd=home,
            execution_timeout=60,
        )
    except papermill.PapermillExecutionError as error:
        errors[name] = error.exec_count, error.ename
(folder / "errors.json").write_text(json.dumps(errors))
"""
EVERY_TYPE = {
    "p_text": 'a "quoted" \\ line\nand a second, é 🙂',
    "p_mixed": [1, 2.5, True, None, {"key": ["nested", {}]}],
    "p_numbers": [float("inf"), float("-inf"), -1, 1e300],
    "name": "somebody",
}


def asked(folder):
    """Every notebook to be run, as Papermill is asked for it: path, output, parameters."""
    about = {"engagement": "northgate-home", "as_of": "2026-11-23"}
    shipped = {name: resources.notebooks() / f"{name}.ipynb" for name in SHIPPED}
    small = {name: NOTEBOOKS / f"{name}.ipynb" for name in OURS}
    given = dict.fromkeys(shipped, about) | {"parameters": EVERY_TYPE}
    return {
        name: (str(path), str(folder / f"{name}.ipynb"), given.get(name, {}))
        for name, path in (small | shipped).items()
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The executed notebooks of an engine and the errors it raised, by the notebook's name.

    Each engine has a process of its own, which asks Papermill for one notebook after the other.
    """

    @cache
    def run(engine):
        folder = tmp_path_factory.mktemp("engine")
        told = asked(folder)
        (folder / "asked.json").write_text(json.dumps(told))
        program = [sys.executable, "-c", ASKING, str(folder), engine]
        # A kernel that finds itself in a test leaves the descriptors of its streams alone.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        with (folder / "told.txt").open("w") as told_in:
            code = subprocess.run(
                program, check=False, cwd=folder, stdout=told_in, stderr=told_in, env=environment
            ).returncode
        assert code == 0, (folder / "told.txt").read_text()
        errors = json.loads((folder / "errors.json").read_text())
        return {
            name: (json.loads(Path(output).read_text("utf-8")), errors.get(name))
            for name, (_, output, _) in told.items()
        }

    return run


@pytest.mark.parametrize("name", OURS)
def test_every_kind_of_output_is_the_default_engines(name, run):
    (theirs, their_error), (ours, our_error) = run("")[name], run("workbook")[name]
    assert alike.cells(ours) == alike.cells(theirs)
    assert alike.widgets(ours) == alike.widgets(theirs)
    assert our_error == their_error
    for told in ("language_info", "kernelspec"):
        assert ours["metadata"][told] == theirs["metadata"][told]


@pytest.mark.parametrize("name", SHIPPED)
def test_our_own_notebooks_come_out_as_with_the_default_engine(name, run):
    (theirs, _), (ours, error) = run("")[name], run("workbook")[name]
    assert error is None
    assert alike.cells(ours) == alike.cells(theirs)
    assert alike.widgets(ours) == alike.widgets(theirs)


def test_what_ran_before_an_error_is_kept_and_what_comes_after_is_pending(run):
    notebook, error = run("workbook")["stops"]
    told = [cell["metadata"].get("papermill", {}).get("status") for cell in notebook["cells"]]
    assert [one for one in told if one] == [
        "completed", "completed", "failed", "pending", "pending",
    ]  # fmt: skip
    assert error == [2, "LookupError"]


def test_a_report_after_its_rehearsal_is_the_default_engines(tmp_path):
    """From its third run on the report is forked from a server that has rehearsed it."""
    document = resources.templates() / "engagements" / "borealis-parts.yaml"
    values = {"engagement": str(document), "as_of": "2026-11-23"}
    report = resources.notebooks() / "05_report.ipynb"

    def ran(name, engine=None):
        path = tmp_path / f"{name}.ipynb"
        papermill.execute_notebook(report, path, values, engine_name=engine, progress_bar=False)
        return alike.cells(json.loads(path.read_text("utf-8")))

    first, _, third, fourth = (ran(n, "workbook") for n in range(4))
    assert first == third == fourth == ran("default")
