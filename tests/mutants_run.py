"""Run a room's tests against one mutant after the other, each in a process of its own.

Tests are collected once, and run once under coverage, so that a mutant meets only the tests that
reach its line. A mutant of a function is put into the functions that live already; one of a
constant or a class needs a process that imports everything anew.
"""

from __future__ import annotations

import ast
import gc
import importlib.util
import inspect
import os
import pickle
import resource
import sys
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from importlib.machinery import ModuleSpec, SourceFileLoader
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from coverage import Coverage

from tests.mutations import Mutant

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "model": ("tests/unit", "tests/properties", "tests/content/test_engagements.py"),
    "scoring": ("tests/unit", "tests/properties"),
    "store": ("tests/store",),
}
"""The tests of a room of the package, where they are not in the folder of the same name."""
OPTIONS = ("-q", "-x", "--no-header", "--tb=no", "--capture=sys", "--hypothesis-profile=mutants")
OPTIONS += (
    "-p",
    "no:cacheprovider",
    "-p",
    "no:nbval",
    "-p",
    "no:xdist",
    "-W",
    "ignore::pytest.PytestWarning",
)
OPTIONS += ("-m", "not (browser or notebooks or packaging or slow)")
OWN = ("workbook", "tests")
"""Whose caches hold what was computed without the mutant."""
PASSED, FAILED, ENDLESS = 0, 1, 2
COMPREHENSIONS = ("<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>")
"""Names of codes that run where they stand."""


ENOUGH = 10.0
"""CPU seconds of tests that a mutant meets at most; what only slower ones notice, survives."""
MEMORY = 8 << 30
"""Bytes that a process with a mutant may take."""


@dataclass
class Reach:
    """Which tests run which lines of some files, and the CPU seconds of each test."""

    lines: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)

    def near(self, file: str, line: int) -> list[str]:
        """The tests that run a line, the quickest first."""
        return self._quickest(self.lines.get((file, line), set()))

    def of_file(self, file: str) -> list[str]:
        """The tests that run anything of a file, the quickest first."""
        return self._quickest(
            set().union(*(r for (name, _), r in self.lines.items() if name == file))
        )

    def _quickest(self, tests: set[str]) -> list[str]:
        ordered = sorted(tests, key=lambda test: (self.seconds[test], test))
        sums = accumulate(self.seconds[test] for test in ordered)
        return [test for test, whole in zip(ordered, sums, strict=True) if whole <= ENOUGH]

    def limit(self, tests: Sequence[str]) -> float:
        """The CPU seconds after which tests that run with a mutant will never end."""
        return 20 + 5 * sum(self.seconds[test] for test in tests)


@dataclass
class Tracer:
    """A plugin of pytest that measures the `reach` of every test."""

    files: frozenset[str]
    caches: Sequence[Any]
    reach: Reach = field(default_factory=Reach)

    def __post_init__(self) -> None:
        self._coverage = Coverage(data_file=None, include=sorted(self.files), config_file=False)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Measure one test by itself: what an earlier one has left in a cache, it reaches too."""
        clear(self.caches)
        began = time.process_time()
        self._coverage.start()
        self._coverage.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self._coverage.stop()
            self.reach.seconds[item.nodeid] = time.process_time() - began

    def finish(self) -> Reach:
        """The reach of all tests that were run."""
        data = self._coverage.get_data()
        for file in data.measured_files():
            for line, tests in data.contexts_by_lineno(file).items():
                self.reach.lines[file, line] = set(tests) & self.reach.seconds.keys()
        self.reach.lines = dict(self.reach.lines)
        return self.reach


def clear(caches: Iterable[Any]) -> None:
    """Empty caches, which hold what was computed without the mutant."""
    for cache in caches:
        cache.cache_clear()


def in_child(work: Callable[[], object], cpu_seconds: float) -> Any:
    """The result of work in a process of its own; ENDLESS if it took more CPU time than this."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer"
        child = os.fork()
        if child == 0:
            limit = int(cpu_seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
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
class Tried:
    """What became of the mutants of some files; `left`: those that need a process of their own."""

    reach: Reach
    survivors: dict[str, list[Mutant]] = field(default_factory=lambda: defaultdict(list))
    left: dict[str, list[Mutant]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Warm:
    """A plugin of pytest that runs the collected tests against each mutant of some files."""

    mutants: Mapping[str, Sequence[Mutant]]
    tried: Tried = field(init=False)
    caches: list[Any] = field(init=False)
    functions: dict[str, list[FunctionType]] = field(init=False)

    @classmethod
    def run(cls, tests: Sequence[str], mutants: Mapping[str, Sequence[Mutant]]) -> Tried:
        """Collect and trace tests, then try the mutants."""

        def collected() -> object:
            plugin = cls(mutants)
            code = pytest.main([*OPTIONS, *tests], [plugin])
            return plugin.tried if code == PASSED else code

        answer = in_child(collected, cpu_seconds=10**6)
        if not isinstance(answer, Tried):
            raise SystemExit(f"{' '.join(tests)} do not pass as they are (exit code {answer})")
        return answer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the collected tests many times, in the place of once."""
        self._find_living()
        reach = in_child(lambda: self._traced(session), cpu_seconds=3600)
        if not isinstance(reach, Reach):
            raise session.Failed("a test fails without any mutant")
        self.tried = Tried(reach)
        items = {item.nodeid: item for item in session.items}
        for file, tried in self.mutants.items():
            for mutant in tried:
                tests = reach.near(file, mutant.line)
                chosen = [items[key] for key in tests]
                work = partial(self._outcome, session, file, mutant, chosen)
                # What no test runs may have run as the file was imported: before the mutant.
                outcome = in_child(work, reach.limit(tests)) if tests else None
                show({PASSED: "s", None: "-"}.get(outcome, "."))
                if outcome is None:
                    self.tried.left[file].append(mutant)
                elif outcome == PASSED:
                    self.tried.survivors[file].append(mutant)
        return True

    def _find_living(self) -> None:
        """Find caches and functions once: a process may hold a million objects."""
        gc.unfreeze()  # what was there after the collection is not listed while it is frozen
        living = gc.get_objects()
        caches = [each for each in living if isinstance(each, _lru_cache_wrapper)]
        self.caches = [c for c in caches if str(getattr(c, "__module__", "")).startswith(OWN)]
        functions = [each for each in living if isinstance(each, FunctionType)]
        self.functions = {
            file: [f for f in functions if f.__code__.co_filename == file] for file in self.mutants
        }
        gc.freeze()

    def _is_near(self, cache: Any) -> bool:
        """Whether a cache belongs to the tests or to a file with mutants."""
        return (
            cache.__module__.startswith("tests")
            or inspect.getfile(inspect.unwrap(cache)) in self.mutants
        )

    def _traced(self, session: pytest.Session) -> Reach | None:
        # Other caches of the package are costly to fill, and seldom pass through these files.
        near = [cache for cache in self.caches if self._is_near(cache)]
        plugin = Tracer(frozenset(self.mutants), near)
        session.config.pluginmanager.register(plugin)
        return plugin.finish() if _loop(session) else None

    def _outcome(
        self, session: pytest.Session, file: str, mutant: Mutant, tests: list[pytest.Item]
    ) -> int | None:
        """Whether tests pass with a mutant; None if it cannot be put into the living functions."""
        try:
            if not exchange(file, mutant, self.functions[file]):
                return None
        except ValueError:
            return None
        clear(self.caches)
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


def exchange(file: str, mutant: Mutant, functions: Iterable[FunctionType]) -> bool:
    """Put the changed code into a file's functions; False if more than functions changed."""
    listed = list(_codes(compile(ast.parse(mutant.source), file, "exec")))
    before, after = dict(listed), dict(_codes(compile(mutant.made(), file, "exec")))
    lambdas = [key for key, code in listed if code.co_name == "<lambda>"]
    if before.keys() != after.keys() or len(lambdas) > len(set(lambdas)):
        return False
    changed = {key for key in before if _alone(before[key]) != _alone(after[key])}
    if any(not after[key].co_flags & 0x2 or _runs_once(*key) for key in changed):
        return False
    for function in functions:
        key = (function.__code__.co_qualname, function.__code__.co_firstlineno)
        if key in after:
            function.__code__ = after[key]
    return True


def _runs_once(name: str, _line: int) -> bool:
    """Whether this is a comprehension of a module or a class, which has run already."""
    return "<locals>" not in name and name.rpartition(".")[2] in COMPREHENSIONS


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
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def changed() -> int:
        code = compile(mutant.made(), str(file), "exec")
        sys.meta_path.insert(0, _Finder(name, str(file), code))  # type: ignore[arg-type]
        return int(pytest.main([*OPTIONS, *tests]))

    return in_child(changed, reach.limit(tests)) == PASSED
