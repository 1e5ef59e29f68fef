"""A batch that something happens to before a given change of a file below its outlet."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import NamedTuple

from tests.batch.trial import Heard, begin, order
from workbook.batch.running import run
from workbook.errors import WorkbookError

CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}
# Processes are forked from one that has imported everything, as quick as the batch itself.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


class Steps:
    """Counts what is about to change below a folder; at one of the changes something happens.

    `what` is "kill" (the process is killed) or "full" (the disk is full from there on).
    """

    def __init__(self, folder: Path, what: str, at: int) -> None:
        self.taken = 0
        self._folder, self._what, self._at = f"{folder}/", what, at

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in CHANGES or not f"{arguments[0]}/".startswith(self._folder):
            return
        reading = event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if reading:
            return
        self.taken += 1
        if self._at and self.taken >= self._at:
            if self._what == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif event in {"open", "os.mkdir"}:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))


class Ran(NamedTuple):
    """How it ended: the exit code (negative: a signal), what it said, the steps it took."""

    code: int
    said: str = ""
    steps: int = 0


def suffer(folder: Path, out: Path, what: str = "", at: int = 0) -> Ran:
    """Run the batch of `folder` in a process of its own."""
    told = out.with_suffix(".told")
    told.unlink(missing_ok=True)
    process = FORKS.Process(target=_batch, args=(folder, out, told, what, at))
    process.start()
    process.join(60)
    if told.exists():
        return Ran(process.exitcode, *json.loads(told.read_text("utf-8")))
    return Ran(process.exitcode)


def _batch(folder: Path, out: Path, told: Path, what: str, at: int) -> None:
    steps = Steps(out, what, at)
    asked = order(
        folder / "t.jsonl", out=out, notebook=folder / "n.ipynb", formats=("html", "ipynb")
    )
    sys.addaudithook(steps.hook)
    try:
        code, said = 0 if run(asked, begin, Heard()).ok else 1, ""
    except WorkbookError as error:
        code, said = error.exit_code, str(error)
    told.write_text(json.dumps([said, steps.taken]), "utf-8")
    sys.exit(code)
