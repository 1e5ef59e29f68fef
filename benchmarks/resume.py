"""Kill a real batch at random moments, run it again, and compare with an undisturbed one.

python -m benchmarks.resume [MOMENTS]
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

REPORTS = 40
MOMENTS = 50
BODY = "import time\n\ntime.sleep(0.1)\nprint(f'{x} of {colour}')\n{'x': x, 'colour': colour}"


@dataclass(frozen=True)
class Kill:
    """What one kill did: reports whole and torn at that moment, made again by the next run."""

    after: float
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


def killed(command: list[str], folder: Path, moment: float, expected: dict[str, str]) -> Kill:
    """Kill a batch after so many seconds, then complete it."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        out = Path(place) / "out"
        process = subprocess.Popen(
            [*command, "--out", str(out)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        process.kill()
        process.wait()
        seen = outputs(out)
        ran = subprocess.run(
            [*command, "--out", str(out)], cwd=folder, check=True, capture_output=True
        )
        after = outputs(out)
        return Kill(
            after=moment,
            seen=len(seen),
            torn=sum(expected[name] != text for name, text in seen.items()),
            again=json.loads(ran.stdout)["counts"]["made"] - (REPORTS - len(seen) // 2),
            differing=sum(after.get(name) != text for name, text in expected.items())
            + len(after.keys() - expected.keys()),
        )


def main(moments: int = MOMENTS) -> str:
    """A section of the results, in Markdown."""
    with tempfile.TemporaryDirectory(prefix="resume-") as place:
        folder = Path(place)
        command = prepare(folder)
        begun = time.perf_counter()
        subprocess.run(
            [*command, "--out", "undisturbed"], cwd=folder, check=True, capture_output=True
        )
        total = time.perf_counter() - begun
        expected = outputs(folder / "undisturbed")
        draw = random.Random(50)  # noqa: S311 - no secret
        kills = [
            killed(command, folder, draw.uniform(0.4 * total, total), expected)
            for _ in range(moments)
        ]
    return told(kills)


def told(kills: list[Kill]) -> str:
    """The figures."""
    between = sum(0 < one.seen < 2 * REPORTS for one in kills)
    again = [one.again for one in kills]
    rows = {
        "kills while some reports were there and some were not": between,
        "torn outputs seen after a kill": sum(one.torn for one in kills),
        "outputs that differ from an undisturbed batch after resuming (run ids and times apart)": (
            sum(one.differing for one in kills)
        ),
        "whole reports made again by the next run, median": round(statistics.median(again)),
        "whole reports made again by the next run, maximum": max(again),
    }
    what = f"`workbook batch`, {REPORTS} reports as page and notebook, two at a time"
    lines = [
        f"{what}, killed with SIGKILL at {len(kills)} random moments, then run again.",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:])))
