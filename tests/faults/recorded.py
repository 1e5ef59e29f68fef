"""What a process writes, system call by system call, and the disks that a crash may leave of it.

Killed after call n, a process leaves what it wrote so far. Without power, any of it is missing that
was not synced: writes to a file until the file is synced, names until the folder is.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

CALLS = "openat,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink"
CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
SECTOR = 512


class Step(NamedTuple):
    """One call. `file` is a name in the folder, blank for the folder itself, or "said"."""

    what: str
    file: str
    data: bytes = b""
    offset: int = 0


def recorded(folder: Path, program: str, *arguments: str) -> list[Step]:
    """Run a program below strace; what it did to the files of a folder, and what it said."""
    strace = shutil.which("strace")
    assert strace, "strace is not here: install it (.ci/strace install)"
    log = folder.with_suffix(".strace")
    watch = [strace, "-f", "-o", str(log), "-xx", "-s", "1000000", "-e", f"trace={CALLS}"]
    words = [*watch, sys.executable, "-c", program, *arguments]
    subprocess.run(words, check=True, timeout=120, stdout=subprocess.DEVNULL)
    return list(_steps(log.read_text("utf-8").splitlines(), f"{folder}/"))


def _steps(lines: Iterable[str], folder: str) -> Iterator[Step]:
    trace = _Trace(folder)
    for line in lines:
        if (found := CALL.match(line)) and int(found[3]) >= 0:
            text = bytes.fromhex(t[1].replace("\\x", "")) if (t := TEXT.search(found[2])) else b""
            if found[1] in {"openat", "unlink"}:
                yield from trace.named(found[1], text.decode(), found[2], int(found[3]))
            else:
                yield from trace.handled(found[1], text, found[2])


class _Trace:
    """Which file of the folder each handle stands for."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._names = {1: "said"}

    def named(self, call: str, path: str, words: str, handle: int) -> Iterator[Step]:
        """A call that names a file."""
        if call == "openat":
            self._names.pop(handle, None)
        if not f"{path}/".startswith(self._folder):
            return
        name = f"{path}/".removeprefix(self._folder).rstrip("/")
        if call == "unlink":
            yield Step("unlink", name)
            return
        self._names[handle] = name
        if "O_CREAT" in words:
            yield Step("create", name)

    def handled(self, call: str, data: bytes, words: str) -> Iterator[Step]:
        """A call on a handle."""
        handle, last = int(words.partition(",")[0]), words.rpartition(",")[2]
        name = self._names.get(handle)
        if name is None:
            return
        match call:
            case "close":
                del self._names[handle]
            case "fsync" | "fdatasync":
                yield Step("sync", name)
            case "ftruncate":
                yield Step("cut", name, offset=int(last))
            case "pwrite64":
                yield Step("write", name, data, int(last))
            case _ if name == "said":
                yield Step("say", name, data)


@dataclass
class Disk:
    """The files of a folder."""

    files: dict[str, bytearray]

    def take(self, step: Step, *, torn: bool = False) -> None:
        """Let one call be on the disk, or of a write its first sectors alone."""
        if step.what == "create":
            self.files.setdefault(step.file, bytearray())
        elif step.what == "unlink":
            self.files.pop(step.file, None)
        elif step.file in self.files:
            file = self.files[step.file]
            if step.what == "cut":
                del file[step.offset :]
            elif step.what == "write":
                data = step.data[: len(step.data) // 2 // SECTOR * SECTOR] if torn else step.data
                file.extend(bytes(max(0, step.offset + len(data) - len(file))))
                file[step.offset : step.offset + len(data)] = data

    def put(self, folder: Path) -> None:
        """Make a folder hold these files and no others."""
        for old in folder.iterdir():
            old.unlink()
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


def killed(base: dict[str, bytes], steps: list[Step], after: int) -> Disk:
    """The disk of a process that was killed after so many calls."""
    disk = Disk({name: bytearray(content) for name, content in base.items()})
    for step in steps[:after]:
        disk.take(step)
    return disk


def powerless(base: dict[str, bytes], steps: list[Step], after: int, random: Random) -> Disk:
    """A disk as it may be when the power fails: of what was not synced, only some is there."""
    done = steps[:after]
    synced = {step.file: n for n, step in enumerate(done) if step.what == "sync"}
    names = [n for n, step in enumerate(done) if step.what in {"create", "unlink"}]
    # A file system keeps the order of names: of those not synced, the first few are there.
    open_names = [n for n in names if n > synced.get("", -1)]
    lost = set(open_names[random.randrange(len(open_names) + 1) :])
    disk = Disk({name: bytearray(content) for name, content in base.items()})
    for n, step in enumerate(done):
        if step.what in {"write", "cut"}:
            if n < synced.get(step.file, -1):
                disk.take(step)
            elif (luck := random.random()) < 0.6:
                disk.take(step, torn=luck < 0.1)
        elif n not in lost:
            disk.take(step)
    return disk


def said_before(steps: list[Step], after: int) -> list[str]:
    """What the process had said by then, line by line."""
    return b"".join(s.data for s in steps[:after] if s.what == "say").decode().splitlines()
