"""How a run is stopped from outside: Ctrl-C once, twice, or a signal to end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from workbook.batch.listening import Stop
from workbook.cli.batch_progress import BatchProgress
from workbook.cli.speaking import speaker


@contextmanager
def stopping(progress: BatchProgress) -> Iterator[None]:
    """Ctrl-C ends the batch after what runs; twice, or SIGTERM, and what runs is dropped."""
    # The words are loaded now: a signal may come in the middle of any import.
    speaker()

    def interrupted(*_: object) -> None:
        progress.stopping(Stop(min(progress.stop + 1, Stop.DROP)))
        if progress.stop is Stop.DROP or not progress.begun:
            raise KeyboardInterrupt

    def terminated(*_: object) -> None:
        progress.stopping(Stop.DROP)
        raise KeyboardInterrupt

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, interrupted),
        signal.SIGTERM: signal.signal(signal.SIGTERM, terminated),
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
