"""What a cell printed and its process has not yet reported, in memory that outlives the process.

The server opens it before it forks; the child writes into it, and the server reads it if the child
dies without a word.
"""

from __future__ import annotations

import mmap
import os
import re
import struct

_END = struct.Struct("=Q")
_MARKS = {"stdout": b"\xfe", "stderr": b"\xff"}
"""Begin a stream's text; no UTF-8 has these bytes."""
_SIZE = 1 << 16
"""Bytes to begin with: few cells print more before they end."""


class Tail:
    """The text since the last report on the cell, in the order in which it was written."""

    def __init__(self) -> None:
        self._file = os.memfd_create("tail")
        try:
            os.ftruncate(self._file, _SIZE)
            # A system call for each text would cost more.
            self._memory = mmap.mmap(self._file, _SIZE)
        except OSError:
            os.close(self._file)
            raise
        self.clear()

    def clear(self) -> None:
        """Everything so far has been reported."""
        self._end, self._name = _END.size, ""
        _END.pack_into(self._memory, 0, self._end)

    def add(self, name: str, text: str) -> None:
        """Note text of a stream."""
        try:
            content = text.encode()  # Quicker than with a word on errors, and there are few.
        except UnicodeEncodeError:
            content = text.encode(errors="replace")
        if name != self._name:
            self._name, content = name, _MARKS[name] + content
        begin, self._end = self._end, self._end + len(content)
        if self._end > len(self._memory):
            self._memory.resize(2 * self._end)
        self._memory[begin : self._end] = content
        # The end comes last: whoever reads after a crash finds whole texts alone.
        _END.pack_into(self._memory, 0, self._end)

    def outputs(self) -> list[dict[str, str]]:
        """The text as outputs of a cell."""
        end = _END.unpack(os.pread(self._file, _END.size, 0))[0]
        content = os.pread(self._file, end - _END.size, _END.size)
        names = {mark: name for name, mark in _MARKS.items()}
        _, *pieces = re.split(rb"([\xfe\xff])", content)
        return [
            {"output_type": "stream", "name": names[mark], "text": text.decode()}
            for mark, text in zip(pieces[::2], pieces[1::2], strict=True)
        ]

    def close(self) -> None:
        """Forget it, in this process."""
        self._memory.close()
        os.close(self._file)


def add_text(outputs: list[dict[str, str]], name: str, text: str) -> None:
    """Add text of a stream to a cell's outputs, to the last one if that is of the same stream.

    So outputs do not depend on the moments at which a long cell was looked at.
    """
    last = outputs[-1] if outputs else {}
    if last.get("output_type") == "stream" and last["name"] == name:
        last["text"] += text
    else:
        outputs.append({"output_type": "stream", "name": name, "text": text})
