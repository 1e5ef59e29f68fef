"""How a run is stopped from outside: Ctrl-C once, twice, or a signal to end."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from workbook.batch.listening import Stop
from workbook.cli.batch_progress import Told


@contextmanager
def stopping(told: Told) -> Iterator[None]:
    """Ctrl-C ends the batch after what runs; twice, or SIGTERM, and what runs is dropped."""

    def interrupted(*_: object) -> None:
        told.stopping(Stop(min(told.stop + 1, Stop.DROP)))
        if told.stop is Stop.DROP or not told.begun:
            raise KeyboardInterrupt

    def terminated(*_: object) -> None:
        told.stopping(Stop.DROP)
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
