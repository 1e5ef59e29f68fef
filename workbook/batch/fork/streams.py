"""Standard output and standard error of a notebook's cells."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from io import TextIOBase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.batch.fork.kernel import KernelSession
    from workbook.batch.fork.tail import Tail

Message = dict[str, Any]
Hook = Callable[[Message], Message | None]
NOBODY: dict[str, Any] = {"header": {"msg_id": ""}}


LONG_LINE = 1 << 12
"""Characters that a line may have until its beginning is noted."""


class Stream(TextIOBase):
    """A stream whose text becomes outputs, and that of programs which the cell starts as well.

    Text waits until something is shown, the stream is flushed or the cell ends, so that outputs
    do not depend on how fast the machine is. After `capture`, the descriptor (1 or 2) leads into
    a file in memory, and what anybody writes there joins the text in its place.
    """

    encoding = "UTF-8"

    def __init__(self, session: KernelSession, name: str, descriptor: int) -> None:
        super().__init__()
        self.name = name
        self._session = session
        self._descriptor = descriptor
        self._real = self._memory = -1
        self._seen = 0
        self._owner = os.getpid()
        self._lock = threading.RLock()
        self._waiting: dict[str, tuple[dict[str, Any], list[str]]] = {}
        self._parent: ContextVar[dict[str, Any]] = ContextVar(f"{name} parent")
        self._last_parent = NOBODY
        self._hooks: list[Hook] = []
        self.tail: Tail | None = None
        self._line = ""

    def capture(self) -> None:
        """Begin to listen to the descriptor, in this process and in those that it starts."""
        self._owner = os.getpid()
        self._real = os.dup(self._descriptor)
        self._memory = os.memfd_create(self.name)
        # Several processes may write: each at the end, none over another's text.
        fcntl.fcntl(self._memory, fcntl.F_SETFL, os.O_APPEND)
        os.dup2(self._memory, self._descriptor)

    def set_parent(self, parent: dict[str, Any]) -> None:
        """From now on text belongs to this request, in this task and in whatever has none."""
        self._parent.set(parent)
        self._last_parent = parent

    def write(self, text: str) -> int:
        """Take text; how many characters."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:
            # A process that the cell forked: only its descriptor leads to the notebook.
            os.write(self._descriptor, text.encode(errors="replace"))
            return len(text)
        with self._lock:
            self._hear_descriptor()
            self._keep(self._parent.get(self._last_parent), text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:  # type: ignore[override]
        """Take several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send what waits."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            self._hear_descriptor()
            if self._line:
                self._note_line()
            waiting, self._waiting = self._waiting, {}
        for parent, texts in waiting.values():
            content = {"name": self.name, "text": "".join(texts)}
            self._session.send(None, "stream", content, parent=parent)

    def register_hook(self, hook: Hook) -> None:
        """Take a hook. As in a kernel it is not asked: another thread sends than the notebook's."""
        self._hooks.append(hook)

    def unregister_hook(self, hook: Hook) -> bool:
        """Ask a hook no more; whether it was there."""
        known = hook in self._hooks
        if known:
            self._hooks.remove(hook)
        return known

    def writable(self) -> bool:
        """Text can be written here."""
        return True

    def isatty(self) -> bool:
        """No terminal shows it."""
        return False

    def fileno(self) -> int:
        """The real stream of the process, as in a kernel of its own."""
        return self._real if self._real >= 0 else self._descriptor

    def _keep(self, parent: dict[str, Any], text: str) -> None:
        if text:
            if self.tail:
                self._line += text
                if text[-1] == "\n" or len(self._line) > LONG_LINE:
                    self._note_line()
            request = parent["header"]["msg_id"]
            self._waiting.setdefault(request, (parent, []))[1].append(text)

    def _note_line(self) -> None:
        """Put it into the tail: line by line, or when it is flushed, since print() writes words."""
        if self.tail:
            self.tail.add(self.name, self._line)
        self._line = ""

    def _hear_descriptor(self) -> None:
        """Take what was written there. A cell may lead the descriptor elsewhere for a while."""
        if self._memory < 0:
            return
        size = os.fstat(self._memory).st_size
        if size > self._seen:
            data = os.pread(self._memory, size - self._seen, self._seen)
            self._seen += len(data)
            self._keep(self._last_parent, data.decode(errors="replace"))
