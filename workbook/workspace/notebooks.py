"""The notebooks that are copied into the workspace's folder."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from workbook import resources
from workbook.resources import NOTEBOOKS

_SHIPPED = ".shipped.json"


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
