"""Messages between processes of ours: a length, a kind, and JSON."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any, Final

HEAD: Final = struct.Struct("!Ic")
ASK: Final = b"A"  # caller → server: run this; server → child: and this after it
LEARN: Final = b"L"  # caller → server: a notebook, to be asked for by key
STOP: Final = b"S"  # caller → server: kill that; server → child: nothing comes after it
READY: Final = b"R"  # server → caller: the server has loaded everything
EVENT: Final = b"E"  # child → server → caller: a cell began or ended
END: Final = b"X"  # child or server → caller: how a run ended

Content = dict[str, Any]


def packed(kind: bytes, content: Content) -> bytes:
    """One message as bytes."""
    return framed(kind, body(content))


def body(content: Content) -> bytes:
    """What a message carries."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="surrogatepass")


def framed(kind: bytes, carried: bytes) -> bytes:
    """One message whose body is bytes already."""
    return HEAD.pack(len(carried), kind) + carried


def unpacked(carried: bytes) -> Content:
    """What a message says."""
    content: Content = json.loads(carried.decode(errors="surrogatepass"))
    return content


def received(messages: socket.socket) -> tuple[bytes, Content]:
    """Wait for the next message; struct.error if none comes any more."""
    length, kind = HEAD.unpack(messages.recv(HEAD.size, socket.MSG_WAITALL))
    return kind, unpacked(messages.recv(length, socket.MSG_WAITALL))


class Inbox:
    """Puts messages together from the pieces in which they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def take(self, piece: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The messages that are complete now: kind and body."""
        self._buffer += piece
        while len(self._buffer) >= HEAD.size:
            length, kind = HEAD.unpack_from(self._buffer)
            end = HEAD.size + length
            if len(self._buffer) < end:
                return
            body = bytes(self._buffer[HEAD.size : end])
            del self._buffer[:end]
            yield kind, body
