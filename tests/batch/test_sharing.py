"""Reports of our own notebook share processes: nobody can tell, and no report harms another."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from tests.batch.canaries import strangers, write_clients
from tests.batch.small_notebooks import shown, written
from tests.batch.trial import Heard, order, visible
from workbook import resources
from workbook.batch.fork.job import MEGABYTE, Job, JobStatus, Limits
from workbook.batch.fork.process import MOST
from workbook.batch.local import local_runner
from workbook.batch.pool import Pool
from workbook.batch.running import run
from workbook.i18n import languages

pytestmark = pytest.mark.notebooks
EXAMPLES = resources.templates() / "engagements"
WHO = "import os; os.getpid()"


@pytest.fixture
def made(tmp_path):
    """Run a notebook of these cells for each value of `n`: outcomes, and what the last cell shows.

    The cells are run in shared processes, two at a time.
    """

    def made(values, *sources, jobs=2, limits=Limits()):  # noqa: B008 - a frozen value
        notebook = written(tmp_path, "n = 0", *sources)
        with Pool(jobs, preload=(), durable=False) as pool:
            outcomes = list(
                pool.run(
                    Job(
                        name=str(n),
                        notebook=notebook,
                        output=tmp_path / f"{n}.ipynb",
                        parameters={"n": n},
                        limits=limits,
                        shared=True,
                    )
                    for n in values
                )
            )
        lasts = [shown(tmp_path / f"{o.name}.ipynb")[-1] for o in outcomes if o.ok]
        return {int(o.name): o for o in outcomes}, lasts

    return made


def test_many_are_made_in_a_process_and_none_finds_what_another_left(made):
    outcomes, processes = made(range(30), "assert 'left' not in globals(); left = n", WHO)
    assert all(outcome.ok for outcome in outcomes.values())
    assert len(set(processes)) <= 2


def test_each_counts_its_cells_from_one(made, tmp_path):
    made(range(6), "print(n)")
    for n in range(6):
        cells = json.loads((tmp_path / f"{n}.ipynb").read_text())["cells"]
        assert [cell["execution_count"] for cell in cells] == [1, 2, 3]
        assert cells[-1]["outputs"][0]["text"] == [f"{n}\n"]


def test_a_process_is_replaced_after_so_many(made):
    _, processes = made(range(MOST + 1), WHO, jobs=1)
    assert [processes.count(process) for process in dict.fromkeys(processes)] == [MOST, 1]


def test_a_process_that_has_grown_is_replaced(made):
    leak = f"import sys; sys.kept = getattr(sys, 'kept', []) + [bytearray({80 * MEGABYTE})]"
    _, processes = made(range(4), leak, WHO, jobs=1)
    assert [processes.count(process) for process in dict.fromkeys(processes)] == [2, 2]


ILL = {
    "crash": ("os.kill(os.getpid(), 11)", JobStatus.DIED, "its process was ended by SIGSEGV"),
    "late": ("time.sleep(60)", JobStatus.LATE, "took longer than 2 s"),
    "greedy": ("bytearray(2 << 30)", JobStatus.FAILED, "MemoryError"),
    "wrong": ("1 / 0", JobStatus.FAILED, "ZeroDivisionError: division by zero"),
}


@pytest.mark.parametrize(("does", "status", "reason"), ILL.values(), ids=ILL)
def test_one_that_goes_wrong_is_made_again_alone_and_the_others_lose_nothing(
    made, tmp_path, does, status, reason
):
    """It leaves a line whenever it begins."""
    log = tmp_path / "begun"
    ill = (
        f"import os, time\nif n == 5:\n    print(os.getpid(), file=open({str(log)!r}, 'a')); {does}"
    )
    outcomes, processes = made(range(12), ill, WHO, limits=Limits(seconds=2, memory=1 << 30))
    assert (outcomes[5].status, outcomes[5].reason) == (status, reason)
    assert all(outcome.ok for n, outcome in outcomes.items() if n != 5)
    shared, alone = log.read_text().split()
    assert alone not in {shared, *processes}


def test_memory_that_others_took_is_given_when_it_is_made_again_alone(made):
    """The limit is for one report, whatever its process did before."""
    take = f"import sys; sys.kept = getattr(sys, 'kept', []) + [bytearray({60 * MEGABYTE})]"
    outcomes, _ = made(range(6), take, jobs=1, limits=Limits(memory=100 * MEGABYTE))
    assert all(outcome.ok for outcome in outcomes.values())


def of(recipes):
    """A runner that notes the recipe it was begun with."""

    def begin(recipe):
        recipes.append(recipe)
        return local_runner(2)(recipe)

    return begin


def without_times(content):
    """A page, or a notebook without what Papermill notes of times."""
    try:
        notebook = json.loads(content)
    except ValueError:
        return content
    for part in (notebook, *notebook.get("cells", ())):
        part.get("metadata", {}).pop("papermill", None)
    return json.dumps(notebook)


@pytest.mark.slow
def test_shared_and_isolated_reports_are_equal_byte_for_byte(tmp_path):
    documents = [str(path) for path in EXAMPLES.glob("*.yaml")]
    files = []
    for isolated in (False, True):
        random.Random(int(isolated)).shuffle(documents)  # noqa: S311 - an order of inputs
        out = tmp_path / str(isolated)
        asked = order(*documents, out=out, formats=("html", "ipynb"), lang="all", isolated=isolated)
        run(asked, of(recipes := []), Heard())
        assert [recipe.isolated for recipe in recipes] == [isolated]
        files.append({name: without_times(content) for name, content in visible(out).items()})
    assert len(files[0]) == 2 * len(languages()) * len(documents)
    assert files[0] == files[1]


def test_no_report_of_a_thousand_holds_what_is_anothers(tmp_path):
    write_clients(tmp_path / "clients", range(1000))
    run(order(tmp_path / "clients", out=tmp_path / "out"), local_runner(2), Heard())
    pages = visible(tmp_path / "out")
    assert len(pages) == 1000
    assert strangers(pages) == {}


def test_a_word_of_another_client_in_a_report_is_noticed():
    pages = {"canary00001.en.html": b"canary00001 canary00002", "canary00003.en.html": b""}
    assert strangers(pages) == {
        "canary00001.en.html": ["canary00002"],
        "canary00003.en.html": ["canary00003"],
    }


def test_somebody_elses_notebook_has_a_process_for_each_report(tmp_path):
    notebook = written(tmp_path, 'engagement: str = ""\nas_of: str = ""', WHO)
    asked = order(*map(str, sorted(EXAMPLES.glob("*.yaml"))[:4]), out=tmp_path / "out")
    foreign = order(
        *map(str, sorted(EXAMPLES.glob("*.yaml"))[:4]),
        out=tmp_path / "out",
        notebook=notebook,
        formats=("ipynb",),
    )
    assert (asked.ours, foreign.ours) == (True, False)
    run(foreign, local_runner(2), Heard())
    processes = [shown(path)[-1] for path in (tmp_path / "out").glob("*.ipynb")]
    assert len(set(processes)) == len(processes) == 4


def test_isolated_reports_have_a_process_each_though_their_notebook_is_ours(tmp_path):
    asked = replace(order(EXAMPLES, out=tmp_path), isolated=True, formats=("json",))
    run(asked, of(recipes := []), Heard())
    assert [recipe.needs_notebook for recipe in recipes] == [True]
