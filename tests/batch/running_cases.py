"""Runs notebooks one after the other through Papermill: python -m … FOLDER ENGINE.

FOLDER/asked.json has for each name what is to be run (see `test_engine_outputs`); what came of it
is written to FOLDER/ended.json. Each notebook has a folder of its own.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import papermill

LIMIT = 60


def run(asked: dict[str, Any], home: Path, engine: str) -> dict[str, Any]:
    """How a notebook ended: its error, if any, and what it left in the files that are watched."""
    home.mkdir()
    for name, text in asked.get("files", {}).items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    error = None
    with patch.dict(os.environ, asked.get("env", {}) | {"WORKBOOK_HOME": str(home)}):
        try:
            papermill.execute_notebook(
                asked["path"],
                asked["output"],
                asked.get("parameters", {}),
                engine_name=engine or None,
                progress_bar=False,
                cwd=home,
                **({"execution_timeout": LIMIT} | asked.get("options", {})),
            )
        except papermill.PapermillExecutionError as raised:
            error = [raised.exec_count, raised.ename]
        except Exception as raised:  # noqa: BLE001 - both engines are to raise the same
            error = [None, type(raised).__name__]
    watched = {name: home / name for name in asked.get("watch", ())}
    files = {n: path.read_text() if path.exists() else None for n, path in watched.items()}
    return {"error": error, "files": files, "ran": Path(asked["output"]).exists()}


def main(folder: Path, engine: str) -> None:
    """Run all of them."""
    faulthandler.dump_traceback_later(900, exit=True)  # where it waits, if it does
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    # A kernel of its own warns about its connection unless it is told to be quiet.
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 50")
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    asked = json.loads((folder / "asked.json").read_text())
    ended = {name: run(each, folder / name, engine) for name, each in asked.items()}
    (folder / "ended.json").write_text(json.dumps(ended))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
