"""What one report wrote in memory is copied ahead for the next, and nothing else changes."""

from __future__ import annotations

import ctypes
import mmap
import os
import platform
import resource
from array import array
from collections.abc import Callable

import pytest

from tests.batch.small_notebooks import shown, written
from workbook.batch.fork import pages
from workbook.batch.fork.job import Job
from workbook.batch.pool import Pool

# A worker of pytest has threads; the children here only count pages and end.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

PAGE = pages.PAGE
MANY = 600
RELEASE = tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])


@pytest.fixture
def shared():
    """Memory of a process that its children share until they write it."""
    memory = mmap.mmap(-1, MANY * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory.madvise(mmap.MADV_NOHUGEPAGE)
    for n in range(MANY):
        memory[n * PAGE] = n % 256
    return memory


def in_child(do: Callable[[], bytes]) -> bytes:
    """What a forked child answers."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.write(writing, do())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def place_of(memory: mmap.mmap) -> pages.Range:
    begin = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return begin, begin + len(memory)


def write(memory: mmap.mmap, *numbers: int) -> None:
    for n in numbers:
        memory[n * PAGE + 1] = 1


def test_a_child_tells_the_pages_that_it_wrote_in_runs(shared):
    here = place_of(shared)

    def do() -> bytes:
        write(shared, 3, 4, 5, 9)
        return pages.own([here])

    begin = here[0]
    told = list(array("Q", in_child(do)))
    assert told == [begin + 3 * PAGE, 3 * PAGE, begin + 9 * PAGE, PAGE]


def test_one_that_wrote_nothing_tells_nothing(shared):
    here = place_of(shared)
    assert in_child(lambda: pages.own([here])) == b""


def test_memory_that_a_process_may_write_is_found(shared):
    begin, end = place_of(shared)
    assert any(one <= begin and end <= other for one, other in pages.writable())


@pytest.mark.skipif(RELEASE < (6, 13), reason="Linux takes many ranges in one call since 6.13")
def test_what_is_copied_ahead_causes_no_faults_when_it_is_written(shared):
    begin, _ = place_of(shared)
    runs = array("Q", [begin, 100 * PAGE, begin + 300 * PAGE, 100 * PAGE]).tobytes()

    def faults() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

    def do() -> bytes:
        assert pages.copy_ahead(runs)
        first = faults()
        write(shared, *range(100), *range(300, 400))
        ahead = faults()
        write(shared, *range(100, 300))
        return array("Q", [ahead - first, faults() - ahead]).tobytes()

    ahead, one_by_one = array("Q", in_child(do))
    assert one_by_one >= 200
    assert ahead < 100


def test_what_is_copied_ahead_reads_as_before_and_stays_the_child_s(shared):
    begin, end = place_of(shared)
    runs = array("Q", [begin, end - begin]).tobytes()

    def do() -> bytes:
        pages.copy_ahead(runs)
        found = bytes(shared[n * PAGE] for n in range(MANY))
        shared[0] = 77
        return found

    assert in_child(do) == bytes(n % 256 for n in range(MANY))
    assert shared[0] == 0


def test_memory_that_is_gone_is_no_error(shared):
    begin, _ = place_of(shared)
    other = mmap.mmap(-1, 4 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    gone = place_of(other)[0]

    def do() -> bytes:
        runs = array("Q", [8, PAGE, begin, PAGE, gone, 1 << 46]).tobytes()
        return b"no" if not pages.copy_ahead(runs) else b"yes"

    assert in_child(do) == b"no"


@pytest.mark.notebooks
@pytest.mark.skipif(RELEASE < (6, 13), reason="Linux takes many ranges in one call since 6.13")
@pytest.mark.parametrize("rehearse", [False, True])
def test_a_later_report_begins_with_the_pages_that_the_first_wrote(tmp_path, rehearse):
    path = written(
        tmp_path,
        "from array import array\nfrom workbook.batch.fork import pages",
        "print(sum(array('Q', pages.own(pages.writable()))[1::2]) // pages.PAGE)",
        "import pandas as pd\npd.DataFrame({'a': [1, 2]}).groupby('a').size().to_string()",
    )
    with Pool(1, preload=("numpy", "pandas"), rehearse=rehearse, durable=False) as pool:
        jobs = [Job(str(n), path, tmp_path / f"{n}.ipynb") for n in range(4)]
        assert all(outcome.ok for outcome in pool.run(jobs))
    counts = [int(shown(job.output)[1]) for job in jobs]
    assert counts[-1] > 1.2 * counts[0], counts
