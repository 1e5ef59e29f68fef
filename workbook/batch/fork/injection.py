"""Parameters as a cell of code, the way Papermill writes it.

Papermill takes any name and any object and pastes both into code. Here a name is a Python name,
and a value what JSON can say: nothing else gets into a cell.
"""

from __future__ import annotations

import keyword
import math
from collections.abc import Mapping
from typing import Any

from workbook.errors import BadInput, Problem

TAG = "injected-parameters"


def injected(parameters: Mapping[str, Any]) -> str:
    """The source of the cell that sets the parameters; raises BadInput with all that is wrong."""
    problems = [problem for name, value in parameters.items() for problem in _faults(name, value)]
    if problems:
        raise BadInput(problems)
    lines = (f"{name} = {literal(value)}\n" for name, value in parameters.items())
    return "# Parameters\n" + "".join(lines)


def literal(value: object) -> str:
    """A value as Python source: text, number, truth value, None, and lists and mappings of them."""
    match value:
        case None | bool() | int():
            return str(value)
        case float():
            return str(value) if math.isfinite(value) else f"float('{value}')"
        case str():
            return '"' + value.encode("unicode_escape").decode().replace('"', r"\"") + '"'
        case dict():
            pairs = (f"{literal(str(key))}: {literal(element)}" for key, element in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(literal, value)) + "]"
    raise TypeError(f"no literal for {type(value).__name__}")


def _faults(name: str, value: object) -> list[Problem]:
    faults = []
    if not name.isidentifier() or keyword.iskeyword(name):
        faults.append(Problem("not a name for a parameter", "use letters, digits and _", path=name))
    if not _plain(value):
        text = f"a parameter cannot be of type {type(value).__name__}"
        faults.append(Problem(text, "use text, numbers, lists or mappings of them", path=name))
    return faults


def _plain(value: object) -> bool:
    match value:
        case None | bool() | int() | float() | str():
            return True
        case dict():
            return all(isinstance(key, str) and _plain(element) for key, element in value.items())
        case list() | tuple():
            return all(map(_plain, value))
    return False
