"""What is done with a notebook in a child: for Papermill cell by cell, or the whole report."""

from __future__ import annotations

import datetime as dt
import json
import pkgutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from workbook.batch.fork.job import JobStatus
from workbook.batch.fork.outputs import Cell
from workbook.batch.fork.prepared import Notebook, parameterised

if TYPE_CHECKING:
    from workbook.batch.fork.cells import Fault
    from workbook.batch.fork.child import Child

CELLS = f"{__name__}:cells"
REPORT = f"{__name__}:report"
SAVED_KEYS = ("outputs", "execution_count")
LOOK = 1.0
"""Seconds between two looks at what a running cell shows."""


def cells(child: Child, payload: dict[str, Any]) -> dict[str, Any]:
    """Run the notebook of the payload and tell of each cell as it begins and ends."""
    notebook: Notebook = payload["notebook"]
    child.so_far = lambda: {"cells": _shown(notebook)}
    with _CellEvents(child) as events:
        fault = child.run(notebook, events, errors_end=not payload["allow_errors"])
    answer = {"cells": _shown(notebook), "metadata": notebook["metadata"]}
    return {**answer, "fault": _fault_data(fault)}


def _shown(notebook: Notebook) -> dict[str, Any]:
    """What each code cell shows, by its index."""
    return {
        str(index): _saved(cell)
        for index, cell in enumerate(notebook["cells"])
        if cell["cell_type"] == "code"
    }


class _CellEvents:
    """Reports each cell to the caller, and while it runs what it shows, from a thread."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._running: tuple[int, Cell] | None = None
        self._looked_at = ""
        self._lock = threading.RLock()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="outputs", daemon=True)

    def __enter__(self) -> Self:
        self._child.keep_tail()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def began(self, index: int, cell: Cell) -> None:
        with self._lock:
            self._running, self._looked_at = (index, cell), ""
            self._child.tell({"began": index})

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        with self._lock:
            self._running = None
            self._child.tell({"ended": index, "failed": failed, "cell": _saved(cell)})
            self._child.tail.clear()

    def _look(self) -> None:
        while not self._done.wait(LOOK):
            for stream in self._child.streams:
                stream.flush()
            with self._lock:
                if self._running:
                    self._tell(*self._running)

    def _tell(self, index: int, cell: Cell) -> None:
        shown = json.dumps(_saved(cell))
        if shown != self._looked_at and cell.get("outputs"):
            self._looked_at = shown
            self._child.tell({"shows": index, "cell": json.loads(shown)})
            self._child.tail.clear()


def _saved(cell: Cell) -> dict[str, Any]:
    return {key: cell[key] for key in SAVED_KEYS if key in cell}


def _fault_data(fault: Fault | None) -> list[Any] | None:
    return [fault.index, fault.name, fault.text] if fault else None


def report(child: Child, payload: dict[str, Any]) -> dict[str, Any]:
    """Run the child's notebook with parameters; write it, and what is made from it, as parts.

    A part is a whole file under a temporary name; the caller publishes it.
    """
    notebook = parameterised(child.notebook or {}, payload["parameters"])
    stamps = _Stamps(notebook, payload)
    child.so_far = lambda: {"parts": _partial(notebook, stamps, payload)}
    saving = _PartialWriter(child, stamps, notebook, payload) if payload["save_cells"] else stamps
    fault = child.run(notebook, saving)
    if fault and not fault.wanted:
        return {
            "status": JobStatus.FAILED,
            "reason": f"{fault.name}: {_first_line(fault.text)}".rstrip(": "),
            "cell": child.place,
            "parts": _partial(notebook, stamps, payload),
        }
    stamps.complete(failed=False)
    parts = [write_part(payload["output"], _text(notebook))]
    makers, paths = zip(*payload["exports"], strict=True) if payload["exports"] else ((), ())
    export = pkgutil.resolve_name(payload["exporter"])
    parts += map(write_part, paths, export(notebook, makers))
    return {"parts": [part for part in parts if part]}


def _partial(notebook: Notebook, stamps: _Stamps, payload: dict[str, Any]) -> list[list[str]]:
    """Write how far the notebook came, if somebody wants that."""
    stamps.complete(failed=True)
    part = write_part(payload["partial"], _text(notebook))
    return [part] if part else []


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0]


def write_part(path: str | None, content: str | bytes) -> list[str] | None:
    """Write a file under its temporary name; both names."""
    if path is None:
        return None
    part = part_of(Path(path))
    if isinstance(content, str):
        content = content.encode(errors="backslashreplace")
    part.write_bytes(content)
    return [str(part), path]


def _text(notebook: Notebook) -> str:
    """What a notebook's file holds. It was checked when it was first seen, and is not again."""
    from nbformat.notebooknode import from_dict
    from nbformat.v4 import writes

    text: str = writes(from_dict(notebook))
    return text + "\n"


def part_of(path: Path) -> Path:
    """The temporary name of a file until it is published."""
    return path.with_name(f".{path.name}.part")


class _Stamps:
    """What Papermill notes in a notebook's metadata: parameters, times, how each cell ended."""

    def __init__(self, notebook: Notebook, payload: dict[str, Any]) -> None:
        self._begun: dict[int, dt.datetime] = {}
        self._cells = notebook["cells"]
        self._start = _now()
        blank = {
            "duration": None,
            "end_time": None,
            "exception": None,
            "start_time": None,
            "status": "pending",
        }
        for cell in notebook["cells"]:
            cell["metadata"]["papermill"] = dict(blank)
        self._whole = notebook["metadata"]["papermill"] = {
            "default_parameters": {},
            "environment_variables": {},
            **{key: payload[key] for key in ("parameters", "input_path", "output_path", "version")},
            "exception": None,
            "start_time": self._start.isoformat(),
        }

    def began(self, index: int, cell: Cell) -> None:
        now = self._begun[index] = _now()
        own = cell["metadata"]["papermill"]
        own |= {"start_time": now.isoformat(), "status": "running", "exception": False}

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        now, own = _now(), cell["metadata"]["papermill"]
        duration = (now - self._begun[index]).total_seconds()
        own |= {"end_time": now.isoformat(), "duration": duration}
        own |= {"status": "failed", "exception": True} if failed else {"status": "completed"}

    def complete(self, *, failed: bool) -> None:
        """The notebook has ended; a cell that still runs was cut off."""
        for index, cell in enumerate(self._cells):
            if cell["metadata"]["papermill"]["status"] == "running":
                self.ended(index, cell, failed=True)
        now = _now()
        self._whole["end_time"] = now.isoformat()
        self._whole["duration"] = (now - self._start).total_seconds()
        self._whole["exception"] = True if failed else None


class _PartialWriter:
    """Writes the partial notebook before each code cell, in case its process dies there."""

    def __init__(
        self, child: Child, stamps: _Stamps, notebook: Notebook, payload: dict[str, Any]
    ) -> None:
        self._tail, self._stamps, self._notebook = child.tail, stamps, notebook
        self._path = payload["partial"]
        child.keep_tail()

    def began(self, index: int, cell: Cell) -> None:
        self._stamps.began(index, cell)
        if cell["cell_type"] == "code":
            write_part(self._path, _text(self._notebook))
            self._tail.clear()

    def ended(self, index: int, cell: Cell, *, failed: bool) -> None:
        self._stamps.ended(index, cell, failed=failed)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
