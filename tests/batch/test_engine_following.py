"""What a long cell shows can be read while it runs, and what a dying one printed is kept."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import threading
import time
from contextlib import suppress

import papermill
import pytest
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.batch.small_notebooks import shown, written
from workbook.batch.engine import _SparingManager
from workbook.batch.fork.job import Job
from workbook.batch.fork.tail import Tail
from workbook.batch.pool import Pool

pytestmark = pytest.mark.notebooks
WAITING = """
import pathlib, time
print("step")
while not pathlib.Path({go!r}).exists():
    time.sleep(0.05)
"""
SIGNALS = f"""
print("printed")
os.kill({os.getpid()}, signal.SIGINT)  # Ctrl-C, for the caller
time.sleep(60)
"""


def executed(path, output, **options):
    return papermill.execute_notebook(
        path, output, engine_name="workbook", progress_bar=False, **options
    )


def statuses(output):
    cells = json.loads(output.read_text("utf-8"))["cells"]
    return [cell["metadata"]["papermill"]["status"] for cell in cells]


def test_the_output_file_follows_a_long_cell(tmp_path):
    go, output = tmp_path / "go", tmp_path / "out.ipynb"
    path = written(tmp_path, "print('first')", WAITING.format(go=str(go)))
    followed = []

    def follow():
        until = time.monotonic() + 60
        while time.monotonic() < until and not followed:
            with suppress(OSError, ValueError, KeyError):
                if statuses(output) == ["completed", "running"] and "step" in shown(output)[1]:
                    followed.append("step")
            time.sleep(0.1)
        go.touch()

    thread = threading.Thread(target=follow)
    thread.start()
    executed(path, output, autosave_cell_every=1)
    thread.join()
    assert followed == ["step"]
    assert shown(output) == ["first\n", "step\n"]


def test_what_a_cell_shows_too_soon_after_a_save_is_saved_a_little_later(tmp_path):
    """A cell that shows nothing more must not leave the file without its last words."""
    output, node = tmp_path / "out.ipynb", new_notebook(cells=[new_code_cell("print('step')")])
    manager = _SparingManager(node, str(output), False, False, 2)  # noqa: FBT003
    manager.save()
    node.cells[0].outputs = [new_output("stream", name="stdout", text="step")]
    manager.autosave_cell()
    manager.catch_up()
    assert shown(output) == [""]
    manager.last_save_time -= dt.timedelta(seconds=3)
    manager.catch_up()
    assert shown(output) == ["step"]


def test_a_reader_of_the_output_file_never_finds_half_a_notebook(tmp_path):
    output, ended, whole = tmp_path / "out.ipynb", threading.Event(), []

    def read():
        while not ended.is_set():
            with suppress(FileNotFoundError):
                whole.append(len(json.loads(output.read_bytes())["cells"]))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        executed(written(tmp_path, *["print('x' * 200_000)"] * 20), output)
    finally:
        ended.set()
        reader.join()
    assert len(whole) > 1
    assert set(whole) == {20}


def test_what_a_crashed_cell_had_printed_is_kept(tmp_path):
    crash = "import os, sys\nprint('out')\nprint('err', file=sys.stderr)\nos._exit(3)"
    output = tmp_path / "out.ipynb"
    with pytest.raises(DeadKernelError, match="exit code 3"):
        executed(written(tmp_path, "1", crash, "2"), output)
    assert shown(output) == ["1", "out\nerr\n", ""]
    assert statuses(output) == ["completed", "failed", "pending"]


def test_each_text_is_logged_once(tmp_path, caplog):
    path = written(
        tmp_path, "", "import time\nfor n in (1, 2):\n    print('n', n)\n    time.sleep(1.2)"
    )
    with caplog.at_level("INFO", logger="papermill"):
        executed(path, tmp_path / "out.ipynb", log_output=True)
    assert "".join(record.message for record in caplog.records).count("n 1") == 1
    assert "".join(record.message for record in caplog.records).count("n 2") == 1


def test_a_tail_reads_as_it_was_written_since_it_was_cleared():
    tail = Tail()
    tail.add("stdout", "before")
    tail.clear()
    for name, text in (("stdout", "a"), ("stdout", "é\n"), ("stderr", "!"), ("stdout", "b")):
        tail.add(name, text)
    assert [(output["name"], output["text"]) for output in tail.outputs()] == [
        ("stdout", "aé\n"), ("stderr", "!"), ("stdout", "b"),
    ]  # fmt: skip
    tail.close()


def test_a_tail_holds_however_much_a_cell_prints():
    tail, line = Tail(), "é" * 999 + "\n"
    for _ in range(500):
        tail.add("stdout", line)
    assert [output["text"] for output in tail.outputs()] == [line * 500]
    tail.close()


def test_what_an_interrupted_cell_had_printed_is_kept(tmp_path):
    path = written(tmp_path, "import os, signal, time\nprint('before')", SIGNALS)
    # A run in the background ignores Ctrl-C, and so would this caller.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            executed(path, tmp_path / "out.ipynb")
    finally:
        signal.signal(signal.SIGINT, before)
    assert shown(tmp_path / "out.ipynb")[1] == "printed\n"


def test_a_partial_notebook_has_what_its_last_cell_printed(tmp_path):
    path = written(tmp_path, "1", "print('printed')\nimport os\nos._exit(1)")
    job = Job("one", path, partial=tmp_path / "partial.ipynb", save_cells=True)
    with Pool(1, preload=(), durable=False) as pool:
        assert not pool.execute(job).ok
    assert shown(tmp_path / "partial.ipynb") == ["1", "printed\n"]
