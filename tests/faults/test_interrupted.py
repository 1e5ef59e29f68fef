"""Ctrl-C on a terminal, which the whole group hears, and other ends. Real reports and processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.batch.trial import jsonl, tiny, visible

COUNT = 8


@pytest.fixture
def command(tmp_path):
    """A batch of reports that take their time."""
    jsonl(tmp_path / "t.jsonl", *({"x": x, "name": f"run-{x}"} for x in range(COUNT)))
    tiny(tmp_path / "n.ipynb", "x: int = 1\n", "import time\ntime.sleep(0.3)\nprint(x)")
    words = ["batch", "t.jsonl", "--notebook", "n.ipynb", "--out", "out", "--jobs", "2"]
    return [Path(sys.executable).with_name("workbook"), *words]


def begun(command, folder):
    """The process, once it has published a report."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not visible(folder / "out") if (folder / "out").exists() else True:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def group(process):
    """What is left of a process's group."""
    return [one.pid for one in psutil.process_iter() if same_group(one.pid, process.pid)]


def same_group(pid, leader):
    try:
        return os.getpgid(pid) == leader
    except OSError:
        return False


def finish(command, folder, made):
    """Run again; the outputs are there, and only those that were not are made."""
    ran = subprocess.run([*command, "--json"], check=True, cwd=folder, capture_output=True)
    counts = json.loads(ran.stdout)["counts"]
    assert counts["unchanged"] == made
    assert counts["made"] == COUNT - made
    assert len(visible(folder / "out")) == COUNT


def test_ctrl_c_finishes_what_runs_and_says_so(command, tmp_path):
    process = begun(command, tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "what runs is finished" in err
    assert "not made" in out
    assert "Traceback" not in err
    made = len(visible(tmp_path / "out"))
    assert 0 < made < COUNT
    assert group(process) == []
    finish(command, tmp_path, made)


def test_ctrl_c_twice_drops_what_runs_and_leaves_nothing_behind(command, tmp_path):
    process = begun(command, tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "what runs is dropped" in err
    assert "Traceback" not in err
    assert group(process) == []
    assert not any((tmp_path / "out/.batch/parts").iterdir())
    finish(command, tmp_path, len(visible(tmp_path / "out")))


def test_a_command_that_is_asked_to_end_drops_what_runs_and_is_completed(command, tmp_path):
    process = begun(command, tmp_path)
    process.terminate()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "what runs is dropped" in err
    assert "not made" in out
    assert "Traceback" not in err
    assert group(process) == []
    finish(command, tmp_path, len(visible(tmp_path / "out")))


def test_a_killed_command_takes_its_reports_along_and_is_completed(command, tmp_path):
    process = begun(command, tmp_path)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while group(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert group(process) == []
    seen = visible(tmp_path / "out")
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    after = visible(tmp_path / "out")
    assert len(after) == COUNT
    assert seen.items() <= after.items()
