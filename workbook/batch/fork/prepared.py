"""A notebook made ready to be run any number of times, with the metadata that Papermill keeps."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from workbook.batch.fork import injection
from workbook.batch.fork.job import Refused

Notebook = dict[str, Any]
PARAMETERS = "parameters"
LANGUAGE = "python"


def prepare(text: str, name: str = "") -> Notebook:
    """The notebook of a file: format 4.5, valid, without outputs; every cell has an id and tags.

    Raises Refused if it is none, or not one for Python.
    """
    import nbformat

    try:
        named = _named_cells(json.loads(text))
        node = nbformat.v4.upgrade(nbformat.reads(text, as_version=4))
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        first = (str(error).splitlines() or ["unreadable"])[0]
        raise Refused(f"{name}: not a notebook: {first}") from None
    notebook: Notebook = _plain(node)
    _check_language(notebook, name)
    for index, cell in enumerate(notebook["cells"]):
        if cell["id"] not in named:
            # nbformat gives cells without a name one by chance.
            cell["id"] = f"cell-{index}"
        _make_ready(cell)
    notebook["metadata"].pop("widgets", None)
    return notebook


def parameterised(notebook: Notebook, parameters: Mapping[str, Any]) -> Notebook:
    """A copy with a cell that sets the parameters, after the one tagged `parameters`.

    As in Papermill: a cell injected before is replaced, and without a tagged cell it comes first.
    """
    own = copy.deepcopy(notebook)
    if not parameters:
        return own
    cells: list[dict[str, Any]] = own["cells"]
    tags = [cell["metadata"]["tags"] for cell in cells]
    index = _first(tags, PARAMETERS) + 1
    before = _first(tags, injection.TAG)
    if before >= 0:
        del cells[before]
        index = before
    cells.insert(index, _injected_cell(parameters, {cell["id"] for cell in cells}))
    return own


def _first(tags: list[list[str]], wanted: str) -> int:
    return next((index for index, own in enumerate(tags) if wanted in own), -1)


def _injected_cell(parameters: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    name = injection.TAG
    while name in taken:
        name += "-"
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"tags": [injection.TAG]},
        "outputs": [],
        "source": injection.injected(parameters),
    }


def _plain(node: Any) -> Any:
    """Nodes as dictionaries, which are quicker to read and to copy."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(element) for element in node] if isinstance(node, list) else node


def _check_language(notebook: Notebook, name: str) -> None:
    metadata = notebook["metadata"]
    language = metadata.get("language_info", {}).get("name") or metadata.get("kernelspec", {}).get(
        "language", LANGUAGE
    )
    if language != LANGUAGE:
        raise Refused(f"{name}: a notebook for {language}\n    → use one for Python")


def _named_cells(raw: Any) -> set[str]:
    """The ids of the cells that a notebook's file gives; two cells must not share one."""
    ids = [cell.get("id") for cell in raw.get("cells", ())]
    return {id_ for id_ in ids if id_ and ids.count(id_) == 1}


def _make_ready(cell: dict[str, Any]) -> None:
    cell["metadata"].setdefault("tags", [])
    cell["metadata"].pop("trusted", None)
    if cell["cell_type"] == "code":
        cell["outputs"], cell["execution_count"] = [], None
