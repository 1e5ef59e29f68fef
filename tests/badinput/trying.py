"""One case: a damaged file is read, or refused with a reason; never anything else."""

from __future__ import annotations

import resource
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tests.badinput.damage import CATEGORIES
from workbook.errors import BadInput, WorkbookError

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from tests.badinput.readers import Reader

SECONDS = 10
BYTES = 256 * 2**20


class TooSlow(BaseException):
    """Reading took longer than anybody waits."""


@contextmanager
def bounded(memory: int = BYTES) -> Iterator[None]:
    """Seconds of the processor for each case, and memory for all: more is an error."""

    def late(*_: object) -> None:
        raise TooSlow

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    before = signal.signal(signal.SIGPROF, late)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + memory, hard))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@dataclass(frozen=True)
class Case:
    """One damaged file. The same seed gives the same."""

    seed: int
    reader: str
    category: str

    def content(self, reader: Reader) -> tuple[str, bytes]:
        """The file's ending, and what is in it."""
        random = Random(self.seed)  # noqa: S311 - chance is to be repeated
        suffix, raw = random.choice(reader.files)
        damaged = CATEGORIES[self.category](raw, random)
        if random.random() < 0.1:  # a second misfortune
            damaged = CATEGORIES[random.choice(list(CATEGORIES))](damaged, random)
        return suffix, damaged


@dataclass
class Tally:
    """How many were read although damaged, how many refused, and what else happened."""

    read: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return self.read + self.refused + len(self.wrong)


def cases(readers: dict[str, Reader], first: int, step: int = 1) -> Iterator[Case]:
    """Case after case: every reader meets every category in turn."""
    names, categories = list(readers), list(CATEGORIES)
    seed = first
    while True:
        yield Case(seed, names[seed % len(names)], categories[seed // len(names) % len(categories)])
        seed += step


def tried(readers: dict[str, Reader], wanted: Iterator[Case], most: int) -> Tally:
    """Try so many cases."""
    tally = Tally()
    with TemporaryDirectory() as folder, bounded():
        for case in islice(wanted, most):
            attempt(case, readers[case.reader], Path(folder), tally)
    return tally


def attempt(case: Case, reader: Reader, folder: Path, tally: Tally) -> None:
    """Read one damaged file."""
    suffix, content = case.content(reader)
    path = folder / f"case{suffix}"
    path.write_bytes(content)
    fault = judge(partial(reader.read, path), tally)
    if fault:
        tally.wrong.append(f"{case} ({suffix}, {len(content)} bytes): {fault.told}")


class QuickReader(NamedTuple):
    """Who reads from memory, inputs to begin from, words of the format, the longest input in bytes.

    With `drawn`, Hypothesis draws what is read from the bytes that come.
    """

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()
    longest: int = 400
    drawn: SearchStrategy[bytes] | None = None


@dataclass(frozen=True)
class Fault:
    """What happened in place of a refusal, and where: the same `place` is the same defect."""

    place: str
    words: str

    @property
    def told(self) -> str:
        return f"{self.place}: {self.words}"


def judge(read: Callable[[], object], tally: Tally) -> Fault | None:
    """Read once, and count it where it was read or refused with a reason."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        read()
        tally.read += 1
    except WorkbookError as error:
        if flaw := unclear(error):
            return Fault(flaw, str(error)[:300])
        tally.refused += 1
    except (Exception, TooSlow) as error:  # noqa: BLE001 - it is told
        signal.setitimer(signal.ITIMER_PROF, 0)
        where = traceback.extract_tb(error.__traceback__)
        own = [f"{Path(f.filename).name}:{f.lineno}" for f in where if "workbook/" in f.filename]
        return Fault(f"{type(error).__name__} at {' '.join(own[-3:])}", repr(str(error)[:200]))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def unclear(error: WorkbookError) -> str:
    """What is missing in a refusal: each says what is wrong, and a bad file's where."""
    if not str(error).strip():
        return "nothing is said"
    if isinstance(error, BadInput) and not all(problem.message for problem in error.problems):
        return "a problem says nothing"
    return ""
