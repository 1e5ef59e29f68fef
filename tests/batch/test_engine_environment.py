"""The caller's surroundings at the time of the call are those of the notebook."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import papermill
import pytest

from tests.batch.small_notebooks import shown, written
from workbook.batch.engine import foreign_to
from workbook.batch.fork.job import Job
from workbook.batch.pool import Pool

pytestmark = pytest.mark.notebooks


@pytest.fixture
def last(tmp_path):
    """What the last cell of a notebook shows."""

    def last(*sources, **options):
        output = tmp_path / "out.ipynb"
        path = written(tmp_path, *sources)
        papermill.execute_notebook(
            path, output, engine_name="workbook", progress_bar=False, **options
        )
        return shown(output)[-1]

    return last


def test_the_import_path_is_that_of_the_call(last, tmp_path, monkeypatch):
    for word in ("one", "two"):
        folder = tmp_path / word
        folder.mkdir()
        (folder / "module_of_the_call.py").write_text(f"WORD = {word!r}\n")
        monkeypatch.setenv("PYTHONPATH", str(folder))
        assert last("import module_of_the_call", "module_of_the_call.WORD") == repr(word)


def test_the_rules_for_warnings_are_those_of_the_call(last, monkeypatch):
    monkeypatch.setenv("PYTHONWARNINGS", "error::ResourceWarning")
    warn = "warnings.warn('x', ResourceWarning)"
    source = f"import warnings\ntry: {warn}\nexcept ResourceWarning: print('raised')"
    assert last(source) == "raised\n"
    monkeypatch.delenv("PYTHONWARNINGS")
    assert last(source) == ""


def test_a_module_beside_the_notebook_does_not_take_the_place_of_the_library_s(last, tmp_path):
    (tmp_path / "colorsys.py").write_text("raise ValueError\n")
    (tmp_path / "beside_it.py").write_text("WORD = 'beside'\n")
    shows = last("import colorsys, beside_it", "beside_it.WORD", cwd=str(tmp_path))
    assert shows == "'beside'"


def test_new_files_have_the_mode_that_the_caller_s_umask_leaves(last, tmp_path):
    before = os.umask(0o027)
    try:
        last(f"open({str(tmp_path / 'new')!r}, 'w').close()")
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "out.ipynb").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("python3", set(), ""),
        ("python3", {"execution_timeout", "memory"}, ""),
        ("python3", {"force_raise_errors"}, "“force_raise_errors” is an option of nbclient's"),
        ("no-such-kernel", set(), "there is no kernel “no-such-kernel”"),
    ],
)
def test_what_only_another_kernel_can_run_is_known_with_its_reason(name, options, reason):
    assert foreign_to(name, frozenset(options)) == reason


def test_the_kernel_of_another_interpreter_runs_its_own_notebooks(tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "other"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(
        '{"argv": ["/usr/bin/other-python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],'
        ' "display_name": "Other", "language": "python"}'
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert "not that of this interpreter" in foreign_to("other", frozenset())


def test_that_another_engine_runs_is_said_once(last, caplog):
    with caplog.at_level(logging.WARNING, logger="papermill"):
        for _ in range(2):
            assert last("1", allow_error_names=["ZeroDivisionError"]) == "1"
    said = [r for r in caplog.records if "Papermill’s default engine runs" in r.message]
    assert len(said) == 1


def test_the_end_of_one_report_ends_no_helper_of_another(tmp_path):
    """A helper in a session of its own, whose parent has ended, belongs to its report still."""
    pid, done = tmp_path / "pid", tmp_path / "done"
    helper = f"import os\nos.system('setsid sleep 60 & echo $! > {pid}')\n"
    waits = (
        f"import pathlib, time\nwhile not pathlib.Path({str(done)!r}).exists(): time.sleep(0.02)\n"
    )
    alive = (
        f"import pathlib\nprint(pathlib.Path('/proc', open({str(pid)!r}).read().strip()).exists())"
    )
    first = Job("first", written(tmp_path, "", helper, waits, alive), tmp_path / "1.ipynb")
    quick = written(tmp_path, "1", name="quick")
    with Pool(2, preload=(), durable=False) as pool:
        outcomes = pool.run([first, Job("quick", quick, tmp_path / "2.ipynb")])
        assert next(outcomes).name == "quick"
        done.touch()
        assert next(outcomes).ok
        assert shown(tmp_path / "1.ipynb")[-1] == "True\n"
        assert ends(int(pid.read_text()))


def ends(pid):
    """Whether a process ends within a while."""
    until = time.monotonic() + 20
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_running(pid)


def is_running(pid):
    try:
        return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()
    except FileNotFoundError:
        return False


def test_a_caller_that_is_killed_leaves_nothing_though_a_child_holds_its_socket():
    """The caller forked a process of its own, which keeps a copy of the server's socket."""
    program = (
        "import os, time\nfrom workbook.batch.fork.caller import ServerProcess\n"
        "server = ServerProcess((), 1)\n"
        "child = os.fork()\n"
        "if not child:\n    time.sleep(60)\n    os._exit(0)\n"
        "print(server._process.pid, child, flush=True)\ntime.sleep(60)\n"
    )
    caller = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    server, child = map(int, caller.stdout.readline().split())
    caller.kill()
    caller.wait()
    ended = ends(server)
    os.kill(child, 9)
    caller.stdout.close()
    assert ended
