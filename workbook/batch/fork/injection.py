"""Parameters as a cell of code, the way Papermill writes it.

Papermill takes any name and any object and pastes both into code. Here a name is a Python name,
and a value what JSON can say: nothing else gets into a cell.
"""

from __future__ import annotations

import keyword
import math
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.batch.fork.job import Refused

TAG = "injected-parameters"


def injected(parameters: Mapping[str, Any]) -> str:
    """The source of the cell that sets the parameters; raises Refused with all that is wrong."""
    faults = [fault for name, value in parameters.items() for fault in _faults(name, value)]
    if faults:
        raise Refused("\n".join(faults))
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


def _faults(name: str, value: object) -> Iterator[str]:
    if not name.isidentifier() or keyword.iskeyword(name):
        yield f"{name}: not a name for a parameter\n    → use letters, digits and _"
    if not _plain(value):
        kind = type(value).__name__
        fix = "use text, numbers, lists or mappings of them"
        yield f"{name}: a parameter cannot be of type {kind}\n    → {fix}"


def _plain(value: object) -> bool:
    match value:
        case None | bool() | int() | float() | str():
            return True
        case dict():
            return all(isinstance(key, str) and _plain(element) for key, element in value.items())
        case list() | tuple():
            return all(map(_plain, value))
    return False
