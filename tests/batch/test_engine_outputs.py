"""Whatever a notebook shows, this engine and Papermill's default one show the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cached_property
from itertools import chain
from pathlib import Path

import papermill
import pytest

from tests.batch import alike, engine_differences
from tests.batch.engine_snippets import CASES, SNIPPETS
from tests.batch.small_notebooks import written
from workbook import resources

# The first of them waits for hundreds of kernels.
pytestmark = [pytest.mark.notebooks, pytest.mark.timeout(1000)]

NOTEBOOKS = Path(__file__).parent / "notebooks"
OURS = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
FOUND = {path.stem: path for path in sorted(CASES.glob("*.ipynb"))}
"""Notebooks that once came out differently; their metadata say with what they are run."""
SHIPPED = [
    "00_start", "01_experience", "02_technology", "03_executive_sponsor", "04_review", "05_report",
]  # fmt: skip
AT_ONCE = 2
"""Processes of each engine that run notebooks at the same time."""
ATTEMPTS = 4
"""Runs of a notebook by the default engine in which its threads may race as they like."""
EVERY_TYPE = {
    "p_text": 'a "quoted" \\ line\nand a second, é 🙂',
    "p_mixed": [1, 2.5, True, None, {"key": ["nested", {}]}],
    "p_numbers": [float("inf"), float("-inf"), -1, 1e300],
    "name": "somebody",
}
CONDITIONS = ("files", "env", "options", "watch")
DIFFERING = {
    f"differs-{number:02}": case
    for number, case in enumerate(chain.from_iterable(engine_differences.SHOWN.values()), 1)
}


def asked(folder):
    """Every notebook to be run, as `running_cases` is asked for it."""
    about = {"engagement": "northgate-home", "as_of": "2026-11-23"}
    cases = {name: {"path": resources.notebooks() / f"{name}.ipynb"} for name in SHIPPED}
    for case in cases.values():
        case["parameters"] = about
    cases |= {name: {"path": NOTEBOOKS / f"{name}.ipynb"} for name in OURS}
    cases["parameters"]["parameters"] = EVERY_TYPE
    for name, path in FOUND.items():
        conditions = json.loads(path.read_text("utf-8"))["metadata"].get("compare", {})
        cases[name] = {"path": path} | {k: conditions[k] for k in CONDITIONS if k in conditions}
    for name, sources in SNIPPETS.items():
        cases[name] = {"path": written(folder, *sources, name=name), "watch": ["end.txt"]}
    for name, case in DIFFERING.items():
        path = written(folder, *case["sources"], name=name)
        cases[name] = {"path": path} | {k: case[k] for k in CONDITIONS if k in case}
    return {
        name: case
        | {"path": str(case["path"]), "output": str(folder / f"{case['path'].stem}.out.ipynb")}
        for name, case in cases.items()
    }


class Run:
    """Notebooks through one engine, in a few processes that ask Papermill one by one."""

    def __init__(self, folder, engine, names=None):
        folder.mkdir(exist_ok=True)
        self.asked, self._begun = asked(folder), []
        names = list(names or self.asked)
        # A kernel that finds itself in a test leaves the descriptors of its streams alone.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        for number in range(AT_ONCE):
            share = folder / str(number)
            share.mkdir()
            cases = {name: self.asked[name] for name in names[number::AT_ONCE]}
            (share / "asked.json").write_text(json.dumps(cases))
            with (share / "told.txt").open("w") as told:
                process = subprocess.Popen(
                    [sys.executable, "-m", "tests.batch.running_cases", str(share), engine],
                    stdout=told,
                    stderr=told,
                    env=environment,
                )
            self._begun.append((share, process))

    @cached_property
    def ended(self):
        """How each notebook ended, when all have."""
        ended = {}
        for share, process in self._begun:
            assert process.wait() == 0, (share / "told.txt").read_text()
            ended |= json.loads((share / "ended.json").read_text())
        return ended

    def __getitem__(self, name):
        path, ended = Path(self.asked[name]["output"]), self.ended[name]
        return json.loads(path.read_text("utf-8")) if path.exists() else None, ended


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """All notebooks through the default engine and through ours, side by side."""
    folder = tmp_path_factory.mktemp
    theirs, ours = Run(folder("theirs"), ""), Run(folder("ours"), "workbook")
    return theirs, ours


def check(engines, name, tmp_path):
    """Ours is what the default engine shows; where its threads race, what it shows at one time."""
    theirs, ours = engines
    outcomes = [_outcome(*theirs[name])]
    expected = _outcome(*ours[name])
    while expected not in outcomes and len(outcomes) < ATTEMPTS:
        again = Run(tmp_path / str(len(outcomes)), "", [name])
        outcomes.append(_outcome(*again[name]))
    assert expected in outcomes[1:] or expected == outcomes[0]


def _outcome(notebook, ended):
    if not notebook:
        return ended
    about = {key: notebook["metadata"].get(key) for key in ("language_info", "kernelspec")}
    return ended, about, alike.widgets(notebook), alike.cells(notebook)


@pytest.mark.parametrize("name", OURS)
def test_every_kind_of_output_is_the_default_engines(name, engines, tmp_path):
    check(engines, name, tmp_path)


@pytest.mark.parametrize("name", FOUND)
def test_what_once_differed_is_the_default_engines(name, engines, tmp_path):
    check(engines, name, tmp_path)


@pytest.mark.parametrize("name", SNIPPETS)
def test_whatever_people_write_is_shown_as_by_the_default_engine(name, engines, tmp_path):
    check(engines, name, tmp_path)


@pytest.mark.parametrize("name", SHIPPED)
def test_our_own_notebooks_come_out_as_with_the_default_engine(name, engines, tmp_path):
    assert engines[1][name][1]["error"] is None
    check(engines, name, tmp_path)


@pytest.mark.parametrize("name", DIFFERING)
def test_what_is_listed_as_a_difference_is_one(name, engines):
    (theirs, their_end), (ours, our_end) = (engine[name] for engine in engines)
    assert (our_end["error"], _outputs(ours)) != (their_end["error"], _outputs(theirs))


def test_every_difference_that_the_how_to_lists_has_its_test(project):
    how_to = (project / "docs" / "how-to" / "batch.md").read_text("utf-8")
    table = how_to.partition("| difference | reason |\n|---|---|\n")[2].partition("\n\n")[0]
    rows = [line.removeprefix("| ") for line in table.splitlines()]
    known = [*engine_differences.SHOWN, *engine_differences.HELD]
    tested = [row for start in known for row in rows if row.startswith(start)]
    assert sorted(tested) == sorted(rows)
    for test in engine_differences.HELD.values():
        file, _, name = test.partition("::")
        assert f"def {name}(" in (Path(__file__).parent / file).read_text("utf-8")


def _outputs(notebook):
    return [cell["outputs"] for cell in notebook["cells"] if "outputs" in cell]


def test_what_ran_before_an_error_is_kept_and_what_comes_after_is_pending(engines):
    notebook, ended = engines[1]["stops"]
    told = [cell["metadata"].get("papermill", {}).get("status") for cell in notebook["cells"]]
    assert [one for one in told if one] == [
        "completed", "completed", "failed", "pending", "pending",
    ]  # fmt: skip
    assert ended["error"] == [2, "LookupError"]


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
