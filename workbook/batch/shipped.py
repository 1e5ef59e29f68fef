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
from workbook.batch.parameters import report_notebook

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


def is_report(notebook: Mapping[str, Any]) -> bool:
    """Whether it is the notebook that makes reports."""
    shipped = json.loads(report_notebook().read_text("utf-8"))["cells"]
    own = [cell for cell in notebook["cells"] if INJECTED not in _tags(cell)]
    return is_shipped(notebook) and _content(own) == _content(shipped)


def without_parameters(notebook: Mapping[str, Any]) -> str:
    """The text of a notebook without injected parameters, without outputs."""
    cells = [
        {**cell, "metadata": {"tags": list(_tags(cell))}}
        | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {})
        for cell in notebook["cells"]
        if INJECTED not in _tags(cell)
    ]
    kernel = {
        key: notebook["metadata"][key] for key in ("kernelspec",) if key in notebook["metadata"]
    }
    whole = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, sort_keys=True)


def injected_values(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a notebook of ours was given."""
    values = {}
    for cell in notebook["cells"]:
        for node in ast.parse(_source(cell)).body if INJECTED in _tags(cell) else ():
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                values[node.targets[0].id] = ast.literal_eval(node.value)
    return values


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
