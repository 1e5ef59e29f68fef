"""Break the code on purpose, one small change at a time, and count what the tests notice.

    make mutants FILES="workbook/scoring/levels.py workbook/store/sealing.py"

Nothing is written into the checkout: a mutant lives in a process of its own, which runs the quick
tests that reach the changed line (of a constant: the file). `tests/equivalent_mutants.yaml` lists
the changes that change nothing that anybody could notice, and why.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import yaml
from hypothesis import Phase, settings

from tests.mutants_run import ROOMS, ROOT, Warm, cold
from tests.mutations import Mutant, mutants

LIBRARIES = ("numpy", "pandas", "pydantic", "sqlalchemy", "babel")
"""What is imported once, before the processes part."""
EQUIVALENT = ROOT / "tests" / "equivalent_mutants.yaml"
FIGURES = ROOT / "benchmarks" / "MUTANTS.md"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the mutants of one file."""

    file: str
    changes: int
    """All that there are, the equivalent ones left out."""
    tried: int
    survivors: tuple[Mutant, ...]
    equivalent: int

    @property
    def noticed(self) -> int:
        return self.tried - len(self.survivors)

    @property
    def percent(self) -> float:
        return 100 * self.noticed / max(self.tried, 1)


def reasons() -> dict[str, dict[str, str]]:
    """By file and change: why no test can notice it."""
    listed: dict[str, dict[str, str]] = yaml.safe_load(EQUIVALENT.read_text("utf-8"))
    return listed


def drawn(file: Path, sample: int) -> tuple[list[Mutant], int, int]:
    """The mutants to try, always the same ones; how many there are, and are equivalent besides."""
    known = reasons().get(str(file.relative_to(ROOT)), {})
    every = list(mutants(file.read_text("utf-8")))
    real = [mutant for mutant in every if mutant.change not in known]
    # By the text of a change, so that a change elsewhere in the file draws no other sample.
    chosen = sorted(real, key=lambda mutant: crc32(mutant.change.encode()))[:sample]
    return sorted(chosen, key=lambda mutant: mutant.line), len(real), len(every) - len(real)


def results(files: Iterable[Path], sample: int, tests: Sequence[str] | None = None) -> list[Result]:
    """Try the mutants of files; a room's tests are collected and traced once for all its files."""
    rooms: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        rooms[file.relative_to(ROOT / "workbook").parts[0].removesuffix(".py")].append(file)
    return [
        result
        for room, inside in rooms.items()
        for result in _of_room(tests or ROOMS.get(room, (f"tests/{room}",)), inside, sample)
    ]


def _of_room(tests: Sequence[str], files: Sequence[Path], sample: int) -> list[Result]:
    chosen = {file: drawn(file, sample) for file in files}
    warm = Warm.run(tests, {str(file): mutants for file, (mutants, _, _) in chosen.items()})
    made = []
    for file, (tried, changes, equivalent) in chosen.items():
        name = str(file)
        anew = [mutant for mutant in warm.left[name] if cold(file, mutant, warm.reach)]
        left = sorted([*warm.survivors[name], *anew], key=lambda mutant: mutant.line)
        made.append(
            Result(
                file=str(file.relative_to(ROOT)),
                changes=changes,
                tried=len(tried),
                survivors=tuple(left),
                equivalent=equivalent,
            )
        )
        _report(made[-1])
    return made


def _report(result: Result) -> None:
    for mutant in result.survivors:
        _say(f"  {result.file}:{mutant.line}: {mutant.change}")
    share = f"{result.noticed} of {result.tried} noticed ({result.percent:.0f} %)"
    _say(f"{result.file}: {share}" + f", {result.equivalent} equivalent" * (result.equivalent > 0))


def record(made: Sequence[Result], today: dt.date) -> None:
    """Write the figures of these files among those of the others."""
    head, rule, rows = FIGURES.read_text("utf-8").partition("|---|---|---|---|---|---|\n")
    lines = {line.split(" | ")[0].strip("| "): line for line in rows.splitlines()}
    for result in made:
        counts = (result.changes, result.tried, result.noticed, result.equivalent)
        file = f"`{result.file}`"
        lines[file] = f"| {' | '.join(map(str, (file, *counts, today)))} |"
    FIGURES.write_text(head + rule + "\n".join(lines[key] for key in sorted(lines)) + "\n", "utf-8")


def main() -> int:
    """Try mutants of the files that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=30, help="mutants per file")
    parser.add_argument("--tests", nargs="*", help="only these, where a room's would take long")
    parser.add_argument("--bar", type=float, default=85, help="percent that must be noticed")
    parser.add_argument("--record", action="store_true", help=f"write figures to {FIGURES.name}")
    given = parser.parse_args()
    os.environ["CI"] = "1"  # the same examples are drawn for every mutant
    # One failing example is enough: nobody reads how small it can be made.
    brief = settings(deadline=None, derandomize=True, max_examples=20, database=None)
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", brief, phases=phases, report_multiple_bugs=False)
    for library in LIBRARIES:
        importlib.import_module(library)
    made = results([file.resolve() for file in given.files], given.sample, given.tests)
    if given.record:
        record(made, dt.datetime.now(tz=dt.UTC).date())
    return int(any(result.percent < given.bar for result in made))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
