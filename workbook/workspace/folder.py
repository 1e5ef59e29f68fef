"""The workspace's folder: where it is, and the notebooks that are copied there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from workbook import resources

HOME = "WORKBOOK_HOME"
NOTEBOOKS = "notebooks"
_SHIPPED = ".shipped.json"


def folder(path: str | os.PathLike[str] | None = None) -> Path:
    """The argument, else `WORKBOOK_HOME`, else the current folder.

    A kernel runs in the folder of its notebook: in a `notebooks` folder, the one above is meant.
    """
    chosen = path or os.environ.get(HOME)
    if chosen:
        return Path(chosen).expanduser().resolve()
    current = Path.cwd()
    return current.parent if current.name == NOTEBOOKS else current


def bring_notebooks(workspace: Path) -> tuple[Path, ...]:
    """Copy the notebooks that we ship into the workspace; returns where they lie.

    A copy that somebody changed is left alone; one that nobody changed follows a new release.
    """
    target = workspace / NOTEBOOKS
    shipped = sorted(resources.notebooks().glob("*.ipynb"))
    if target.resolve() == resources.notebooks().resolve():
        return tuple(shipped)
    target.mkdir(parents=True, exist_ok=True)
    record = target / _SHIPPED
    copied: dict[str, str] = json.loads(record.read_text()) if record.exists() else {}
    for source in shipped:
        copy, digest = target / source.name, _digest(source)
        if copy.exists() and _digest(copy) not in {digest, copied.get(source.name)}:
            continue
        if not copy.exists() or _digest(copy) != digest:
            shutil.copyfile(source, copy)
        copied[source.name] = digest
    record.write_text(json.dumps(copied, indent=1, sort_keys=True) + "\n")
    return tuple(target / source.name for source in shipped)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
