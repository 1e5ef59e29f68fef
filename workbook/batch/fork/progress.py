"""Where each running report stands, in memory that outlives its process.

A report that is killed cannot say how far it came; what it wrote here before can be read.
"""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass

_MARK = struct.Struct("=id")


@dataclass(frozen=True, slots=True)
class CellStart:
    """The place of the code cell that runs (from 1), and since when (monotonic seconds)."""

    cell: int
    since: float


class Board:
    """One mark per slot. Processes forked after it was made share it."""

    def __init__(self, slots: int) -> None:
        self._memory = mmap.mmap(-1, slots * _MARK.size)

    def clear(self, slot: int) -> None:
        """Nothing runs in a slot."""
        _MARK.pack_into(self._memory, slot * _MARK.size, 0, 0.0)

    def note(self, slot: int, cell: int) -> None:
        """A cell begins in a slot now."""
        _MARK.pack_into(self._memory, slot * _MARK.size, cell, time.monotonic())

    def read(self, slot: int) -> CellStart | None:
        """What runs in a slot; None before its first cell."""
        mark = CellStart(*_MARK.unpack_from(self._memory, slot * _MARK.size))
        return mark if mark.cell else None
