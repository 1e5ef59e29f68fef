"""The shape of the house: who may import whom, how long things are, what a checkout may hold."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import LONGEST

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {path: path.read_text("utf-8") for path in sorted((ROOT / "workbook").rglob("*.py"))}
# Shipped and versioned with its parent, whose documentation sends readers there.
PART_OF = {"pydantic_core": "pydantic"}
# Words that say nothing of what a variable holds.
VAGUE = frozenset(
    ("told", "said", "found", "made", "given", "kept", "one", "some", "what", "beside", "mend")
)
# Rooms whose variables are still to be named so: the list only gets shorter.
UNSWEPT: frozenset[str] = frozenset()
# Class names that still mean two things: the list only gets shorter.
SHARED: frozenset[str] = frozenset()
WIDE = 5
"""Fields from which a record is built by keyword: one more in the middle moves the others."""


@cache
def trees() -> dict[Path, ast.Module]:
    """The package's modules, parsed in the one process that runs these tests."""
    return {path: ast.parse(source) for path, source in SOURCES.items()}


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All that stands below a node: twenty tests look at the same trees."""
    return tuple(ast.walk(tree))


def rooms_that_import(library: str) -> set[str]:
    return {room(path) for path, tree in trees().items() if library in imported(tree)}


def room(path: Path) -> str:
    return path.relative_to(ROOT / "workbook").parts[0].removesuffix(".py")


@cache
def imported(tree: ast.AST) -> set[str]:
    """Top-level names of all absolute imports below a node, inside functions too."""
    names: set[str] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@cache
def tracked_texts() -> dict[str, str]:
    # The pipeline may run as another user than the one who cloned.
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return {name: (ROOT / name).read_bytes().decode("utf-8", "replace") for name in files}


def declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tables = {"runtime": project["dependencies"], **project["optional-dependencies"]}
    return {canonicalize_name(Requirement(one).name) for group in groups for one in tables[group]}


def distributions(module: str) -> set[str]:
    """The installed distributions that provide a top-level module."""
    return {canonicalize_name(one) for one in providers().get(module, [])}


@cache
def providers() -> Mapping[str, list[str]]:
    return packages_distributions()


def test_imports_point_downward_only():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout


def test_no_modules_import_each_other_in_a_circle_not_even_for_types():
    modules = {module_name(path): tree for path, tree in trees().items()}
    TopologicalSorter(
        {name: modules_of(tree, modules.keys()) - {name} for name, tree in modules.items()}
    ).prepare()  # CycleError names the circle


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_of(tree: ast.AST, known: Collection[str]) -> set[str]:
    """The modules of the package that a tree imports, wherever the import stands."""
    names: set[str] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            submodules = {f"{node.module}.{alias.name}" for alias in node.names}.intersection(known)
            names |= submodules or {node.module}
    return names.intersection(known)


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("papermill", {"batch", "report"}),
        ("ipywidgets", {"widgets"}),
        ("anywidget", {"widgets"}),
        ("sqlalchemy", {"store"}),
    ],
)
def test_a_heavy_library_stays_in_its_room(library, rooms):
    assert rooms_that_import(library) <= rooms


def test_the_engine_imports_nothing_else_of_the_package():
    """It could be released alone."""
    engine = "workbook.batch.fork"
    own = {path: tree for path, tree in trees().items() if path.parent.name == "fork"}
    stray = {
        f"{path.name}: {module}"
        for path, tree in own.items()
        for node in nodes(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else aliases(node))
        if module.startswith("workbook") and not module.startswith(engine)
    }
    assert own
    assert stray == set()


def aliases(node: ast.Import) -> list[str]:
    return [alias.name for alias in node.names]


def test_every_imported_library_is_declared():
    allowed = declared("runtime", "cluster", "lan", "parquet", "sensitivity")
    stray = {
        name: room(path)
        for path, tree in trees().items()
        for name in imported(tree) - set(sys.stdlib_module_names) - {"workbook"}
        if not distributions(PART_OF.get(name, name)) & allowed
    }
    assert stray == {}


def test_an_optional_library_is_imported_only_where_it_is_used():
    optional = declared("cluster", "lan", "parquet", "sensitivity")
    eager = {
        f"{path.relative_to(ROOT)}: {name}"
        for path, tree in trees().items()
        for node in tree.body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in imported(node)
        if optional & distributions(name)
    }
    assert eager == set()


@pytest.mark.parametrize(
    ("module", "needed"), [("workbook", set()), ("workbook.cli", {"typer", "rich"})]
)
def test_importing_loads_nothing_heavy(module, needed):
    code = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    libraries = declared("runtime", "cluster", "lan", "parquet", "sensitivity")
    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert {name for name in loaded if libraries & distributions(name)} <= needed


def test_no_module_is_longer_than_four_hundred_lines():
    lengths = {path: len(source.splitlines()) for path, source in SOURCES.items()}
    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_nine_of_ten_functions_can_be_read_at_once():
    lengths = {
        f"{path.name}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, tree in trees().items()
        for node in nodes(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    long = {place: length for place, length in lengths.items() if length >= 35}
    assert len(long) <= len(lengths) / 10, long


def test_every_room_is_named_for_what_it_does():
    vague = re.compile(r"(^|/)(utils?|helpers?|commons?|managers?|misc)(\.py$|/)")
    assert [name for name in tracked_texts() if vague.search(name)] == []


def test_a_variable_is_a_noun_for_what_it_holds():
    stray = {
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in trees().items()
        if room(path) not in UNSWEPT
        for name, line in bound_names(tree)
        if name in VAGUE
    }
    assert stray == set()


def bound_names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a tree binds: variables, fields, parameters, targets of loops."""
    for node in nodes(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name, node.lineno


def test_a_place_is_no_index():
    counted = {
        f"{path.relative_to(ROOT)}:{node.target.lineno}"
        for path, tree in trees().items()
        if room(path) not in UNSWEPT
        for node in nodes(tree)
        if isinstance(node, (ast.For, ast.comprehension)) and isinstance(node.target, ast.Tuple)
        if isinstance(node.iter, ast.Call) and getattr(node.iter.func, "id", "") == "enumerate"
        if getattr(node.target.elts[0], "id", "") == "place"
    }
    assert counted == set()


def test_a_class_name_means_one_thing():
    meanings = defaultdict(set)
    for path, tree in trees().items():
        for name in records(tree):
            meanings[name].add(str(path.relative_to(ROOT)))
    assert {name for name, places in meanings.items() if len(places) > 1} <= SHARED


def test_a_record_of_five_fields_is_built_by_keyword():
    wide = {
        name for tree in trees().values() for name, size in records(tree).items() if size >= WIDE
    }
    positional = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.func.id}"
        for path, tree in trees().items()
        if room(path) not in UNSWEPT
        for ours in [wide & (records(tree).keys() | taken_from_the_package(tree))]
        for node in nodes(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ours
        # A row of numbers is unpacked in the order of the fields.
        if len(node.args) >= WIDE and not any(isinstance(arg, ast.Starred) for arg in node.args)
    }
    assert positional == set()


@cache
def records(tree: ast.AST) -> dict[str, int]:
    """The classes of a module, and how many fields each declares."""
    classes = [node for node in nodes(tree) if isinstance(node, ast.ClassDef)]
    return {c.name: sum(isinstance(line, ast.AnnAssign) for line in c.body) for c in classes}


@cache
def taken_from_the_package(tree: ast.AST) -> set[str]:
    return {
        alias.asname or alias.name
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workbook")
        for alias in node.names
    }


def test_the_only_lock_is_the_one_without_addresses():
    lock = re.compile(r"(^|/)([^/]*\.lock|pylock[^/]*\.toml|[^/]*-lock\.(json|ya?ml))$")
    assert [name for name in tracked_texts() if lock.search(name)] == ["requirements.lock"]


def test_no_file_names_a_registry_or_a_machine():
    hosts = registry_hosts()
    # Built from parts, so that this file does not find itself.
    folders = ["/" + "root/", "/" + "home/", "/" + "Users/", "/" + "work/"]
    found = defaultdict(set)
    for name, text in tracked_texts().items():
        for word in [*hosts, *folders]:
            if word in text and re.search(rf"(?<![\w-]){re.escape(word)}", text):
                found[name].add(word)
    assert dict(found) == {}


def registry_hosts() -> set[str]:
    """The public registries' hosts, and those that this machine's pip is set up with."""
    public = {"pypi" + ".org", "pythonhosted" + ".org", "anaconda" + ".org", "npmjs" + ".org"}
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=True, capture_output=True, text=True
    )
    configured = set(re.findall(r"https?://(?:[^/@\s']*@)?([^/:\s']+)", asked.stdout))
    return public | configured - {"localhost", "127.0.0.1"}


def test_the_files_that_begin_a_run_are_there() -> None:
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []
