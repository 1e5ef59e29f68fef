"""Run a room's tests against one mutant after the other, each in a process of its own.

Tests are collected once. A mutant of a function is put into the functions that live already; one
of a constant or a class needs a process that imports everything anew.
"""

from __future__ import annotations

import ast
import gc
import importlib.util
import os
import pickle
import resource
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, Self

import pytest

from tests.mutations import Mutant

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "model": ("tests/unit", "tests/properties", "tests/content/test_engagements.py"),
    "scoring": ("tests/unit", "tests/properties"),
    "store": ("tests/store",),
}
"""The tests of a room of the package, where they are not in the folder of the same name."""
OPTIONS = ("-q", "-x", "--no-header", "--tb=no", "--capture=sys", "--hypothesis-profile=mutants")
OPTIONS += ("-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::pytest.PytestWarning")
OPTIONS += ("-m", "not (browser or notebooks or packaging or slow)")
OWN = ("workbook", "tests")
"""Whose caches hold what was computed without the mutant."""
PASSED, FAILED, ENDLESS = 0, 1, 2


@dataclass
class Reach:
    """A plugin of pytest that records which lines of some files a test runs, and its CPU time."""

    files: frozenset[str]
    lines: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace one test."""
        reached = set()

        def local(frame: FrameType, _event: str, _argument: object) -> Any:
            reached.add((frame.f_code.co_filename, frame.f_lineno))
            return local

        def trace(frame: FrameType, event: str, argument: object) -> Any:
            if frame.f_code.co_filename not in self.files:
                return None
            return local(frame, event, argument)

        began = time.process_time()
        sys.settrace(trace)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            self.seconds[item.nodeid] = time.process_time() - began
            for place in reached:
                self.lines[place].add(item.nodeid)

    def near(self, file: str, line: int) -> list[str]:
        """The tests that run a line, the quickest first."""
        return sorted(self.lines.get((file, line), ()), key=lambda test: self.seconds[test])

    def of_file(self, file: str) -> list[str]:
        """The tests that run anything of a file, the quickest first."""
        tests = set().union(*(ran for (name, _), ran in self.lines.items() if name == file))
        return sorted(tests, key=lambda test: self.seconds[test])

    def limit(self, tests: Sequence[str]) -> float:
        """The CPU seconds after which tests that run with a mutant will never end."""
        return 30 + 5 * sum(self.seconds[test] for test in tests)


def in_child(work: Callable[[], object], cpu_seconds: float) -> Any:
    """The result of work in a process of its own; ENDLESS if it took more CPU time than this."""
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
            return ENDLESS
        if status:
            raise SystemExit("a process that runs tests ended with an error")
        return pickle.loads(answer.read_bytes())  # noqa: S301 - the child wrote it


@dataclass
class Warm:
    """A plugin of pytest that runs the collected tests against each mutant of some files."""

    mutants: Mapping[str, Sequence[Mutant]]
    reach: Reach = field(init=False)
    survivors: dict[str, list[Mutant]] = field(default_factory=lambda: defaultdict(list))
    untried: dict[str, list[Mutant]] = field(default_factory=lambda: defaultdict(list))
    """Those that a process which has imported everything cannot try."""

    @classmethod
    def run(cls, tests: Sequence[str], mutants: Mapping[str, Sequence[Mutant]]) -> Self:
        """Collect and trace tests, then try the mutants."""

        def collected() -> object:
            plugin = cls(mutants)
            code = pytest.main([*OPTIONS, *tests], [plugin])
            return plugin if code == PASSED else code

        answer = in_child(collected, cpu_seconds=10**6)
        if not isinstance(answer, cls):
            raise SystemExit(f"{' '.join(tests)} do not pass as they are (exit code {answer})")
        return answer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the collected tests many times, in the place of once."""
        reach = in_child(lambda: self._traced(session), cpu_seconds=3600)
        if not isinstance(reach, Reach):
            raise session.Failed("a test fails without any mutant")
        self.reach = reach
        items = {item.nodeid: item for item in session.items}
        for file, tried in self.mutants.items():
            for mutant in tried:
                tests = reach.near(file, mutant.line)
                chosen = [items[key] for key in tests]
                work = partial(_outcome, session, file, mutant, chosen)
                outcome = in_child(work, reach.limit(tests))
                show({PASSED: "s", None: "-"}.get(outcome, "."))
                if outcome is None:
                    self.untried[file].append(mutant)
                elif outcome == PASSED:
                    self.survivors[file].append(mutant)
        return True

    def _traced(self, session: pytest.Session) -> Reach | None:
        plugin = Reach(frozenset(self.mutants))
        session.config.pluginmanager.register(plugin)
        passed = _loop(session)
        plugin.lines = dict(plugin.lines)
        return plugin if passed else None


def _outcome(
    session: pytest.Session, file: str, mutant: Mutant, tests: list[pytest.Item]
) -> int | None:
    """Whether tests pass with a mutant; None if it cannot be put into the functions that live."""
    try:
        if not exchange(file, mutant):
            return None
    except ValueError:
        return None
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper) and kept.__module__.startswith(OWN):
            kept.cache_clear()
    session.items = tests
    return PASSED if _loop(session) else FAILED


def show(mark: str) -> None:
    """Show what became of a mutant at once, past what captures the tests' output."""
    print(mark, end="", file=sys.__stderr__, flush=True)


def _loop(session: pytest.Session) -> bool:
    """Whether all tests of a session pass."""
    from _pytest.main import pytest_runtestloop

    try:
        pytest_runtestloop(session)
    except (session.Failed, session.Interrupted):
        return False
    return not session.testsfailed


def exchange(file: str, mutant: Mutant) -> bool:
    """Put the changed code of functions into those that live; False if more than they changed."""
    source = Path(file).read_text("utf-8")
    listed = list(_codes(compile(ast.parse(source), file, "exec")))
    before, after = dict(listed), dict(_codes(compile(mutant.made(source), file, "exec")))
    lambdas = [key for key, code in listed if code.co_name == "<lambda>"]
    if before.keys() != after.keys() or len(lambdas) > len(set(lambdas)):
        return False
    changed = {key for key in before if _alone(before[key]) != _alone(after[key])}
    if any(not after[key].co_flags & 0x2 or _runs_once(*key) for key in changed):
        return False
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == file:
            key = (function.__code__.co_qualname, function.__code__.co_firstlineno)
            if key in after:
                function.__code__ = after[key]
    return True


def _runs_once(name: str, _line: int) -> bool:
    """Whether this is a generator of a module or a class, which has run already."""
    return "<locals>" not in name and name.endswith("<genexpr>")


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    yield (code.co_qualname, code.co_firstlineno), code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _alone(code: CodeType) -> CodeType:
    """A code without those inside it."""
    inside = tuple(one for one in code.co_consts if not isinstance(one, CodeType))
    return code.replace(co_consts=inside)


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


def cold(file: Path, mutant: Mutant, reach: Reach) -> bool:
    """Whether all tests pass in a process that imports everything with the mutant in its place."""
    tests = reach.near(str(file), mutant.line) or reach.of_file(str(file))
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)

    def changed() -> int:
        code = compile(mutant.made(file.read_text("utf-8")), str(file), "exec")
        sys.meta_path.insert(0, _Finder(name, str(file), code))  # type: ignore[arg-type]
        return int(pytest.main([*OPTIONS, *tests]))

    return in_child(changed, reach.limit(tests)) == PASSED
