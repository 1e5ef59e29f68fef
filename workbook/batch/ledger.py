"""The ledger: what is known of every output, in segments that are written once and never changed.

A segment is a file of JSON lines, `.batch/ledger/00000042.jsonl`, published whole like any output;
later lines count. So a kill at any moment leaves every line or none of a segment, on a disk and in
an object store alike. A line is written after its outputs are on disk: what the ledger says is
there was there. What it does not know is made again.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from workbook.batch.outlet import PRIVATE, Outlet

FOLDER = f"{PRIVATE}/ledger"
_SEGMENT = re.compile(r"\d{8}\.jsonl")
SEGMENTS = 64
"""More than this many are made one when the ledger is opened."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes has another stamp, on every file system."""


@dataclass(frozen=True, slots=True)
class Output:
    """One published file: its name, the SHA-256 of its content, and its stamp when published."""

    file: str
    digest: str
    stamp: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of one report: what shaped it (`key`), what came out, or why nothing did.

    `partial` is the notebook of one that failed.
    """

    name: str
    key: str
    outputs: Mapping[str, Output] = field(default_factory=dict)
    reason: str = ""
    partial: str = ""
    seconds: float = 0.0


class Ledger:
    """Every entry by name, the facts of inputs read before, and the stamps of their files.

    One writer at a time.
    """

    def __init__(self, outlet: Outlet, run: str) -> None:
        self._outlet = outlet
        self._run = run
        self._entries: dict[str, str] = {}
        self._read: dict[str, LedgerEntry] = {}
        self._facts: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._waiting: list[str] = []
        segments = [name for name in outlet.names(FOLDER) if _SEGMENT.fullmatch(name)]
        self._last = int(segments[-1].partition(".")[0]) if segments else 0
        for name in segments:
            self._take(outlet.read(f"{FOLDER}/{name}"))
        self._segments = segments

    def _take(self, content: bytes) -> None:
        for line in content.decode(errors="replace").splitlines():
            # A line that somebody has spoilt is one that is not known.
            with suppress(ValueError, TypeError, KeyError):
                fields = json.loads(line)
                if "input" in fields:
                    self._facts[fields["input"]] = line
                elif "path" in fields:
                    self._files[fields["path"]] = line
                else:
                    self._entries[_entry(fields).name] = line

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[LedgerEntry]:
        return (_entry(json.loads(line)) for line in self._entries.values())

    def entry(self, name: str) -> LedgerEntry | None:
        """What is known of a report; None if nothing is. Its line is read once."""
        if name not in self._read and name in self._entries:
            self._read[name] = _entry(json.loads(self._entries[name]))
        return self._read.get(name)

    def facts(self, digest: str) -> Mapping[str, object] | None:
        """The facts of an input with this digest, as they were remembered."""
        line = self._facts.get(digest)
        facts: Mapping[str, object] | None = json.loads(line)["facts"] if line else None
        return facts

    def remember(self, digest: str, facts: Mapping[str, object]) -> None:
        """Note the facts of an input, so that it need not be read again. On disk with `commit`."""
        line = _line({"input": digest, "facts": dict(facts)})
        self._facts[digest] = line
        self._waiting.append(line)

    def digest(self, path: str, stamp: os.stat_result) -> str:
        """The digest of a file's content if it surely is what was read before; else ""."""
        line = self._files.get(path)
        known = json.loads(line) if line else {}
        return str(known["digest"]) if known.get("stamp") == _stamp(stamp) else ""

    def saw(self, path: str, stamp: os.stat_result, digest: str) -> None:
        """Note the content of a file. `stamp` was taken before it was read.

        A file that had just changed is not noted: it may change once more and keep its stamp.
        """
        if max(stamp.st_mtime_ns, stamp.st_ctime_ns) < time.time_ns() - SETTLED:
            line = _line({"path": path, "stamp": _stamp(stamp), "digest": digest})
            self._files[path] = line
            self._waiting.append(line)

    def note(self, entry: LedgerEntry) -> None:
        """Note what came of a report. On disk with the next `commit`."""
        line = _line({name: value for name, value in asdict(entry).items() if value})
        self._entries[entry.name], self._read[entry.name] = line, entry
        self._waiting.append(line)

    def commit(self) -> None:
        """Write what was noted; on disk when this returns."""
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []

    def compact(self) -> None:
        """Make many segments one. A kill between leaves both, which say the same."""
        if len(self._segments) > SEGMENTS:
            old = self._segments
            self._write((*self._facts.values(), *self._files.values(), *self._entries.values()))
            self._segments = self._segments[-1:]
            for name in old:
                self._outlet.remove(f"{FOLDER}/{name}")

    def _write(self, lines: Iterable[str]) -> None:
        self._last += 1
        name = f"{self._last:08}.jsonl"
        self._outlet.write(f"{FOLDER}/{name}", ("\n".join(lines) + "\n").encode(), self._run)
        self._segments = [*self._segments, name]


class Unkept(Ledger):
    """A ledger in memory: it knows nothing at first, and nothing is written."""

    def __init__(self, outlet: Outlet, run: str) -> None:
        self._outlet, self._run = outlet, run
        self._entries, self._facts, self._files, self._waiting = {}, {}, {}, []
        self._read = {}
        self._segments: list[str] = []

    def commit(self) -> None:
        """Nothing is kept."""


def _line(fields: Mapping[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def _stamp(stamp: os.stat_result) -> list[int]:
    return [stamp.st_size, stamp.st_mtime_ns, stamp.st_ctime_ns, stamp.st_ino, stamp.st_dev]


def _entry(fields: dict[str, Any]) -> LedgerEntry:
    outputs = {ext: Output(**output) for ext, output in fields.pop("outputs", {}).items()}
    return LedgerEntry(fields.pop("name"), fields.pop("key", ""), outputs, **fields)
