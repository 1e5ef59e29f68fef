"""Where each running report stands, in memory that outlives its process.

A report that is killed cannot say how far it came; what it wrote here before can be read.
"""

from __future__ import annotations

import mmap
import time
from dataclasses import dataclass

_SIZE = 8
"""Bytes of a number."""


@dataclass(frozen=True, slots=True)
class CellStart:
    """The place of the code cell that runs (from 1), and since when (monotonic seconds)."""

    cell: int
    since: float


class Board:
    """One mark per slot. Processes forked after it was made share it.

    Each number is stored at once, the time before the cell: whoever reads meanwhile finds the cell
    before with a later time, never a cell that began at no time.
    """

    def __init__(self, slots: int) -> None:
        memory = memoryview(mmap.mmap(-1, 2 * slots * _SIZE))
        self._since = memory[: slots * _SIZE].cast("d")
        self._cells = memory[slots * _SIZE :].cast("q")

    def clear(self, slot: int) -> None:
        """Nothing runs in a slot."""
        self._cells[slot] = 0

    def note(self, slot: int, cell: int) -> None:
        """A cell begins in a slot now."""
        self._since[slot] = time.monotonic()
        self._cells[slot] = cell

    def read(self, slot: int) -> CellStart | None:
        """What runs in a slot; None before its first cell."""
        cell = self._cells[slot]
        return CellStart(cell, self._since[slot]) if cell else None
