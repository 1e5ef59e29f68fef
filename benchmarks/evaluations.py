"""CPU time of an evaluation as JSON: a plain loop, `workbook batch --format json`, its notebook.

python -m benchmarks.evaluations [COUNT]

Each contestant makes a few and then COUNT more in two processes; the difference is what one takes,
without imports and start. The loop reads, evaluates and writes; a batch checks every document first
and keeps a ledger, too. The notebook is how evaluations were made before they needed none.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from workbook import resources

FEW, COUNT = 20, 400
TODAY = "2026-11-23"
BAR = 1.5
EXAMPLE = "northgate-home"
SHARE = {"notebook": 10}
"""What part of COUNT a slow contestant makes."""


def documents(folder: Path, count: int) -> Path:
    """As many engagements as asked, alike but for their keys."""
    text = (resources.templates() / "engagements" / f"{EXAMPLE}.yaml").read_text("utf-8")
    folder.mkdir()
    for number in range(count):
        own = text.replace(f"key: {EXAMPLE}", f"key: {EXAMPLE}-{number}", 1)
        (folder / f"{number}.yaml").write_text(own, "utf-8")
    return folder


def evaluate(path: Path, out: Path) -> None:
    """Load, evaluate, dump."""
    from workbook.batch.formats import evaluation_of

    (out / f"{path.stem}.json").write_text(evaluation_of(str(path), TODAY), "utf-8")


def loop(folder: Path, out: Path) -> None:
    """The plain loop, in two processes."""
    out.mkdir()
    paths = list(folder.iterdir())
    with ProcessPoolExecutor(2) as processes:
        list(processes.map(evaluate, paths, [out] * len(paths), chunksize=25))


def batch(folder: Path, out: Path, *, by_notebook: bool = False) -> None:
    """Our batch; `by_notebook` as it was before."""
    from workbook.batch.listening import Stop
    from workbook.batch.local import local_runner
    from workbook.batch.order import BatchRequest, ordered
    from workbook.batch.running import run

    class Silence:
        stop = Stop.NOT

        def planned(self, _: object) -> None: ...
        def ended(self, _: object) -> None: ...

    request = BatchRequest(
        (str(folder),), str(out), formats=("json",), as_of=TODAY, isolated=by_notebook
    )
    run(ordered(request, TODAY), local_runner(2), Silence())


def notebook(folder: Path, out: Path) -> None:
    """Our batch as it was before."""
    batch(folder, out, by_notebook=True)


CONTESTANTS = {"loop": loop, "batch": batch, "notebook": notebook}


def seconds(name: str, folder: Path, out: Path) -> float:
    """The CPU time of a contestant with all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.evaluations", name, str(folder), str(out)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[1], env=dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(name: str, place: Path, count: int) -> float:
    """Milliseconds of CPU time that one evaluation takes."""
    more = count // SHARE.get(name, 1)
    few = documents(place / f"{name}-few", FEW)
    many = documents(place / f"{name}-many", FEW + more)
    least = seconds(name, few, place / f"{name}-few-out")
    return 1000 * (seconds(name, many, place / f"{name}-many-out") - least) / more


def main(count: int = COUNT) -> str:
    """A table of milliseconds and of how often the loop's."""
    with tempfile.TemporaryDirectory(prefix="evaluations-") as place:
        taken = {name: measured(name, Path(place), count) for name in CONTESTANTS}
    rows = [f"| {name} | {ms:.1f} | {ms / taken['loop']:.2f} |" for name, ms in taken.items()]
    head = [
        f"CPU milliseconds for each of {count} evaluations. Bar: batch at most {BAR} × the loop.",
        "",
        "| | ms | × the loop |",
        "|---|---:|---:|",
    ]
    return "\n".join([*head, *rows])


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in CONTESTANTS:
        CONTESTANTS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        print(main(*map(int, sys.argv[1:])))
