"""What the kernel of Linux does for processes and Python has no name for."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def can_fork() -> bool:
    """Whether reports can be forked here: on Linux, with process descriptors (5.3 and later)."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return hasattr(os, "memfd_create")


def die_with_parent() -> None:
    """Have this process killed when its parent ends. The parent must have one thread."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of every process below this one whose own parent ends."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def threads() -> list[str]:
    """The names of this process's threads, those of libraries too."""
    ids = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            ids.append((task / "comm").read_text("utf-8", "replace").strip())
    return ids


def children() -> set[int]:
    """The processes whose parent this one is."""
    me = os.getpid()
    with suppress(OSError):
        return set(map(int, Path(f"/proc/{me}/task/{me}/children").read_text().split()))
    return set()


def umask() -> int:
    """The mode bits that this process takes from new files; asking Python would change them."""
    status = Path("/proc/self/status").read_text("utf-8", "replace")
    return int(status.partition("Umask:")[2].split()[0], 8)


def private_memory(pid: int | str = "self") -> int:
    """Bytes of private memory of a process, as the limit on data counts them."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")


def kill_group(leader: int) -> None:
    """Kill a process, and all that it started and that did not leave its group."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
