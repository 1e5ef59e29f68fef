"""Twelve notebooks that do their worst: each gets its reason, the others go on, nothing is left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import psutil
import pytest

from tests.batch.trial import jsonl, tiny

SECONDS, MEGABYTES = 3, 400
LATE = f"took longer than {SECONDS} s"
PORT_TAKEN = """import socket
one = socket.create_server(('localhost', 0))
socket.create_server(one.getsockname())"""
HOSTILE = {
    "sleeps": ("import time; time.sleep(600)", LATE),
    "never leaves C": ("import re; re.match('(a+)+$', 'a' * 60 + 'b')", LATE),
    "ignores signals": (
        "import signal, time\n[signal.signal(n, signal.SIG_IGN) for n in (2, 15)]\ntime.sleep(600)",
        LATE,
    ),
    "waits for itself": (
        "import threading; lock = threading.Lock()\nwhile True: lock.acquire()",
        LATE,
    ),
    "leaves a child": (
        "import subprocess\nsubprocess.Popen(['sleep', '611'], start_new_session=True)",
        "",
    ),
    "shows a gigabyte": ("for _ in range(1000): print('x' * 10**6)", "MemoryError"),
    "ends its process": ("import os; os._exit(0)", "ended itself with exit code 0"),
    "reads nowhere": ("import ctypes; ctypes.string_at(0)", "ended by SIGSEGV"),
    "takes all memory": ("kept = [bytearray(10**8) for _ in range(10**4)]", "MemoryError"),
    "asks somebody": ("input('Name? ')", "does not support input requests"),
    "kills itself": ("import os; os.kill(os.getpid(), 9)", "ended by SIGKILL"),
    "wants a port that is taken": (
        PORT_TAKEN,
        "Address already in use",
    ),
}


@pytest.mark.timeout(600)
def test_twelve_hostile_notebooks_harm_no_other(tmp_path: Path):
    choices = "".join(
        f"if x == {number}:\n{indent(source, '    ')}\n"
        for number, (source, _) in enumerate(HOSTILE.values())
    )
    tiny(tmp_path / "n.ipynb", "x: int = -1\n", f"print('begun')\n{choices}print('done')")
    rows = [{"x": x, "name": f"r{x}"} for x in range(len(HOSTILE))]
    well = [{"x": -1, "name": f"well{n}"} for n in range(len(HOSTILE))]
    jsonl(tmp_path / "t.jsonl", *(row for pair in zip(rows, well, strict=True) for row in pair))
    words = ["batch", "t.jsonl", "--notebook", "n.ipynb", "--out", "out", "--jobs", "2", "--json"]
    words += ["--timeout", f"{SECONDS}", "--memory", f"{MEGABYTES}", "--format", "ipynb"]
    program = Path(sys.executable).with_name("workbook")
    ran = subprocess.run(
        [program, *words], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    reports = {one["name"]: one for one in json.loads(ran.stdout)["reports"]}
    for row in well:
        assert reports[row["name"]]["status"] == "made", reports[row["name"]]
    for row, (what, (_, reason)) in zip(rows, HOSTILE.items(), strict=True):
        report = reports[row["name"]]
        assert report["status"] == ("failed" if reason else "made"), (what, report)
        assert reason in report.get("reason", ""), (what, report)
    left = [one for one in psutil.process_iter(["cwd"]) if one.info["cwd"] == str(tmp_path)]
    assert left == []
