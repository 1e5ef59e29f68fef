"""Reports per second, side by side: Papermill, nbclient, ploomber-engine, ours, and the limit.

python -m benchmarks.batch [--quick] [NOTEBOOK …]

All contestants are warm and alive; rounds go from one to the next, so that what else the machine
does falls on all of them alike. The limit calls the same cells' code in a plain loop, in as many
processes, writes nothing and isolates nothing.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from benchmarks._contestants import CONTESTANTS, CORES, ONE_THREAD, TEN_CELLS

HERE = Path(__file__).resolve().parent
REPORT = "05_report"
NOTEBOOKS = {
    "Ten cells (pandas and charts)": HERE / "notebooks" / "ten_cells.ipynb",
    REPORT: HERE.parent / "notebooks" / "05_report.ipynb",
}
REPORTS = {
    "papermill": 2,
    "nbclient": 2,
    "papermill, pool": 4,
    "ploomber-engine, pool": 20,
    "ours through papermill": 8,
    "ours through papermill, pool": 12,
}
"""How many a round makes; the others make sixty."""
SIXTY = 60
ROUNDS = 5
SHARED = (
    ("ploomber-engine, pool", "ours", 1.5, "at least 1.5 × ploomber-engine’s pool"),
    ("ours", "the limit", 1.3, "at most 1.3 × the limit"),
)
BARS = {
    TEN_CELLS: (
        ("papermill", "ours", 40.0, "at least 40 × Papermill’s default engine one by one"),
        ("papermill, pool", "ours", 20.0, "at least 20 × its pool"),
        *SHARED,
        ("ploomber-engine, pool", "ours, isolated", 0.95, "isolated at least 0.95 × ploomber’s"),
        ("ours, isolated", "the limit", 2.0, "isolated at most 2 × the limit"),
    ),
    REPORT: (
        *SHARED,
        ("papermill", "ours through papermill", 15.0, "through Papermill at least 15 × it"),
    ),
}


@dataclass
class Contestant:
    """A process that runs reports when it is told to; `took` are seconds per report."""

    name: str
    process: subprocess.Popen[str]
    made: int = 0
    took: list[float] = field(default_factory=list)

    @classmethod
    def start(cls, name: str, notebook: Path, folder: Path) -> Self:
        """Start one and wait until it is warm."""
        folder.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks._contestants", name, str(notebook), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
            env={**os.environ, **ONE_THREAD, "PYTHONWARNINGS": "ignore"},
        )
        contestant = cls(name, process)
        contestant.answer()
        return contestant

    def answer(self) -> float:
        """Seconds of what it was told to do; whatever else it says is passed over."""
        said = []
        for line in self.process.stderr or ():
            if line.startswith('{"seconds"'):
                return float(json.loads(line)["seconds"])
            said.append(line)
        raise SystemExit(f"{self.name} ended:\n{''.join(said[-20:])}")

    def run(self, count: int) -> None:
        """One round."""
        print(1000 + self.made, count, file=self.process.stdin, flush=True)
        self.took.append(self.answer() / count)
        self.made += count

    def end(self) -> None:
        """Let it go."""
        self.process.communicate()

    @property
    def median(self) -> float:
        """Seconds per report."""
        return statistics.median(self.took)


def measured(notebook: Path, rounds: int, *, quick: bool) -> dict[str, Contestant]:
    """All contestants after their rounds."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = {}
        for place, name in enumerate(CONTESTANTS):
            found[name] = Contestant.start(name, notebook, scratch / str(place))
            stack.callback(found[name].end)
        for _ in range(rounds):
            for contestant in found.values():
                count = REPORTS.get(contestant.name, SIXTY)
                contestant.run(max(2, count // 5) if quick else count)
        return found


def table(found: dict[str, Contestant]) -> str:
    """Medians with their spread, and how they stand to ours and to the limit."""
    ours, limit = found["ours"].median, found["the limit"].median
    lines = [
        "| | ms per report (median) | least – most | times ours | times the limit |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, one in found.items():
        low, high = 1e3 * min(one.took), 1e3 * max(one.took)
        lines.append(
            f"| {name} | {1e3 * one.median:,.1f} | {low:,.1f} – {high:,.1f} "
            f"| {one.median / ours:.2f} | {one.median / limit:.2f} |"
        )
    return "\n".join(lines)


def held(found: dict[str, Contestant], notebook: str) -> str:
    """Each bar with what was measured beside it: the median over rounds of each round's ratio."""
    lines = []
    for slow, quick, bar, said in BARS[notebook]:
        pairs = zip(found[slow].took, found[quick].took, strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        met = ratio <= bar if quick == "the limit" else ratio >= bar
        lines.append(f"- {said}: **{ratio:.2f}** {'✓' if met else '✗ not met'}")
    return "\n".join(lines)


def main(arguments: Sequence[str] = ()) -> None:
    """Print a section of Markdown per notebook."""
    quick = "--quick" in arguments
    rounds = 1 if quick else ROUNDS
    print(f"{rounds} rounds, {CORES} processes; files on disk.\n")
    chosen = [one for one in arguments if not one.startswith("-")]
    for title, notebook in NOTEBOOKS.items():
        if chosen and notebook.stem not in chosen:
            continue
        found = measured(notebook, rounds, quick=quick)
        print(f"### {title}\n\n{table(found)}\n", flush=True)
        print(f"{held(found, notebook.stem)}\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
