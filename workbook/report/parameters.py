"""The parameters of a notebook, read without running it, and values checked against them.

Papermill only warns about an unknown parameter and executes parameter names as code; here a name
must stand in the notebook's cell tagged `parameters`, and a value must be of its type.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import resources
from workbook.dates import read_date
from workbook.errors import BadInput, Problem, nearest
from workbook.i18n import languages
from workbook.report.build import SECTIONS
from workbook.report.html import THEMES

COMMAND_LINE = "command line"
DAY = "as_of"
TAG = "parameters"
TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `kind` is its annotation as written (`str`, `list[str]`, …)."""

    name: str
    kind: str
    default: object


def report_notebook() -> Path:
    """The notebook that makes reports, as it is shipped."""
    return resources.notebooks() / "05_report.ipynb"


def choices() -> dict[str, Iterable[str]]:
    """What the parameters of our notebooks may hold, by name, where that is a list."""
    return {"lang": languages(), "theme": THEMES, "sections": tuple(SECTIONS)}


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook by name, in its order.

    Raises BadInput if there is no such notebook, if it is not one, or if it has no such cell.
    """
    import nbformat

    try:
        nb: Any = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise BadInput(_unknown_notebook(notebook)) from None
    except OSError as error:
        problem = f"cannot be read as a notebook: {error.strerror or error}"
        raise BadInput(Problem(problem, "name a notebook’s file", file=str(notebook))) from None
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise BadInput(Problem(f"not a notebook: {error}", file=str(notebook))) from None
    cells = [c for c in nb.cells if TAG in c.metadata.get("tags", ()) and c.cell_type == "code"]
    if len(cells) != 1:
        raise BadInput(
            Problem(
                f"{len(cells)} cells are tagged “{TAG}”",
                "tag the one cell that holds the parameters",
                file=str(notebook),
            )
        )
    return {p.name: p for p in _assignments(cells[0].source)}


def _unknown_notebook(notebook: Path) -> Problem:
    neighbours = [path.name for path in notebook.parent.glob("*.ipynb")]
    fix = nearest(notebook.name, neighbours) if neighbours else "leave the option out to use ours"
    return Problem("there is no such notebook", fix, file=str(notebook))


def _assignments(source: str) -> Iterable[Parameter]:
    for node in ast.parse(source).body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=kind, value=value) if value:
                yield Parameter(name, ast.unparse(kind), ast.literal_eval(value))
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                default = ast.literal_eval(value)
                yield Parameter(name, type(default).__name__, default)


def _truth(text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise ValueError(text)
    return text.lower() in TRUE


READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "str": (str, "a text"),
    "int": (int, "a whole number"),
    "float": (float, "a number"),
    "bool": (_truth, "true or false"),
    "list[str]": (
        lambda text: [part.strip() for part in text.split(",") if part.strip()],
        "names separated by commas",
    ),
}
"""How a value given as text becomes one of the parameter's type, and what is expected."""


def check_values(
    parameters: Mapping[str, Parameter],
    assignments: Iterable[tuple[str, str]],
    choices: Mapping[str, Iterable[str]],
) -> tuple[dict[str, object], list[Problem]]:
    """The values of parameters given as texts, and what is wrong with them.

    `choices` lists what a parameter may hold (each element of a list), where that is known.
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, text in assignments:
        option = f"-p {name}"
        if name not in parameters:
            fix = nearest(name, parameters)
            problems.append(Problem(f"unknown parameter “{name}”", fix, COMMAND_LINE, path=option))
            continue
        if name in values:
            problems.append(Problem("given twice", "give it once", COMMAND_LINE, path=option))
            continue
        read, expected = READERS.get(parameters[name].kind, READERS["str"])
        try:
            values[name] = read(text)
        except ValueError:
            problem = f"“{text}” is not {expected}"
            problems.append(Problem(problem, f"give {expected}", COMMAND_LINE, path=option))
            continue
        problems += _not_among(values[name], choices.get(name), option)
        if name == DAY and text:
            problems += _not_a_date(text, option)
    return values, problems


def _not_among(value: object, valid: Iterable[str] | None, option: str) -> list[Problem]:
    if valid is None:
        return []
    names = list(valid)
    parts = value if isinstance(value, list) else [value]
    return [
        Problem(f"unknown value “{part}”", nearest(str(part), names), COMMAND_LINE, path=option)
        for part in parts
        if part not in names
    ]


def _not_a_date(text: str, option: str) -> tuple[Problem, ...]:
    try:
        read_date(text, option)
    except BadInput as error:
        return error.problems
    return ()
