"""Saves answers as fast as it can and says each one that the store has acknowledged.

Started by test_crashes, which kills it. Arguments: folder, key, who types.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from workbook.store import Change
from workbook.workspace import Workspace


def main(folder: str, key: str, actor: str) -> None:
    session = Workspace.at(Path(folder)).open(key, actor)
    for n in count():
        answer = {"owner": "ana", "note": f"{actor} {n}"}
        session.record(Change(("decision", f"{actor}-{n % 7}"), answer))
        if not session.pending:
            sys.stdout.write(answer["note"] + "\n")
            sys.stdout.flush()
        time.sleep(0.002)  # let the other one in: SQLite is not fair


if __name__ == "__main__":
    main(*sys.argv[1:])
