"""Which notebooks are ours: those whose cells are the cells of one that we ship.

A notebook of ours may be rehearsed, since it leaves nothing behind in libraries, and no folder is
on its import path: a client's folder holds data, whatever its files are called.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from workbook import resources

INJECTED = "injected-parameters"
"""Papermill's tag of the cell that sets the parameters."""

Cells = tuple[tuple[str, str, tuple[str, ...]], ...]


def is_shipped(notebook: Mapping[str, Any]) -> bool:
    """Whether a notebook, apart from the cell of its injected parameters, is one that we ship.

    That cell may only assign literals to names: it can run nothing.
    """
    cells: Sequence[Mapping[str, Any]] = notebook["cells"]
    injected = [cell for cell in cells if INJECTED in _tags(cell)]
    own = [cell for cell in cells if INJECTED not in _tags(cell)]
    return _content(own) in _shipped() and all(_only_literals(_source(cell)) for cell in injected)


@cache
def _shipped() -> frozenset[Cells]:
    paths = resources.notebooks().glob("*.ipynb")
    return frozenset(_content(json.loads(path.read_text("utf-8"))["cells"]) for path in paths)


def _content(cells: Sequence[Mapping[str, Any]]) -> Cells:
    return tuple((cell["cell_type"], _source(cell), _tags(cell)) for cell in cells)


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _tags(cell: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell["metadata"].get("tags", ()))


def _only_literals(source: str) -> bool:
    try:
        for statement in ast.parse(source).body:
            if not isinstance(statement, ast.Assign):
                return False
            ast.literal_eval(statement.value)
            if not all(isinstance(target, ast.Name) for target in statement.targets):
                return False
    except (SyntaxError, ValueError):
        return False
    return True
