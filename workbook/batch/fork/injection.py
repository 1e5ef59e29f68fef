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
    """A value as Python source; TypeError for what JSON cannot say."""
    match value:
        case None | bool() | int():
            return str(value)
        case float():
            return str(value) if math.isfinite(value) else f"float('{value}')"
        case str():
            return '"' + value.encode("unicode_escape").decode().replace('"', r"\"") + '"'
        case dict() if all(isinstance(key, str) for key in value):
            pairs = (f"{literal(key)}: {literal(element)}" for key, element in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(literal, value)) + "]"
    raise TypeError(f"a parameter cannot be of type {type(value).__name__}")


def _faults(name: str, value: object) -> Iterator[str]:
    if not name.isidentifier() or keyword.iskeyword(name):
        yield f"{name}: not a name for a parameter\n    → use letters, digits and _"
    try:
        literal(value)
    except TypeError as error:
        yield f"{name}: {error}\n    → use text, numbers, lists or mappings of them"
