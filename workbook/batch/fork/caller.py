"""The caller's side: starts a server, asks it for work, hears how it went."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from workbook.batch.fork import linux, wire
from workbook.batch.fork.job import Limits, ServerGone

KNOWN_NOTEBOOKS = 8
PIECE = 1 << 18
PROGRAM = """
import sys
if not sys.flags.safe_path:
    del sys.path[0]
from workbook.batch.fork.server import main
main(int(sys.argv[1]))
"""
"""The server. The current folder is not on its import path, and no flag tells that to notebooks."""
SERVER_ENVIRONMENT = {
    # One of Arrow's allocators starts a thread, and a process with two must not be forked.
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    # Sets are in the same order in every report.
    "PYTHONHASHSEED": "0",
    # Reports run side by side: none needs several cores.
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

Hear = Callable[[bytes, dict[str, Any]], object]


class ServerProcess:
    """A server of our own. Several threads may ask it for work at the same time."""

    def __init__(self, preload: Sequence[str], slots: int) -> None:
        self._ids = itertools.count(1)
        self._hears: dict[int, Hear] = {}
        self._taught: deque[str] = deque(maxlen=KNOWN_NOTEBOOKS)
        self._sending = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - a fixed command
                [sys.executable, "-c", PROGRAM, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **SERVER_ENVIRONMENT},
            )
        self.owner = os.getpid()
        settings = {"preload": list(preload), "slots": slots, "caller": self.owner}
        self._send(wire.packed(wire.ASK, settings))
        self._inbox = wire.Inbox()
        try:
            self.threads = self._wait_until_ready()
        except BaseException:
            self._control.close()
            self._process.wait()
            raise
        self._reader = threading.Thread(target=self._listen, name="workbook server", daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.owner == os.getpid() and self._process.poll() is None

    def knows(self, key: str) -> bool:
        """Whether a notebook is known under a key."""
        with self._sending:
            return key in self._taught

    def teach(self, key: str, text: str, name: str) -> None:
        """Make a notebook known under a key; the last few are remembered."""
        with self._sending:
            if key in self._taught:
                return
            self._taught.append(key)
            self._put(wire.packed(wire.LEARN, {"key": key, "text": text, "name": name}))

    def ask(  # noqa: PLR0913 - named at the one call
        self,
        work: str,
        payload: Mapping[str, Any],
        hear: Hear,
        *,
        folder: str,
        limits: Limits,
        notebook: str = "",
        environment: Mapping[str, str] | None = None,
        rehearse: Mapping[str, Any] | None = None,
        imports_from_folder: bool = True,
        shared: bool = False,
    ) -> int:
        """Ask for work; `hear` is called in another thread with each answer, the last one END.

        With `rehearse` the server itself runs the notebook once this work has gone well, so that
        what is done for the first time in a process is done before the next ones are forked.
        With `imports_from_folder` the notebook finds modules in `folder` first, as in a kernel.
        With `shared` its process may have done other work before; after a rehearsal, if that is
        wanted.
        """
        number = next(self._ids)
        self._hears[number] = hear
        content = {
            "id": number,
            "work": work,
            "payload": dict(payload),
            "notebook": notebook,
            "folder": folder,
            "environment": None if environment is None else dict(environment),
            "limits": asdict(limits),
            "rehearse": rehearse,
            "imports_from_folder": imports_from_folder,
            "shared": shared,
            "umask": linux.umask(),
        }
        try:
            self._send(wire.packed(wire.ASK, content))
        except ServerGone:
            del self._hears[number]
            raise
        return number

    def stop(self, number: int) -> None:
        """Kill what was asked for under a number."""
        with suppress(ServerGone):
            self._send(wire.packed(wire.STOP, {"id": number}))

    def close(self) -> None:
        """End the server, and whatever it runs."""
        if self.owner != os.getpid():
            return
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._process.wait()
        if threading.current_thread() is not self._reader:
            self._reader.join()
        self._control.close()

    def _send(self, message: bytes) -> None:
        with self._sending:
            self._put(message)

    def _put(self, message: bytes) -> None:
        try:
            self._control.sendall(message)
        except OSError as error:
            raise ServerGone(
                f"the process that reports are forked from is gone: {error}\n"
                "    → see that nothing ends it, and run the same command again"
            ) from None

    def _wait_until_ready(self) -> list[str]:
        while piece := self._control.recv(PIECE):
            for _, body in self._inbox.take(piece):
                ready = wire.unpacked(body)
                if ready["trouble"]:
                    raise ServerGone(f"cannot load what reports start with: {ready['trouble']}")
                threads: list[str] = ready["threads"]
                return threads
        code = self._process.wait()
        raise ServerGone(f"the process that reports are forked from ended with exit code {code}")

    def _listen(self) -> None:
        with suppress(OSError):
            while piece := self._control.recv(PIECE):
                for kind, body in self._inbox.take(piece):
                    self._pass_on(kind, wire.unpacked(body))
        gone = {"status": "died", "reason": "the process that reports are forked from is gone"}
        for number in list(self._hears):
            self._pass_on(wire.END, {"id": number, **gone})

    def _pass_on(self, kind: bytes, content: dict[str, Any]) -> None:
        number = content["id"]
        hear = self._hears.pop(number, None) if kind == wire.END else self._hears.get(number)
        if hear:
            hear(kind, content)
