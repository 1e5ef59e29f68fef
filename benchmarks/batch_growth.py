"""Whether time grows as the number of reports does, and memory not at all.

python -m benchmarks.batch_growth [--quick | --short]

A notebook of one small cell: what is left is what the machinery itself takes. The last number of
reports is run without files, for memory alone, and takes half an hour: --short leaves it out.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat

from workbook.batch.fork.job import Job
from workbook.batch.fork.linux import children
from workbook.batch.pool import Pool

SIZES = (100, 316, 1_000, 3_162, 10_000)
LAST = 100_000
QUICK = (30, 100, 300)
MEGABYTE = 1024
MOST_GROWTH = 30
STEEPEST = 1.03


def tiny(folder: Path) -> Path:
    """A notebook of one parameter and one cell."""
    notebook = nbformat.v4.new_notebook(metadata={"language_info": {"name": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in ("n = 0", "n + 1")]
    notebook.cells[0].metadata["tags"] = ["parameters"]
    path = folder / "tiny.ipynb"
    nbformat.write(notebook, path)
    return path


def jobs(path: Path, count: int, out: Path | None) -> Iterator[Job]:
    """As many jobs as asked, none of them in memory before its turn."""
    for n in range(count):
        yield Job(str(n), path, out / f"{n}.ipynb" if out else None, {"n": n})


def memory() -> dict[str, float]:
    """Megabytes that the caller and the server hold."""
    (server,) = children()
    return {"caller": _resident("self"), "server": _resident(server)}


def _resident(pid: int | str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / MEGABYTE
    raise ValueError(pid)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of log time over log number: 1 where time is proportional."""
    logs = [(math.log(count), math.log(seconds)) for count, seconds in points]
    x, y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def row(pool: Pool, path: Path, count: int, out: Path | None) -> tuple[float, dict[str, float]]:
    """Seconds for so many reports, and the memory after them."""
    begun = time.perf_counter()
    done = sum(outcome.ok for outcome in pool.run(jobs(path, count, out)))
    if done != count:
        raise SystemExit(f"{count - done} reports failed")
    seconds = time.perf_counter() - begun
    held = memory()
    print(
        f"| {count:,} | {seconds:,.2f} | {1e3 * seconds / count:.2f} "
        f"| {held['caller']:.1f} | {held['server']:.1f} |",
        flush=True,
    )
    return seconds, held


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table and the bars."""
    quick = "--quick" in arguments
    sizes = QUICK if quick else SIZES
    short = quick or "--short" in arguments
    print("| reports | s | ms each | caller, MB | server, MB |\n|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder, Pool(preload=()) as pool:
        scratch = Path(folder)
        path = tiny(scratch)
        list(pool.run(jobs(path, 10, scratch / "warm")))
        points, held = [], []
        for count in sizes:
            seconds, now = row(pool, path, count, scratch / str(count))
            points.append((count, seconds))
            held.append(now)
        if not short:
            held.append(row(pool, path, LAST, None)[1])
    slope = exponent(points)
    print(f"\n- time grows with the number to the power **{slope:.3f}**; at most {STEEPEST}")
    for who in ("caller", "server"):
        grown = max(now[who] for now in held[1:]) - held[0][who]
        print(f"- memory of the {who} grows by **{grown:.1f} MB**; at most {MOST_GROWTH} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
