"""The notebooks that are copied into the workspace's folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from workbook import resources
from workbook.resources import NOTEBOOKS
from workbook.whole import whole

_SHIPPED = ".shipped.json"


def bring_notebooks(workspace: Path) -> tuple[Path, ...]:
    """Copy the notebooks that we ship into the workspace; returns where they lie.

    They come without outputs: what we ship shows another company. A copy that somebody changed is
    left alone; one that nobody changed follows a new release.
    """
    target = workspace / NOTEBOOKS
    shipped = sorted(resources.notebooks().glob("*.ipynb"))
    if target.resolve() == resources.notebooks().resolve():
        return tuple(shipped)
    target.mkdir(parents=True, exist_ok=True)
    record = target / _SHIPPED
    copied: dict[str, str] = json.loads(record.read_text()) if record.exists() else {}
    for source in shipped:
        copy, content = target / source.name, without_outputs(source)
        now, digest = copy.read_bytes() if copy.exists() else b"", _digest(content)
        if now and _digest(now) not in {digest, copied.get(source.name)}:
            continue
        if now != content:
            with whole(copy) as part:
                part.write_bytes(content)
        copied[source.name] = digest
    with whole(record) as part:
        part.write_text(json.dumps(copied, indent=1, sort_keys=True) + "\n")
    return tuple(target / source.name for source in shipped)


def without_outputs(notebook: Path) -> bytes:
    """A notebook as it is before anybody has run it."""
    document = json.loads(notebook.read_text("utf-8"))
    for cell in document.get("cells", ()):
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
