"""A batch of which nothing, or one input, has changed: the whole command.

python -m benchmarks.unchanged [COUNT [ROUNDS]]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.evaluations import TODAY, documents
from workbook.batch.ledger import SETTLED

COUNT, ROUNDS = 10_000, 5
PROGRAM = str(Path(sys.executable).with_name("workbook"))
BARS = {"nothing has changed": 2.0, "one input has changed": 3.0}
NANOSECONDS = 1_000_000_000


def seconds(folder: Path, out: Path) -> float:
    """How long the batch takes from start to end."""
    options = ["--out", str(out), "--format", "json", "--as-of", TODAY]
    begun = time.perf_counter()
    subprocess.run([PROGRAM, "batch", str(folder), *options], check=True, capture_output=True)
    return time.perf_counter() - begun


def main(count: int = COUNT, rounds: int = ROUNDS) -> None:
    """Make all, then measure; print a table."""
    with tempfile.TemporaryDirectory() as name:
        folder, out = documents(Path(name, "clients"), count), Path(name, "out")
        time.sleep(2 * SETTLED / NANOSECONDS)
        made = seconds(folder, out)
        took: dict[str, list[float]] = {title: [] for title in BARS}
        for number in range(rounds):
            took["nothing has changed"].append(seconds(folder, out))
            with (folder / f"{number}.yaml").open("a") as file:
                file.write("# looked at again\n")
            took["one input has changed"].append(seconds(folder, out))
            time.sleep(2 * SETTLED / NANOSECONDS)
            seconds(folder, out)
    print(f"{count:,} engagements as JSON; all of them made in {made:.0f} s.\n")
    print("| | s: median (minimum–maximum) | bar for 10,000 |\n|---|---|---|")
    for title, each in took.items():
        middle = statistics.median(each)
        print(f"| {title} | {middle:.2f} ({min(each):.2f}–{max(each):.2f}) | {BARS[title]} s |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
