"""Memory that every report writes, copied ahead and in one go.

A child shares the pages of its server until it writes them. Each first write stops it for a fault
of its own, and a report makes thousands, mostly by counting references. So the first report of a
notebook tells which pages became its own, and later ones have these copied before they begin, by
a few calls. A page too many costs a copy, one too few a fault; what a report does is the same.
"""

from __future__ import annotations

import ctypes
import os
from array import array
from collections.abc import Iterable
from pathlib import Path

Range = tuple[int, int]
PAGE = os.sysconf("SC_PAGE_SIZE")

_PROCESS_MADVISE = 440
_POPULATE_WRITE = 23
_AT_ONCE = 1024
"""So many ranges one call takes."""

_PRESENT, _FILE, _EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56
"""Bits of an entry in a process's pagemap (`man 5 proc_pid_pagemap`)."""


def writable() -> list[Range]:
    """Where this process has private memory that it may write: begin and end of each mapping."""
    ranges = []
    for line in Path("/proc/self/maps").read_text("utf-8", "replace").splitlines():
        addresses, allowed, _ = line.split(None, 2)
        if allowed == "rw-p":
            begin, end = (int(number, 16) for number in addresses.split("-"))
            ranges.append((begin, end))
    return ranges


def own(ranges: Iterable[Range]) -> bytes:
    """The pages there that no other process shares: address and length of each run, 8 bytes each.

    In a child: those that it has written, and some that its server has.
    """
    addresses: list[int] = []
    with Path("/proc/self/pagemap").open("rb", buffering=0) as pagemap:
        for begin, end in ranges:
            pagemap.seek(begin // PAGE * 8)
            entries = array("Q", pagemap.read((end - begin) // PAGE * 8))
            addresses += [begin + PAGE * n for n, entry in enumerate(entries) if _is_own(entry)]
    return _runs(addresses).tobytes()


def copy_ahead(runs: bytes) -> bool:
    """Copy what `own` told in an earlier child; whether the system could (Linux 6.13 and later).

    One call takes many ranges; a call for each would cost as much as the faults.
    """
    buffer = ctypes.create_string_buffer(runs, len(runs))
    call, begin = ctypes.CDLL(None).syscall, ctypes.addressof(buffer)
    process = os.pidfd_open(os.getpid())
    done = True
    for first in range(0, len(runs) // 16, _AT_ONCE):
        count = ctypes.c_size_t(min(_AT_ONCE, len(runs) // 16 - first))
        there = ctypes.c_void_p(begin + 16 * first)
        done &= call(_PROCESS_MADVISE, process, there, count, _POPULATE_WRITE, 0) >= 0
    os.close(process)
    return done


def _is_own(entry: int) -> bool:
    return entry & (_PRESENT | _FILE | _EXCLUSIVE) == _PRESENT | _EXCLUSIVE


def _runs(addresses: list[int]) -> array[int]:
    """Pages that follow one another as one."""
    runs = array("Q")
    for address in addresses:
        if runs and address == runs[-2] + runs[-1]:
            runs[-1] += PAGE
        else:
            runs.extend((address, PAGE))
    return runs
