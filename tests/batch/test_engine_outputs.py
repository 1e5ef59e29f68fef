"""Whatever a notebook shows, this engine and Papermill's default one show the same."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path

import papermill
import pytest
from papermill.exceptions import PapermillExecutionError

from tests.batch import alike, engine_differences
from tests.batch.compared import DIFFERING, FOUND, OURS, SHIPPED, Run
from tests.batch.default_outcomes import Kept
from tests.batch.engine_snippets import SNIPPETS
from workbook import resources

# The first of them waits for all notebooks, and for hundreds of kernels if nothing is kept.
pytestmark = [pytest.mark.notebooks, pytest.mark.timeout(1000)]

ATTEMPTS = 4
"""Runs of a notebook by the default engine in which its threads may race as they like."""


class Engines:
    """All notebooks through ours; by the default engine those of which nothing kept will do."""

    def __init__(self, folder):
        self._kept = Kept()
        self.ours = Run(folder / "ours", "workbook")
        due = self._kept.due(self.ours.asked, dt.datetime.now(dt.UTC))
        self._runs = [Run(folder / "due", "", due)]
        other = [name for name in self.ours.names if name not in due and not self.known(name)]
        self._runs.append(Run(folder / "other", "", other))

    def known(self, name):
        """Whether ours shows what is kept of the default engine."""
        return self._kept.shows(name, self.ours.outcome(name))

    def theirs(self, name):
        """The run of the default engine that has the notebook, if it was needed."""
        return next((run for run in self._runs if name in run.names), None)


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    return Engines(tmp_path_factory.mktemp("engines"))


def check(engines, name, tmp_path):
    """Ours is what the default engine shows; where its threads race, what it shows at one time."""
    live, expected = engines.theirs(name), engines.ours.outcome(name)
    if not live:
        assert engines.known(name)
        return
    outcomes = [live.outcome(name)]
    while expected not in outcomes and len(outcomes) < ATTEMPTS:
        again = Run(tmp_path / str(len(outcomes)), "", [name])
        outcomes.append(again.outcome(name))
    assert expected in outcomes[1:] or expected == outcomes[0]


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
    assert engines.ours[name][1]["error"] is None
    check(engines, name, tmp_path)


@pytest.mark.parametrize("name", DIFFERING)
def test_what_is_listed_as_a_difference_is_one(name, engines):
    (theirs, their_end), (ours, our_end) = engines.theirs(name)[name], engines.ours[name]
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
    notebook, ended = engines.ours["stops"]
    told = [cell["metadata"].get("papermill", {}).get("status") for cell in notebook["cells"]]
    assert [one for one in told if one] == [
        "completed", "completed", "failed", "pending", "pending",
    ]  # fmt: skip
    assert ended["error"] == [2, "LookupError"]


def test_a_report_after_its_rehearsal_is_the_default_engines(tmp_path):
    """From its third run on it is rehearsed, and a process makes several, one after the other.

    One that fails there begins anew, alone, and fails as it does with the default engine.
    """
    sound = resources.templates() / "engagements" / "borealis-parts.yaml"
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        sound.read_text("utf-8").replace("go_live: 2027-03-29", "go_live: never"), "utf-8"
    )
    report = resources.notebooks() / "05_report.ipynb"

    def ran(document, name, engine=None):
        path = tmp_path / f"{name}.ipynb"
        values = {"engagement": str(document), "as_of": "2026-11-23"}
        with suppress(PapermillExecutionError):
            papermill.execute_notebook(report, path, values, engine_name=engine, progress_bar=False)
        return alike.cells(json.loads(path.read_text("utf-8")))

    made = [ran(sound, n, "workbook") for n in range(4)]
    failed = ran(broken, "failed", "workbook")
    assert [*made, ran(sound, "after", "workbook")] == [ran(sound, "default")] * 5
    assert failed == ran(broken, "default")
    assert any("go_live" in cell for cell in failed)
