"""Which notebooks a browser may trust: those that are byte for byte what we brought.

Trust lets a notebook's start button work and its style show. Running a notebook in JupyterLab saves
outputs into it; a guided notebook whose cells are still ours is therefore put back as it came (its
answers are in the store, never in the notebook). One whose cells somebody changed is left alone
and not trusted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from workbook import resources
from workbook.workspace.notebooks import without_outputs


def put_back(notebooks: Iterable[Path]) -> tuple[Path, ...]:
    """Restore copies whose cells are ours; returns those that may be trusted."""
    shipped = {path.name: path for path in resources.notebooks().glob("*.ipynb")}
    ours = []
    for copy in notebooks:
        original = shipped.get(copy.name)
        if original is None:
            continue
        shipped_there = copy.resolve() == original.resolve()
        brought = original.read_bytes() if shipped_there else without_outputs(original)
        if copy.read_bytes() != brought and _cells(copy) == _cells(original):
            copy.write_bytes(brought)
        if copy.read_bytes() == brought:
            ours.append(copy)
    return tuple(ours)


def sign(notebooks: Iterable[Path], database: Path, secret: Path) -> None:
    """Record that these notebooks are trusted, in a database of our own."""
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(db_file=str(database), secret_file=str(secret))  # type: ignore[no-untyped-call]
    for path in notebooks:
        notary.sign(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
    notary.store.close()


def _cells(path: Path) -> list[tuple[str, str]] | None:
    try:
        cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError):
        return None
