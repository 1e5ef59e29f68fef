"""Batches for tests: tiny notebooks, and an executor that costs nothing."""

from __future__ import annotations

import json
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from workbook.batch.batch import Batch
from workbook.batch.fork.job import Job, JobOutcome, JobStatus
from workbook.batch.ledger import LedgerEntry
from workbook.batch.listening import Stop
from workbook.batch.local import LocalRunner
from workbook.batch.order import BatchRequest, ordered
from workbook.batch.planning import BatchPlan
from workbook.batch.running import run

TODAY = "2026-11-23"
PARAMETERS = 'x: int = 1\ncolour: str = "blue"\nnap: float = 0.0\nfail: bool = False\n'
ABOUT = 'engagement: str = ""\nlang: str = ""\nas_of: str = ""\ntheme: str = "auto"\n'


def tiny(path: Path, parameters: str = PARAMETERS, body: str = "print(x, colour)") -> Path:
    """A notebook of two cells."""
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters")
    nb = new_notebook(cells=[first, new_code_cell(body, id="body")])
    nb.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(nb, path)
    return path


def echo(job: Job) -> JobOutcome:
    """Write what the job says in place of running it, slowly if it says so."""
    said = dict(job.parameters)
    if "engagement" in said:
        said["engagement"] = Path(str(said["engagement"])).read_text("utf-8")
    time.sleep(float(str(said.get("nap", 0))))
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    if said.get("fail"):
        job.partial.write_text(text, "utf-8")
        return JobOutcome(job.name, JobStatus.FAILED, "ValueError: it was told to fail", cell=1)
    for export in job.exports:
        with export.path.open("w", encoding="utf-8") as file:
            for piece in (text[: len(text) // 2], text[len(text) // 2 :]):
                file.write(piece)
                file.flush()
    return JobOutcome(job.name, JobStatus.DONE)


class Echoes:
    """A pool of threads that runs `echo`."""

    def __init__(self, jobs: int = 2) -> None:
        self._threads = ThreadPoolExecutor(jobs)

    def run(self, jobs):
        """Each outcome, in the order of their ends."""
        running = set()
        todo = iter(jobs)
        while True:
            while len(running) < 2 and (job := next(todo, None)):
                running.add(self._threads.submit(echo, job))
            if not running:
                return
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()

    def close(self):
        """End the threads."""
        self._threads.shutdown()


def begin(recipe):
    """A runner that costs nothing."""
    return LocalRunner(recipe, Echoes())


class Heard:
    """Hears a batch; asks it to stop after so many reports."""

    def __init__(self, stop_after: int = 0, level: Stop = Stop.FINISH) -> None:
        self.stop = Stop.NOT
        self.names: list[str] = []
        self._after, self._level = stop_after, level

    def planned(self, found: BatchPlan) -> None:
        """Nothing to do."""

    def ended(self, entry: LedgerEntry) -> None:
        """Note it."""
        self.names.append(entry.name)
        if self._after and len(self.names) >= self._after:
            self.stop = self._level


def order(*sources: object, out: object, **asked: object):
    """An order of today."""
    return ordered(BatchRequest(tuple(map(str, sources)), str(out), **asked), TODAY)


def batch(*sources: object, out: object, hear: Heard | None = None, **asked: object) -> Batch:
    """Run a batch with the executor that costs nothing."""
    return run(order(*sources, out=out, **asked), begin, hear or Heard())


def visible(out: Path) -> dict[str, bytes]:
    """Every file that a reader sees, the index and the summary apart."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and ".batch" not in path.parts
        and not path.name.startswith(("index", "summary"))
    }


def statuses(done: Batch) -> dict[str, str]:
    """What became of each report."""
    return {item.name: done.status(item) for item in done.plan.items}


def jsonl(path: Path, *rows: dict[str, object]) -> Path:
    """A table of parameters."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path
