"""What a reader sees, kept as files, so that a change shows in review."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parents[1] / "snapshots" / "report"


@pytest.fixture
def snapshot():
    """Compare a text with its file; `UPDATE_SNAPSHOTS=1 pytest …` writes the files anew."""

    def compare(name: str, text: str) -> None:
        drawn = text.replace("><", ">\n<") + "\n"
        path = SNAPSHOTS / name
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == drawn, f"{name} differs; see the docstring"

    return compare
