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

COMMAND_LINE = "command line"
DAY = "as_of"
TAG = "parameters"
TRUE = frozenset({"true", "yes", "on", "1"})
FALSE = frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: `kind` is its annotation as written (`str`, `list[str]`, …), else its type.

    A default that is no literal is not known here: it is None, and without annotation `kind` is "".
    """

    name: str
    kind: str
    default: object


def report_notebook() -> Path:
    """The notebook that makes reports, as it is shipped."""
    return resources.notebooks() / "05_report.ipynb"


def _choices(name: str) -> Iterable[str]:
    """What a parameter of our notebooks may hold, where that is a list; else nothing."""
    if name == "lang":
        return languages()
    if name == "theme":
        from workbook.report.html import THEMES

        return THEMES
    if name == "reader":
        from workbook.report.readers import READERS as PEOPLE

        return PEOPLE
    if name == "sections":
        from workbook.report.build import SECTIONS

        return tuple(SECTIONS)
    return ()


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters of a notebook by name, in its order.

    Raises BadInput if there is no such notebook, if it is not one, or if it has no such cell.
    """
    import nbformat

    try:
        nb: Any = nbformat.reads(resources.file_bytes(notebook).decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
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
    try:
        return {p.name: p for p in _assignments(cells[0].source)}
    except (SyntaxError, ValueError) as error:
        place, fix = f"the cell tagged “{TAG}”", "correct the cell"
        raise BadInput(
            Problem(f"is not Python: {error}", fix, file=str(notebook), path=place)
        ) from None


def _unknown_notebook(notebook: Path) -> Problem:
    neighbours = [path.name for path in notebook.parent.glob("*.ipynb")]
    fix = nearest(notebook.name, neighbours) if neighbours else "leave the option out to use ours"
    return Problem("there is no such notebook", fix, file=str(notebook))


def _assignments(source: str) -> Iterable[Parameter]:
    for node in _tree(source).body:
        match node:
            case ast.AnnAssign(ast.Name(id=name), annotation, value) if value:
                yield Parameter(name, ast.unparse(annotation), _literal(value))
            case ast.Assign(targets=targets, value=value):
                default = _literal(value)
                kind = "" if default is None else type(default).__name__
                names = (target.id for target in targets if isinstance(target, ast.Name))
                yield from (Parameter(name, kind, default) for name in names)


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError:  # magics, which only IPython understands
        from IPython.core.inputtransformer2 import TransformerManager

        return ast.parse(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]


def _literal(node: ast.expr) -> object:
    """The value of a literal; None for what only running the notebook can tell."""
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return value


def _free(text: str) -> object:
    """A value for a parameter of any type: a literal of Python, else the text."""
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
    return value


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
    assignments: Iterable[tuple[str, object]],
) -> tuple[dict[str, object], list[Problem]]:
    """The values of parameters given as texts, lists or mappings, and what is wrong with them."""
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
        kind = parameters[name].kind
        read, expected = READERS.get(kind, READERS["str"] if "str" in kind else (_free, "a value"))
        try:
            values[name] = read(text) if isinstance(text, str) else _checked(kind, text)
        except ValueError:
            problem = f"“{text}” is not {expected}"
            problems.append(Problem(problem, f"give {expected}", COMMAND_LINE, path=option))
            continue
        problems += _not_among(values[name], _choices(name), option)
        if name == DAY and text:
            problems += _not_a_date(str(text), option)
    return values, problems


def _checked(kind: str, value: object) -> object:
    """A list or mapping, as it is; ValueError where the parameter is of another type."""
    if kind in READERS and not (kind == "list[str]" and isinstance(value, list)):
        raise ValueError(value)
    return value


def _not_among(value: object, valid: Iterable[str], option: str) -> list[Problem]:
    names = list(valid)
    parts = value if isinstance(value, list) else [value]
    return [
        Problem(f"unknown value “{part}”", nearest(str(part), names), COMMAND_LINE, path=option)
        for part in parts
        if names and part not in names
    ]


def _not_a_date(text: str, option: str) -> tuple[Problem, ...]:
    try:
        read_date(text, option)
    except BadInput as error:
        return error.problems
    return ()
