"""The notebooks that both engines run, and a run of them by one engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cached_property
from itertools import chain
from pathlib import Path

from tests.batch import alike, engine_differences
from tests.batch.engine_snippets import CASES, SNIPPETS
from tests.batch.small_notebooks import written
from workbook import resources

NOTEBOOKS = Path(__file__).parent / "notebooks"
OURS = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
FOUND = {path.stem: path for path in sorted(CASES.glob("*.ipynb"))}
"""Notebooks that once came out differently; their metadata say with what they are run."""
SHIPPED = [
    "00_start", "01_experience", "02_technology", "03_executive_sponsor", "04_review", "05_report",
    "respond",
]  # fmt: skip
AT_ONCE = 2
"""Processes of each engine that run notebooks at the same time."""
EVERY_TYPE = {
    "p_text": 'a "quoted" \\ line\nand a second, é 🙂',
    "p_mixed": [1, 2.5, True, None, {"key": ["nested", {}]}],
    "p_numbers": [float("inf"), float("-inf"), -1, 1e300],
    "name": "somebody",
}
CONDITIONS = ("files", "env", "options", "watch")
DIFFERING = {
    f"differs-{number:02}": case
    for number, case in enumerate(chain.from_iterable(engine_differences.SHOWN.values()), 1)
}


def asked(folder):
    """Every notebook to be run, as `running_cases` is asked for it."""
    about = {"engagement": "northgate-home", "as_of": "2026-11-23"}
    cases = {name: {"path": resources.notebooks() / f"{name}.ipynb"} for name in SHIPPED}
    for case in cases.values():
        case["parameters"] = about
    cases |= {name: {"path": NOTEBOOKS / f"{name}.ipynb"} for name in OURS}
    cases["parameters"]["parameters"] = EVERY_TYPE
    for name, path in FOUND.items():
        conditions = json.loads(path.read_text("utf-8"))["metadata"].get("compare", {})
        cases[name] = {"path": path} | {k: conditions[k] for k in CONDITIONS if k in conditions}
    for name, sources in SNIPPETS.items():
        cases[name] = {"path": written(folder, *sources, name=name), "watch": ["end.txt"]}
    for name, case in DIFFERING.items():
        path = written(folder, *case["sources"], name=name)
        cases[name] = {"path": path} | {k: case[k] for k in CONDITIONS if k in case}
    return {
        name: case
        | {"path": str(case["path"]), "output": str(folder / f"{case['path'].stem}.out.ipynb")}
        for name, case in cases.items()
    }


class Run:
    """Notebooks through one engine, in a few processes that ask Papermill one by one."""

    def __init__(self, folder, engine, names=None):
        folder.mkdir(exist_ok=True)
        self.asked, self._begun = asked(folder), []
        self.names = list(self.asked if names is None else names)
        # A kernel that finds itself in a test leaves the descriptors of its streams alone.
        environment = {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}
        for number in range(min(AT_ONCE, len(self.names))):
            share = folder / str(number)
            share.mkdir()
            cases = {name: self.asked[name] for name in self.names[number::AT_ONCE]}
            (share / "asked.json").write_text(json.dumps(cases))
            with (share / "told.txt").open("w") as told:
                process = subprocess.Popen(
                    [sys.executable, "-m", "tests.batch.running_cases", str(share), engine],
                    stdout=told,
                    stderr=told,
                    env=environment,
                )
            self._begun.append((share, process))

    @cached_property
    def ended(self):
        """How each notebook ended, when all have."""
        ended = {}
        for share, process in self._begun:
            assert process.wait() == 0, (share / "told.txt").read_text()
            ended |= json.loads((share / "ended.json").read_text())
        return ended

    def __getitem__(self, name):
        path, ended = Path(self.asked[name]["output"]), self.ended[name]
        return json.loads(path.read_text("utf-8")) if path.exists() else None, ended

    def outcome(self, name):
        """What a notebook shows and how it ended, apart from what differs between any two runs."""
        notebook, ended = self[name]
        if not notebook:
            return ended
        about = {key: notebook["metadata"].get(key) for key in ("language_info", "kernelspec")}
        return ended, about, alike.widgets(notebook), alike.cells(notebook)
