"""The end of a report's process: whatever the end of an interpreter does, and in its order.

A child ends through `os._exit`, since what its server has loaded must not be torn down for each
report. So threads, hooks and open files of the notebook are seen to here.
"""

from __future__ import annotations

import atexit
import gc
import io
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

from workbook.batch.fork.streams import Stream

FILE = io.IOBase.__base__ or io.IOBase
"""What all files are, in C: to ask an abstract class of each object takes milliseconds."""
BUFFERS = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)
PATIENCE = 5.0
"""Seconds that the end may take: as many as Jupyter gives a kernel before it is killed."""


class _PatienceOver(BaseException):
    """The end took too long; what is left of it is not done, as in a kernel that is killed."""


def disown() -> None:
    """In a new child: what the server's objects would do at their end is the server's to do.

    Hooks of modules stay, since a kernel that imports them has them as well.
    """
    for finalizer in list(weakref.finalize._registry):  # type: ignore[attr-defined]  # noqa: SLF001
        finalizer.atexit = False


def end(forget: Callable[[], object], modules: Collection[str]) -> None:
    """End what the notebook began. `forget` drops its names; `modules` were there before it."""
    with suppress(_PatienceOver), _patience():
        # Threads first: what is registered for the end may need what they write.
        for step in (
            threading._shutdown,  # type: ignore[attr-defined]  # noqa: SLF001
            atexit._run_exitfuncs,  # noqa: SLF001
            _flush,
            forget,
            lambda: _collect(modules),
        ):
            with suppress(Exception):
                step()


def _flush() -> None:
    """Write what open files hold back, while they are whole.

    A cycle's objects are finalized in the collector's order. A young file's descriptor comes
    before its buffer, which then has nowhere to write. A collection puts holders first, so that
    what a finalizer adds is written too.
    """
    gc.collect()
    for held in _files():
        if isinstance(held, BUFFERS):  # To flush a compressed file would change its bytes.
            with suppress(Exception):
                held.flush()


def _collect(modules: Collection[str]) -> None:
    """Free what the notebook held, so that files are closed and finalizers run."""
    sys.last_type = sys.last_value = sys.last_traceback = None
    for name in sys.modules.keys() - modules:
        del sys.modules[name]
    gc.collect()
    # What is still held, by a class of a library or in a cache, is at least written. Objects of
    # the server are frozen and not among these.
    for held in _files():
        with suppress(Exception):
            held.close()


def _files() -> list[io.IOBase]:
    """The notebook's files; they are listed first, since to close one may free others."""
    return [o for o in gc.get_objects() if issubclass(type(o), FILE) and type(o) is not Stream]


@contextmanager
def _patience() -> Iterator[None]:
    def over(*_: object) -> None:
        raise _PatienceOver

    signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
