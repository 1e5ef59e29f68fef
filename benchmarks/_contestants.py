"""Those who run notebooks, each behind the same two words: start, and run these reports.

A contestant lives in a process of its own (`python -m benchmarks._contestants NAME NOTEBOOK
FOLDER`), is warm when it says so, and then answers each line on its standard input, "FIRST COUNT",
with the seconds that it took for that many reports.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat

CORES = os.cpu_count() or 1
ENGAGEMENTS = Path(__file__).resolve().parents[1] / "templates" / "engagements"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TEN_CELLS = "ten_cells"
PRELOAD = {
    TEN_CELLS: ("numpy", "pandas", "altair"),
    "05_report": ("numpy", "pandas", "workbook.report.view", "workbook.scoring"),
}
Report = tuple[str, str, dict[str, Any]]


def reports(notebook: str, folder: str, numbers: Iterable[int]) -> list[Report]:
    """What each report is made of: notebook, output, parameters."""
    name = Path(notebook).stem
    documents = sorted(ENGAGEMENTS.glob("*.yaml"))
    made = []
    for n in numbers:
        about = {"engagement": str(documents[n % len(documents)]), "as_of": "2026-11-23"}
        parameters = {"seed": n} if name == TEN_CELLS else about if name in PRELOAD else {"n": n}
        made.append((notebook, f"{folder}/{n}.ipynb", parameters))
    return made


def by_papermill(report: Report, engine: str | None = None) -> None:
    """One report through Papermill, with its default engine or another."""
    import papermill

    path, output, parameters = report
    options = {"preload": PRELOAD[Path(path).stem]} if engine else {}
    papermill.execute_notebook(
        path, output, parameters, engine_name=engine, progress_bar=False, **options
    )


def by_our_engine(report: Report) -> None:
    """One report through Papermill and the engine of this project."""
    by_papermill(report, "workbook")


def by_nbclient(report: Report) -> None:
    """One report through nbclient alone."""
    from nbclient import NotebookClient

    path, output, parameters = report
    notebook = nbformat.read(path, 4)
    source = "".join(f"{name} = {value!r}\n" for name, value in parameters.items())
    tags = [cell.metadata.get("tags", ()) for cell in notebook.cells]
    place = next(n for n, own in enumerate(tags, 1) if "parameters" in own)
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source))
    NotebookClient(notebook).execute()
    nbformat.write(notebook, output)


def by_ploomber(report: Report) -> None:
    """One report through ploomber-engine, in this process; nothing is isolated."""
    from ploomber_engine import execute_notebook

    path, output, parameters = report
    execute_notebook(path, output, parameters=parameters, progress_bar=False, verbose=False)


def by_plain_call(report: Report) -> None:
    """What the cells do and no more: their code, and the forms of what they show."""
    path, _, parameters = report
    show = _shower()
    names: dict[str, Any] = {"__name__": "__main__"}
    for place, code in enumerate(_codes(path)):
        exec(code, names)  # noqa: S102 - the notebook's own cells
        if not place:
            names.update(parameters, display=show, _show=show)


@cache
def _shower() -> Callable[..., None]:
    import IPython.display
    from IPython.core.formatters import DisplayFormatter

    formatter = DisplayFormatter()

    def show(*shown: object, **_: object) -> None:
        for one in shown:
            if one is not None:
                formatter.format(one)

    IPython.display.display = show
    return show


@cache
def _codes(path: str) -> list[Any]:
    """Each cell compiled once; the value of a last expression is shown."""
    codes = []
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body[-1]
        if isinstance(last, ast.Expr):
            last.value = ast.Call(ast.Name("_show", ast.Load()), [last.value], [])
        codes.append(compile(ast.fix_missing_locations(tree), "<cell>", "exec"))
    return codes


Run = Callable[[list[Report]], object]


def one_by_one(make: Callable[[Report], None]) -> Callable[[str], Run]:
    """Makes reports one after the other in one process."""

    def start(_: str) -> Run:
        return lambda made: deque(map(make, made), maxlen=0)

    return start


def pooled(make: Callable[[Report], None]) -> Callable[[str], Run]:
    """Makes reports in as many fresh processes as there are cores."""

    def start(_: str) -> Run:
        pool = ProcessPoolExecutor(CORES, mp_context=get_context("spawn"))
        return lambda made: list(pool.map(make, made))

    return start


def lean(*, rehearse: bool, shared: bool) -> Callable[[str], Run]:
    """Makes reports through this project's pool; `shared`: many in each process, as for ours."""

    def start(notebook: str) -> Run:
        from workbook.batch.fork.job import Job
        from workbook.batch.pool import Pool

        pool = Pool(CORES, preload=PRELOAD.get(Path(notebook).stem, ()), rehearse=rehearse)

        def run(made: list[Report]) -> None:
            jobs = (
                Job(out, Path(path), Path(out), told, shared=shared) for path, out, told in made
            )
            failed = [outcome for outcome in pool.run(jobs) if not outcome.ok]
            if failed:
                raise RuntimeError(failed[0].reason)

        return run

    return start


# Worked out by module name: a pool's process must not look for it in the main module.
CONTESTANTS: dict[str, tuple[str, str]] = {
    "papermill": ("one_by_one", "by_papermill"),
    "nbclient": ("one_by_one", "by_nbclient"),
    "papermill, pool": ("pooled", "by_papermill"),
    "ploomber-engine, pool": ("pooled", "by_ploomber"),
    "ours through papermill": ("one_by_one", "by_our_engine"),
    "ours through papermill, pool": ("pooled", "by_our_engine"),
    "ours, not rehearsed": ("lean", ""),
    "ours, isolated": ("lean", "rehearse"),
    "ours": ("lean", "rehearse, shared"),
    "the limit": ("pooled", "by_plain_call"),
}


def main(name: str, notebook: str, folder: str) -> None:
    """Be a contestant."""
    from benchmarks import _contestants as own

    how, what = CONTESTANTS[name]
    if how == "lean":
        starter = lean(rehearse="rehearse" in what, shared="shared" in what)
    else:
        starter = getattr(own, how)(getattr(own, what))
    begun = time.perf_counter()
    run = starter(notebook)
    run(reports(notebook, folder, range(2 * CORES)))
    tell({"seconds": time.perf_counter() - begun})
    for line in sys.stdin:
        first, count = map(int, line.split())
        made = reports(notebook, folder, range(first, first + count))
        begun = time.perf_counter()
        run(made)
        tell({"seconds": time.perf_counter() - begun})


def tell(said: dict[str, float]) -> None:
    """One line of JSON to whoever started this process."""
    print(json.dumps(said), file=sys.__stderr__, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
