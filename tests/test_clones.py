"""No logic is written twice: six lines alike in two functions, whatever their names and texts."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALIKE = 6
"""Lines as ast.unparse sets them, without comments, docstrings, signatures and imports."""
NO_LOGIC = (ast.Import, ast.ImportFrom)


class Blank(ast.NodeTransformer):
    """Takes out what a copy would change first: texts, numbers and the names of variables."""

    def __init__(self, variables: set[str]) -> None:
        self._variables = variables

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return node if node.value in (None, True, False) else ast.Constant("…")

    def visit_JoinedStr(self, _: ast.JoinedStr) -> ast.Constant:
        return ast.Constant("…")

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name("_", node.ctx) if node.id in self._variables else node


def bodies(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The lines of each function's body; those of a function inside it are its own as well."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in functions:
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and stored(n)}
        names |= {argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)}
        blank = Blank(names)
        parts = [part for part in node.body if not isinstance(part, NO_LOGIC) and not is_text(part)]
        texts = [ast.unparse(blank.visit(part)) for part in parts]
        yield f"{node.lineno} {node.name}", "\n".join(texts).splitlines()


def stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def is_text(part: ast.stmt) -> bool:
    return isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)


def clones(sources: dict[str, str]) -> list[set[str]]:
    """The places that share six lines or more."""
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for file, source in sources.items():
        for function, lines in bodies(ast.parse(source)):
            for start in range(len(lines) - ALIKE + 1):
                places[tuple(lines[start : start + ALIKE])].add(f"{file}:{function}")
    return [where for where in places.values() if len(where) > 1]


@pytest.mark.slow
def test_no_logic_is_written_twice():
    files = sorted((ROOT / "workbook").rglob("*.py"))
    found = clones({str(file.relative_to(ROOT)): file.read_text("utf-8") for file in files})
    assert found == []


def test_a_copy_with_other_names_texts_and_numbers_is_found():
    copied = "def {0}({1}):\n    total = 0\n" + "".join(
        f"    total += {{1}}.part{n} * {{2}}\n" for n in range(ALIKE)
    )
    sources = {"a.py": copied.format("one", "row", 2), "b.py": copied.format("other", "line", 3)}
    assert {"a.py:1 one", "b.py:1 other"} in clones(sources)
