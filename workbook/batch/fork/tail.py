"""What a cell printed and its process has not yet reported, in memory that outlives the process.

The server opens it before it forks; the child writes into it, and the server reads it if the child
dies without a word.
"""

from __future__ import annotations

import os
import struct

_HEAD = struct.Struct("=BI")
_NAMES = ("stdout", "stderr")


class Tail:
    """The text since the last report on the cell, in the order in which it was written."""

    def __init__(self) -> None:
        self._memory = os.memfd_create("tail")

    def clear(self) -> None:
        """Everything so far has been reported."""
        os.ftruncate(self._memory, 0)
        os.lseek(self._memory, 0, os.SEEK_SET)

    def add(self, name: str, text: str) -> None:
        """Note text of a stream."""
        content = text.encode(errors="replace")
        os.write(self._memory, _HEAD.pack(_NAMES.index(name), len(content)) + content)

    def outputs(self) -> list[dict[str, str]]:
        """The text as outputs of a cell."""
        content = os.pread(self._memory, os.fstat(self._memory).st_size, 0)
        outputs: list[dict[str, str]] = []
        while len(content) >= _HEAD.size:
            number, length = _HEAD.unpack_from(content)
            text = content[_HEAD.size : _HEAD.size + length].decode(errors="replace")
            content = content[_HEAD.size + length :]
            add_text(outputs, _NAMES[number], text)
        return outputs

    def close(self) -> None:
        """Forget it, in this process."""
        os.close(self._memory)


def add_text(outputs: list[dict[str, str]], name: str, text: str) -> None:
    """Add text of a stream to a cell's outputs, to the last one if that is of the same stream.

    So outputs do not depend on the moments at which a long cell was looked at.
    """
    last = outputs[-1] if outputs else {}
    if last.get("output_type") == "stream" and last["name"] == name:
        last["text"] += text
    else:
        outputs.append({"output_type": "stream", "name": name, "text": text})
