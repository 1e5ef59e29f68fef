"""Break the code on purpose, one small change at a time, and count what the tests notice.

    make mutants FILES="workbook/scoring/levels.py workbook/store/sealing.py"

Nothing is written into the checkout: a mutant lives in a process of its own, which runs the quick
tests that reach the changed line (of a constant: the file).
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.util
import os
import pickle
import random
import resource
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

from tests.mutations import Mutant, mutants

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "model": ("tests/unit", "tests/properties", "tests/content/test_engagements.py"),
    "scoring": ("tests/unit", "tests/properties"),
    "store": ("tests/store",),
}
"""The tests of a room of the package, where they are not in the folder of the same name."""
SKIP = "not (browser or notebooks or packaging or slow)"
OPTIONS = (
    "-q",
    "-x",
    "--no-header",
    "--tb=no",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
LIBRARIES = ("hypothesis", "numpy", "pandas", "pydantic", "sqlalchemy", "yaml", "babel")
"""What is imported once, before the processes part."""
PASSED = 0


@dataclass
class Reach:
    """A plugin of pytest that records which lines of a file each test runs, and its CPU time."""

    file: str
    lines: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test."""
        reached = self.lines[item.nodeid]

        def local(frame: FrameType, _event: str, _argument: object) -> Any:
            reached.add(frame.f_lineno)
            return local

        def trace(frame: FrameType, event: str, argument: object) -> Any:
            if frame.f_code.co_filename != self.file:
                return None
            return local(frame, event, argument)

        began = time.process_time()
        sys.settrace(trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - began


class _Loader(SourceFileLoader):
    """Loads a module from a changed syntax tree."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, _name: str) -> CodeType:
        return self._code


@dataclass(frozen=True)
class _Finder:
    """Finds one module changed; all others are found as ever."""

    name: str
    path: str
    code: CodeType

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        if name != self.name:
            return None
        loader = _Loader(name, self.path, self.code)
        found: ModuleSpec | None = importlib.util.spec_from_file_location(name, loader=loader)
        return found


def in_child(work: Callable[[], object], cpu_seconds: float) -> Any:
    """The result of work in a process of its own; None if it took more CPU time than this."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        child = os.fork()
        if child == 0:
            limit = int(cpu_seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            try:
                with (
                    Path(os.devnull).open("w") as away,
                    redirect_stdout(away),
                    redirect_stderr(away),
                ):
                    answer.write_bytes(pickle.dumps(work()))
            except BaseException:  # noqa: BLE001 - nothing of the parent may run on in the child
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return None
        if status:
            raise SystemExit("a process that runs tests ended with an error")
        return pickle.loads(answer.read_bytes())  # noqa: S301 - the child wrote it


def run(tests: Sequence[str], *plugins: object) -> int:
    """Run tests in this process; pytest's exit code."""
    return int(pytest.main([*OPTIONS, "--hypothesis-profile=quick", "-m", SKIP, *tests], plugins))


def reach(file: Path) -> Reach:
    """Which tests of the file's room reach which of its lines."""
    room = file.relative_to(ROOT / "workbook").parts[0].removesuffix(".py")
    tests = ROOMS.get(room, (f"tests/{room}",))

    def traced() -> Reach | int:
        plugin = Reach(str(file))
        code = run(tests, plugin)
        plugin.lines = dict(plugin.lines)
        return plugin if code == PASSED else code

    answer = in_child(traced, cpu_seconds=1800)
    if not isinstance(answer, Reach):
        raise SystemExit(f"the tests of {room} do not pass as they are (exit code {answer})")
    return answer


def noticed(file: Path, mutant: Mutant, reached: Reach) -> bool:
    """Whether a test fails, or never ends, with the mutant in the place of the file."""
    near = [test for test, lines in reached.lines.items() if mutant.line in lines]
    every = [test for test, lines in reached.lines.items() if lines]
    return _fails(file, mutant, reached, near or every)


def _fails(file: Path, mutant: Mutant, reached: Reach, tests: Sequence[str]) -> bool:
    ordered = sorted(tests, key=lambda test: reached.seconds[test])
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)

    def changed() -> int:
        finder = _Finder(name, str(file), compile(mutant.tree, str(file), "exec"))
        sys.meta_path.insert(0, finder)  # type: ignore[arg-type]
        return run(ordered)

    usual = sum(reached.seconds[test] for test in tests)
    return in_child(changed, cpu_seconds=60 + 5 * usual) != PASSED


def survivors(file: Path, sample: int) -> tuple[int, list[Mutant]]:
    """How many mutants were tried, and those that no test notices. Always the same sample."""
    every = list(mutants(ast.parse(file.read_text("utf-8"))))
    drawn = random.Random(file.name).sample(every, min(sample, len(every)))  # noqa: S311
    reached = reach(file)
    left = []
    for mutant in drawn:
        if not noticed(file, mutant, reached):
            left.append(mutant)
            _say(f"  {file.relative_to(ROOT)}:{mutant.line}: {mutant.what}")
    return len(drawn), left


def main() -> int:
    """Print killed and tried per file, and each survivor; 1 if a file falls below the bar."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=30, help="mutants per file")
    parser.add_argument("--bar", type=float, default=85, help="percent that must be noticed")
    given = parser.parse_args()
    os.environ["CI"] = "1"  # the same examples are drawn for every mutant
    for library in LIBRARIES:
        importlib.import_module(library)
    below = False
    for file in given.files:
        tried, left = survivors(file.resolve(), given.sample)
        share = 100 * (tried - len(left)) / max(tried, 1)
        below = below or share < given.bar
        _say(f"{file}: {tried - len(left)} of {tried} noticed ({share:.0f} %)")
    return int(below)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
