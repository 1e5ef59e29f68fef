"""What it costs to follow a cell while it runs: Papermill with our engine, with and without.

python -m benchmarks.following [ROUNDS]

Both are servers in this process; rounds go from one to the other. Without it, what a cell prints
is told only with the cell's end, and lost if the process dies.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

from workbook.batch.pool import PRELOAD

ROUNDS = 60
BAR = 1.03
ENDS = {"followed": PRELOAD, "not followed": (*PRELOAD, "benchmarks._deaf")}
NOTEBOOKS = {
    "ten cells that print a hundred lines each": [
        "for n in range(100):\n    print('line', n, flush=True)"
    ]
    * 10,
    "a cell that prints ten thousand lines": [
        "for n in range(10_000):\n    print('line', n, flush=True)"
    ],
    "ten cells that reckon and print one line": [
        "total = sum(n * n for n in range(100_000))\nprint(total)"
    ]
    * 10,
}


def seconds(source: Path, output: Path, preload: tuple[str, ...]) -> float:
    """How long one notebook takes."""
    begun = time.perf_counter()
    papermill.execute_notebook(
        source, output, engine_name="workbook", progress_bar=False, preload=preload
    )
    return time.perf_counter() - begun


def main(rounds: int = ROUNDS) -> None:
    """Measure each notebook in turn and print a table."""
    print(f"Milliseconds of a notebook, median of {rounds} rounds (quartiles).\n")
    print("| notebook | followed | not followed | ratio of medians | bar |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, sources in NOTEBOOKS.items():
            cells = [new_code_cell(source) for source in sources]
            kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
            source = folder / "source.ipynb"
            nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), source)
            took: dict[str, list[float]] = {end: [] for end in ENDS}
            for number in range(rounds + 2):
                for end, preload in sorted(ENDS.items(), reverse=number % 2 == 1):
                    measured = seconds(source, folder / "output.ipynb", preload)
                    took[end] += [measured * 1000] if number > 1 else []
            quartiles = {end: statistics.quantiles(each, n=4) for end, each in took.items()}
            texts = [f"{q[1]:.1f} ({q[0]:.1f}–{q[2]:.1f})" for q in quartiles.values()]
            ratio = quartiles["followed"][1] / quartiles["not followed"][1]
            print(f"| {title} | {' | '.join(texts)} | {ratio:.3f} | ≤ {BAR} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
