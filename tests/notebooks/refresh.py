"""Run the notebooks again and store their outputs: `make notebooks`.

Outputs and execution counts are kept, so that nbval has something to compare; widget state and the
times of a run are not, so that a diff shows what changed for a reader.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from tests.notebooks.kept import NOTEBOOKS, TIMEOUT, surroundings


def refresh(path: Path) -> None:
    """Run one notebook in place, in an empty workspace of its own."""
    notebook: Any = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(surroundings(Path(folder)))
        NotebookClient(notebook, timeout=TIMEOUT, record_timing=False).execute()
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(notebook, path)


def main() -> None:
    """Refresh the notebooks named, or all."""
    wanted = [Path(name).resolve() for name in sys.argv[1:]]
    for path in NOTEBOOKS:
        if not wanted or path in wanted:
            sys.stdout.write(f"{path.name}\n")
            refresh(path)


if __name__ == "__main__":
    main()
