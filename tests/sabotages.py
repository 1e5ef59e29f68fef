"""Break a promise of the product on purpose, one at a time, and see that a test notices.

`python -m tests.sabotages [WORDS | FIRST-LAST]` makes the sabotages of `sabotages.yaml` whose
sentence holds WORDS, or those with these numbers (from 1), in a copy of the tree, runs their tests
there, and ends with 1 if one goes unnoticed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import yaml

from tests.harden import WORKERS, Outcome

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("sabotages.yaml")
OPTIONS: tuple[str, ...] = (
    "-q",
    "-x",
    "--tb=no",
    "--hypothesis-profile=quick",
    "-p",
    "no:cacheprovider",
)
OPTIONS += ("-p", "no:nbval", "-m", "not (browser or packaging)")
FAILED = 1
"""The exit code of pytest when a test has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sabotage:
    """One promise that is broken: the text of a file that is replaced, and who must notice."""

    breaks: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


def sabotages() -> tuple[Sabotage, ...]:
    """Every sabotage on the list."""
    listed = yaml.safe_load(LIST.read_text("utf-8"))
    return tuple(Sabotage(**{**entry, "tests": tuple(entry["tests"])}) for entry in listed)


def chosen(words: str) -> tuple[Sabotage, ...]:
    """Those whose sentence holds the words, or whose numbers are FIRST-LAST."""
    if numbers := re.fullmatch(r"(\d+)-(\d+)", words):
        first, last = map(int, numbers.groups())
        return sabotages()[first - 1 : last]
    return tuple(sabotage for sabotage in sabotages() if words in sabotage.breaks)


def noticed(sabotage: Sabotage, tree: Path) -> bool:
    """Whether the tests fail in a copy of the tree while the sabotage is in it."""
    with _broken(sabotage, tree):
        python = ROOT / ".venv/bin/python"
        command = [str(python), "-m", "pytest", *OPTIONS, *sabotage.tests]
        place = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
        ended = subprocess.run(command, cwd=tree, env=place, capture_output=True, check=False)
    return ended.returncode == FAILED


@contextmanager
def _broken(sabotage: Sabotage, tree: Path) -> Iterator[None]:
    file = tree / sabotage.file
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(sabotage.before, sabotage.after), "utf-8")
    try:
        yield
    finally:
        file.write_text(whole, "utf-8")


def copied(folder: Path) -> Path:
    """A copy of what git knows of the tree, with its environment."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def attempt(worker: int, seconds: float) -> Outcome:
    """One worker's part of the list, until the time is over, for `make harden`."""
    outcome, until = Outcome(), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        for sabotage in sabotages()[worker::WORKERS]:
            if time.monotonic() > until:
                break
            outcome.tried["tried"] += 1
            if not noticed(sabotage, tree):
                outcome.failures.append(f"unnoticed: {sabotage.breaks}")
    return outcome


def say(*words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main(words: str = "") -> int:
    """Try the sabotages chosen, or all; print what came of it."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(WORKERS):
            trees.put(copied(Path(folder) / str(number)))

        def tried(sabotage: Sabotage) -> bool:
            tree = trees.get()
            try:
                outcome = noticed(sabotage, tree)
            finally:
                trees.put(tree)
            say("noticed  " if outcome else "UNNOTICED", sabotage.breaks)
            return outcome

        outcomes = list(pool.map(tried, chosen(words)))
    say(f"sabotages: {len(outcomes)} tried, {sum(outcomes)} noticed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
