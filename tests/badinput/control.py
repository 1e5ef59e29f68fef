"""Readers that are wrong on purpose: whoever looks for inputs must find what breaks them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.badinput.trying import QuickReader


def breaks(_: Path) -> QuickReader:
    """One that breaks on four bytes, which chance would meet once in four thousand million."""

    def read(raw: bytes) -> None:
        if len(raw) > 3 and raw[0] == 111 and raw[1] == 119 and raw[2] == 98 and raw[3] == 33:
            raise IndexError("list index out of range")

    return QuickReader(read, (b"{}",))


def dies(_: Path) -> QuickReader:
    """One that takes the process with it, as a fault in C does."""

    def read(raw: bytes) -> None:
        if raw.startswith(b"{"):
            os.kill(os.getpid(), signal.SIGSEGV)

    return QuickReader(read, (b"{}",))
