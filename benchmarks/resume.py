"""Kill a real batch at random moments, run it again, and compare with an undisturbed one.

python -m benchmarks.resume [MOMENTS]

The moments are spread over the whole length of the batch: a fifth of them before the first
report, the others from there to its end, each at a random place in a slice of its own. Those after
the first report are counted from the first report of the batch that is killed, since how long
libraries take to load differs from run to run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

REPORTS = 40
MOMENTS = 50
BEFORE = 0.2
"""Share of the kills that fall before the first report."""
LOOK = 0.005
BODY = "import time\n\ntime.sleep(0.1)\nprint(f'{x} of {colour}')\n{'x': x, 'colour': colour}"


@dataclass(frozen=True)
class Length:
    """Seconds of a batch: to its first report, to its last one, to its end."""

    first: float
    last: float
    end: float


@dataclass(frozen=True)
class Kill:
    """What one kill did: files of reports there and torn at that moment, made again afterwards."""

    seen: int
    torn: int
    again: int
    differing: int


def prepare(folder: Path) -> list[str]:
    """A notebook, a table, and the command that makes its reports."""
    parameters = new_code_cell('x: int = 0\ncolour: str = ""', metadata={"tags": ["parameters"]})
    nb = new_notebook(cells=[parameters, new_code_cell(BODY)])
    nbformat.write(nb, folder / "n.ipynb")
    rows = [{"x": x, "colour": "blue", "name": f"run-{x}"} for x in range(REPORTS)]
    table = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "t.jsonl").write_text(table, "utf-8")
    workbook = str(Path(sys.executable).with_name("workbook"))
    forms = ["--format", "html", "--format", "ipynb", "--json"]
    return [workbook, "batch", "t.jsonl", "--notebook", "n.ipynb", "--jobs", "2", *forms]


def outputs(out: Path) -> dict[str, str]:
    """Every report; run ids and times taken out of the notebooks."""
    found = {}
    for path in sorted(out.glob("run-*")) if out.exists() else ():
        text = path.read_text("utf-8")
        found[path.name] = timeless(text) if path.suffix == ".ipynb" else text
    return found


def timeless(text: str) -> str:
    """A notebook's text without when it ran and the ids of its cells, which are new each time."""
    try:
        nb: dict[str, Any] = json.loads(text)
    except ValueError:
        return text
    for part in (nb, *nb["cells"]):
        told = part["metadata"].get("papermill", {})
        for name in ("start_time", "end_time", "duration"):
            told.pop(name, None)
    for cell in nb["cells"]:
        cell.pop("id", None)
    return json.dumps(nb, sort_keys=True)


def begin(command: list[str], folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a batch, in a process group of its own.

    Compiled modules are kept, as they are where the package is installed: how long a batch takes
    to start is not what is tried here.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        [*command, "--out", str(out)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def complete(command: list[str], folder: Path, out: Path) -> dict[str, Any]:
    """Run a batch to its end: its summary."""
    process = begin(command, folder, out)
    told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a batch that nobody disturbed ended with {process.returncode}")
    summary: dict[str, Any] = json.loads(told)
    return summary


def wait_for(out: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many files of reports are there, or the batch has ended."""
    while process.poll() is None and len(list(out.glob("run-*"))) < count:
        time.sleep(LOOK)


def measured(command: list[str], folder: Path, out: Path) -> Length:
    """How long an undisturbed batch takes."""
    begun = time.perf_counter()
    process = begin(command, folder, out)
    wait_for(out, 1, process)
    first = time.perf_counter() - begun
    wait_for(out, 2 * REPORTS, process)
    last = time.perf_counter() - begun
    process.communicate()
    return Length(first, last, time.perf_counter() - begun)


def spread(length: Length, moments: int, draw: random.Random) -> list[float]:
    """Random moments of a batch, each in a slice of its own, in random order."""
    before = round(BEFORE * moments)
    chosen = sliced(0, length.first, before, draw)
    chosen += sliced(length.first, length.end, moments - before, draw)
    draw.shuffle(chosen)
    return chosen


def sliced(start: float, end: float, count: int, draw: random.Random) -> list[float]:
    """A random moment in each of so many equal slices."""
    return [start + (end - start) * (place + draw.random()) / count for place in range(count)]


def killed(
    command: list[str], folder: Path, moment: float, length: Length, *, all_of_it: bool
) -> tuple[dict[str, str], dict[str, str], dict[str, Any]]:
    """Kill a batch at a moment, then complete it: reports at the kill, reports after, summary.

    `all_of_it` kills its other processes with the command, not the command alone.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        out = Path(place) / "out"
        process = begin(command, folder, out)
        if moment < length.first:
            time.sleep(moment)
        else:
            wait_for(out, 1, process)
            time.sleep(moment - length.first)
        if all_of_it and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
        seen = outputs(out)
        summary = complete(command, folder, out)
        return seen, outputs(out), summary


def judged(
    expected: dict[str, str], seen: dict[str, str], after: dict[str, str], told: dict[str, Any]
) -> Kill:
    """Compare a batch that was killed and completed with an undisturbed one."""
    return Kill(
        seen=len(seen),
        torn=sum(expected[name] != text for name, text in seen.items()),
        again=told["counts"]["made"] - (REPORTS - len(seen) // 2),
        differing=sum(after.get(name) != text for name, text in expected.items())
        + len(after.keys() - expected.keys()),
    )


def main(moments: int = MOMENTS) -> str:
    """A section of the results, in Markdown."""
    with tempfile.TemporaryDirectory(prefix="resume-") as place:
        folder = Path(place)
        command = prepare(folder)
        complete(command, folder, folder / "undisturbed")
        expected = outputs(folder / "undisturbed")
        length = measured(command, folder, folder / "measured")
        draw = random.Random(50)  # noqa: S311 - no secret
        kills = [
            judged(
                expected,
                *killed(command, folder, moment, length, all_of_it=bool(number % 2)),
            )
            for number, moment in enumerate(spread(length, moments, draw))
        ]
    return told(kills, length)


def told(kills: Sequence[Kill], length: Length) -> str:
    """The figures."""
    there = sorted(one.seen / 2 for one in kills)
    between = [seen for seen in there if 0 < seen < REPORTS]
    quarters = statistics.quantiles(between, n=4) if len(between) > 1 else between
    again = [one.again for one in kills]
    rows = {
        "an undisturbed batch: first report, last report, end": (
            f"{length.first:.1f} s, {length.last:.1f} s, {length.end:.1f} s"
        ),
        "kills before the first report": sum(not seen for seen in there),
        "kills while some reports were there and some were not": len(between),
        "of these, reports that were there: quartiles": ", ".join(f"{one:.0f}" for one in quarters),
        "kills after the last report": sum(seen == REPORTS for seen in there),
        "torn outputs seen after a kill": sum(one.torn for one in kills),
        "outputs that differ from an undisturbed batch after resuming (run ids and times apart)": (
            sum(one.differing for one in kills)
        ),
        "whole reports made again by the next run, median": round(statistics.median(again)),
        "whole reports made again by the next run, maximum": max(again),
    }
    what = f"`workbook batch`, {REPORTS} reports as page and notebook, two at a time"
    how = "every second time with all its processes"
    lines = [
        f"{what}, killed with SIGKILL at {len(kills)} random moments over its length,",
        f"{how}, then run again.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
