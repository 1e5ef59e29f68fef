"""Reports that are made and cannot be put in their places: the run ends, with the reason."""

from __future__ import annotations

import errno
from queue import SimpleQueue
from threading import Thread

import pytest

from tests.batch.small_notebooks import written
from workbook.batch import pool as engine
from workbook.batch.fork.job import Job
from workbook.batch.pool import Pool

pytestmark = pytest.mark.slow


def ended(pool, job):
    """What a job came to; None if it does not end."""
    told = SimpleQueue()

    def run():
        try:
            told.put(pool.execute(job))
        except OSError as error:
            told.put(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    return told.get() if not told.empty() else None


@pytest.mark.parametrize("shared", [False, True])
def test_a_run_ends_if_its_files_cannot_be_put_in_their_places(tmp_path, monkeypatch, shared):
    def publish(*_, **__):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(engine, "publish", publish)
    job = Job("one", written(tmp_path, "print(1)"), tmp_path / "made.ipynb", shared=shared)
    with Pool(1, preload=(), durable=False) as pool:
        outcome = ended(pool, job)
    assert isinstance(outcome, OSError)
    assert not list(tmp_path.glob(".*"))
