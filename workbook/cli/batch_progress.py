"""How a batch reports its progress: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from workbook.batch.listening import Stop
from workbook.cli.speaking import speaker
from workbook.errors import inert

if TYPE_CHECKING:
    from workbook.batch.ledger import LedgerEntry
    from workbook.batch.planning import BatchPlan

LINE_EVERY = 30.0
"""Seconds between two lines in a log; the first comes sooner, to show that it works."""
FIRST_LINE = 5.0
Say = Callable[[str], object]


class BatchProgress:
    """Counts what ends. `say` tells people a line; `stop` is what the batch looks at.

    `begun` is when the inputs were read and the first report was begun, 0 before that. The rate is
    that since the first report was there: the libraries it waits for are loaded once.
    """

    def __init__(self, say: Say) -> None:
        self.stop = Stop.NOT
        self.total = self.done = self.failed = 0
        self.begun = self._first = 0.0
        self.say = say

    def planned(self, plan: BatchPlan) -> None:
        """What is to be done is known."""
        self.total = sum(1 for _ in plan.todo)
        self.begun = time.monotonic()

    def ended(self, entry: LedgerEntry) -> None:
        """A report was made, or failed."""
        if not self.done:
            self._first = time.monotonic()
        self.done += 1
        self.failed += bool(entry.reason)

    def stopping(self, level: Stop) -> None:
        """Somebody wants it to stop."""
        self.stop = level
        v = speaker()
        self.say(
            v.t("stopping: what runs is finished (Ctrl-C again drops it)")
            if level is Stop.FINISH
            else v.t("stopping: what runs is dropped")
        )

    def line(self) -> str:
        """How far it is, how fast, and how long it will take."""
        v = speaker()
        parts = [v.t("{done} of {total}", done=v.number(self.done), total=v.number(self.total))]
        if self.failed:
            parts.append(v.n("{count} failed", "{count} failed", self.failed))
        seconds = time.monotonic() - self._first
        if self.done >= 2 and seconds:  # noqa: PLR2004 - two reports make a rate
            rate = (self.done - 1) / seconds
            parts += [
                v.t("{rate} a second", rate=v.number(rate, 1))
                if rate >= 1
                else v.t("{rate} a minute", rate=v.number(60 * rate, 1)),
                v.t("{time} left", time=spoken((self.total - self.done) / rate)),
            ]
        return ", ".join(parts)


class Lines(BatchProgress):
    """A line after a few seconds, and then one every half minute."""

    def __init__(self, say: Say) -> None:
        super().__init__(say)
        self._next = time.monotonic() + FIRST_LINE

    def ended(self, entry: LedgerEntry) -> None:
        """A report was made, or failed."""
        super().ended(entry)
        if time.monotonic() >= self._next and self.done < self.total:
            self.say(self.line())
            self._next = time.monotonic() + LINE_EVERY


class Bar(BatchProgress):
    """A bar with rate and remaining time."""

    def __init__(self, say: Say, show: Callable[[BatchProgress], object]) -> None:
        super().__init__(say)
        self._show = show

    def planned(self, plan: BatchPlan) -> None:
        """What is to be done is known."""
        super().planned(plan)
        self._show(self)

    def ended(self, entry: LedgerEntry) -> None:
        """A report was made, or failed."""
        super().ended(entry)
        self._show(self)


def spoken(seconds: float) -> str:
    """A duration in at most two units: 45 s, 3 min 20 s, 2 h 5 min."""
    whole = round(seconds)
    minutes, hours = whole // 60, whole // 3600
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"


@contextmanager
def progress_on(stream: TextIO, *, quiet: bool) -> Iterator[BatchProgress]:
    """A bar if the stream is a terminal, lines if it is a log, nothing if `quiet`."""
    if stream.isatty():
        with _bar() as bar:
            yield bar
        return

    def say(line: str) -> None:
        stream.write(f"{inert(line)}\n")
        stream.flush()

    yield BatchProgress(lambda _: None) if quiet else Lines(say)


@contextmanager
def _bar() -> Iterator[BatchProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(speaker().t("reading the inputs"), total=None)

        def show(state: BatchProgress) -> None:
            shown.update(task, total=state.total, completed=state.done, description=state.line())

        # A name in brackets is a name here, no style.
        yield Bar(lambda line: console.print(inert(line), markup=False, highlight=False), show)
