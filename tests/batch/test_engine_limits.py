"""A report that goes wrong, however badly, is told with its reason and harms no other."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from tests.batch.small_notebooks import shown, written
from workbook.batch.fork.job import MEGABYTE, Export, Job, JobStatus, Limits
from workbook.batch.fork.linux import children
from workbook.batch.pool import Pool
from workbook.errors import RunFailed

pytestmark = pytest.mark.notebooks


@pytest.fixture(scope="module")
def pool():
    with Pool(2, preload=(), durable=False) as pool:
        yield pool


@pytest.fixture
def outcome(pool, tmp_path):
    """Runs a notebook of these cells beside one that is well, which has to stay well."""

    def outcome(*sources, limits=Limits(), **told):  # noqa: B008 - a frozen value
        ill = Job(
            "ill",
            written(tmp_path, "", *sources),
            tmp_path / "ill.ipynb",
            partial=tmp_path / "partial.ipynb",
            limits=limits,
            **told,
        )
        well = Job("well", written(tmp_path, "'well'", name="well"), tmp_path / "out.ipynb")
        outcomes = {one.name: one for one in pool.run([ill, well])}
        assert outcomes["well"].ok
        assert shown(tmp_path / "out.ipynb") == ["'well'"]
        return outcomes["ill"]

    return outcome


def test_a_loop_without_end_is_killed_at_its_limit(outcome):
    found = outcome("1", "while True: pass", limits=Limits(seconds=0.5))
    assert (found.status, found.cell) == (JobStatus.LATE, 3)
    assert found.reason == "took longer than 0.5 s"


def test_a_cell_has_a_limit_of_its_own(outcome):
    limits = Limits(cell_seconds=0.5)
    found = outcome("import time", *["time.sleep(0.3)"] * 3, "time.sleep(60)", limits=limits)
    assert (found.status, found.cell) == (JobStatus.LATE, 6)
    assert found.reason == "a cell took longer than 0.5 s"


@pytest.mark.parametrize(
    "endless",
    [
        "print('begun')\nwhile True: pass",
        "import time\nprint('begun')\ntime.sleep(60)",
        """import os, time
os.write(1, b'begun\\n')
while True:
    try: time.sleep(60)
    except BaseException: pass""",
    ],
)
def test_what_a_report_showed_until_its_limit_is_kept(outcome, tmp_path, endless):
    found = outcome("print('before')", endless, "'never'", limits=Limits(seconds=0.5))
    assert (found.status, found.written) == (JobStatus.LATE, (tmp_path / "partial.ipynb",))
    assert shown(tmp_path / "partial.ipynb") == ["", "before\n", "begun\n", ""]
    cells = json.loads((tmp_path / "partial.ipynb").read_text())["cells"]
    ended = [cell["metadata"]["papermill"]["status"] for cell in cells]
    assert ended == ["completed", "completed", "failed", "pending"]
    assert not (tmp_path / "ill.ipynb").exists()


def test_sleeping_through_a_signal_does_not_help(outcome):
    ignore = """import signal
for n in signal.valid_signals() - {9, 19, 32, 33}: signal.signal(n, signal.SIG_IGN)"""
    found = outcome(ignore, "import time\ntime.sleep(60)", limits=Limits(seconds=0.5))
    assert (found.status, found.cell) == (JobStatus.LATE, 3)
    assert found.written == ()


@pytest.mark.parametrize("hog", ["'x' * 10**9", "[bytes(10**6) for _ in range(1000)]"])
def test_memory_beyond_the_limit_is_refused(outcome, hog):
    found = outcome("kept = 1", f"len({hog})", limits=Limits(memory=200 * MEGABYTE))
    assert (found.status, found.cell) == (JobStatus.FAILED, 3)
    assert found.reason.startswith("MemoryError")


def test_a_limit_of_memory_is_for_each_report_alone(outcome):
    limits = Limits(memory=200 * MEGABYTE)
    assert [outcome("len('x' * 150_000_000)", limits=limits).status for _ in range(3)] == [
        JobStatus.DONE
    ] * 3


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import os\nos._exit(3)", "its process ended itself with exit code 3"),
        ("import os\nos._exit(0)", "its process ended itself with exit code 0"),
        ("import os\nos.kill(os.getpid(), 9)", "its process was ended by SIGKILL"),
        ("import ctypes\nctypes.string_at(0)", "its process was ended by SIGSEGV"),
        ("import os\nos.abort()", "its process was ended by SIGABRT"),
    ],
)
def test_a_process_that_dies_is_told_with_its_cause(outcome, source, reason):
    found = outcome("'fine'", source, "'never'")
    assert (found.status, found.reason, found.cell) == (JobStatus.DIED, reason, 3)
    assert found.written == ()


def test_an_error_ends_the_report_and_what_came_before_is_kept(outcome, tmp_path):
    found = outcome("print('before')", "raise LookupError('not there\\nnor here')", "'never'")
    assert (found.status, found.reason, found.cell) == (
        JobStatus.FAILED,
        "LookupError: not there",
        3,
    )
    assert found.written == (tmp_path / "partial.ipynb",)
    assert shown(tmp_path / "partial.ipynb") == ["", "before\n", "", ""]
    assert not (tmp_path / "ill.ipynb").exists()


def test_a_notebook_may_end_itself_with_success(outcome, tmp_path):
    found = outcome("'before'", "import sys\nsys.exit(0)", "'never'")
    assert found.status is JobStatus.DONE
    before, _, after = shown(tmp_path / "ill.ipynb")[1:]
    assert (before, after) == ("'before'", "")


@pytest.mark.parametrize("session", ["False", "True"])
@pytest.mark.parametrize("last", ["'done'", "os._exit(1)", "time.sleep(60)"])
def test_nothing_that_a_report_started_outlives_it(outcome, tmp_path, session, last):
    start = (
        "import os, subprocess, sys, time\n"
        "from pathlib import Path\n"
        'code = \'import subprocess; subprocess.Popen(["sleep", "600"]); print(1)\'\n'
        f"child = subprocess.Popen(['sleep', '600'], start_new_session={session})\n"
        f"grand = subprocess.Popen(['sh', '-c', 'sleep 600 & echo $!; wait'],"
        f" start_new_session={session}, stdout=subprocess.PIPE)\n"
        "pids = [child.pid, grand.pid, int(grand.stdout.readline())]\n"
        f"Path({str(tmp_path / 'pids')!r}).write_text(' '.join(map(str, pids)))"
    )
    outcome(start, last, limits=Limits(seconds=2))
    pids = (tmp_path / "pids").read_text().split()
    assert len(pids) == 3
    assert _eventually(lambda: not [pid for pid in pids if _runs(pid)])


def test_closing_a_pool_ends_what_it_runs(tmp_path):
    path = written(
        tmp_path,
        "import os, time\nfrom pathlib import Path\n"
        f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\ntime.sleep(60)",
    )
    pool = Pool(1, preload=(), durable=False)
    running = pool.run([Job("quick", written(tmp_path, "1", name="q")), Job("slow", path)])
    assert next(running).ok
    assert _eventually((tmp_path / "pid").exists)
    pool.close()
    assert _eventually(lambda: not _runs((tmp_path / "pid").read_text()))
    assert [outcome.status for outcome in running] == [JobStatus.DIED]


def test_giving_up_leaves_no_files(pool, tmp_path):
    path = written(tmp_path, "1")
    jobs = (Job(str(n), path, tmp_path / "out" / f"{n}.ipynb") for n in range(50))
    outcomes = pool.run(jobs)
    first = next(outcomes)
    outcomes.close()
    left = {file.name for file in (tmp_path / "out").iterdir()}
    assert f"{first.name}.ipynb" in left
    assert not [name for name in left if name.endswith(".part")]


@pytest.mark.parametrize("how", ["raise OSError('full')", "import os; os._exit(1)"])
def test_a_report_that_ends_while_it_writes_leaves_no_files(pool, tmp_path, how):
    (tmp_path / "broken_export.py").write_text(f"def make(notebook):\n    {how}\n")
    notebook = written(tmp_path, f"import sys; sys.path.insert(0, {str(tmp_path)!r})")
    job = Job(
        "broken",
        notebook,
        tmp_path / "out" / "a.ipynb",
        exports=(Export("broken_export:make", tmp_path / "out" / "a.html"),),
    )
    assert not pool.execute(job).ok
    assert list((tmp_path / "out").iterdir()) == []


def test_what_starts_threads_cannot_be_loaded_beforehand(tmp_path, monkeypatch):
    (tmp_path / "threaded.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RunFailed, match="starts threads"):
        Pool(1, preload=("threaded",))


def test_what_cannot_be_loaded_is_told():
    with pytest.raises(RunFailed, match="ModuleNotFoundError: No module named 'no_such_module'"):
        Pool(1, preload=("no_such_module",))


def test_a_server_that_was_killed_is_told_with_what_to_do(tmp_path):
    others = set(children())
    with Pool(1, preload=(), durable=False) as pool:
        (server,) = set(children()) - others
        os.kill(server, signal.SIGKILL)
        os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)
        job = Job("late", written(tmp_path, "", "1"), tmp_path / "late.ipynb")
        with pytest.raises(RunFailed, match=r"is gone[^\n]*\n    → .*run the same command again"):
            pool.execute(job)
    assert not (tmp_path / "late.ipynb").exists()


@pytest.mark.parametrize(
    ("cell", "options", "error"),
    [
        ("import time\ntime.sleep(60)", {"execution_timeout": 1}, CellTimeoutError),
        ("import time\ntime.sleep(60)", {"seconds": 1}, CellTimeoutError),
        ("import os\nos._exit(1)", {}, DeadKernelError),
        ("import os\nos.kill(os.getpid(), 11)", {}, DeadKernelError),
    ],
)
def test_papermill_is_told_which_cell_died_and_which_never_ran(tmp_path, cell, options, error):
    path, output = written(tmp_path, "'fine'", cell, "'never'"), tmp_path / "out.ipynb"
    with pytest.raises(error):
        papermill.execute_notebook(
            path, output, engine_name="workbook", progress_bar=False, **options
        )
    cells = json.loads(output.read_text("utf-8"))["cells"]
    told = [cell["metadata"]["papermill"] for cell in cells]
    assert [one["status"] for one in told] == ["completed", "failed", "pending"]
    assert [one["exception"] for one in told] == [False, True, None]
    assert cells[0]["outputs"][0]["data"]["text/plain"] == ["'fine'"]


def test_papermill_keeps_what_a_cell_showed_until_its_limit(tmp_path):
    path = written(tmp_path, "'fine'", "import time\nprint('begun')\ntime.sleep(60)")
    with pytest.raises(CellTimeoutError, match="a cell took longer than 1 s"):
        papermill.execute_notebook(
            path,
            tmp_path / "out.ipynb",
            engine_name="workbook",
            progress_bar=False,
            execution_timeout=1,
        )
    assert shown(tmp_path / "out.ipynb") == ["'fine'", "begun\n"]


def _runs(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def _eventually(holds):
    until = time.monotonic() + 10
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("last", ["'fine'", "1 / 0"])
def test_what_is_said_at_the_end_of_the_process_belongs_to_no_cell(tmp_path, last):
    farewell = "import atexit\n_ = atexit.register(print, 'farewell')"
    path, output = written(tmp_path, farewell, last), tmp_path / "out.ipynb"
    with suppress(papermill.PapermillExecutionError):
        papermill.execute_notebook(path, output, engine_name="workbook", progress_bar=False)
    cells = json.loads(output.read_text("utf-8"))["cells"]
    shown = [one for cell in cells for one in cell.get("outputs", ()) if one.get("name")]
    assert shown == []


@pytest.mark.parametrize("leaves", ["sys.exit()", "pass"])
def test_a_process_that_the_notebook_forked_does_not_speak_for_the_report(
    outcome, tmp_path, leaves
):
    fork = f"import os, sys\nif os.fork() == 0:\n    {leaves}\nelse:\n    os.wait()"
    end = str(tmp_path / "end")
    assert outcome(fork, f"open({end!r}, 'a').write('cell')").ok
    assert (tmp_path / "end").read_text() == "cell"


def test_an_end_that_waits_for_ever_is_cut_off(outcome):
    endless = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()"
    begun = time.monotonic()
    assert outcome(endless).ok
    assert time.monotonic() - begun < 30
