"""Reading what fragments draw."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from markupsafe import Markup

SNAPSHOTS = Path(__file__).parents[1] / "snapshots" / "fragments"


@pytest.fixture
def snapshot():
    """Compare markup with its file; `UPDATE_SNAPSHOTS=1 pytest …` writes the files anew."""

    def compare(name: str, markup: Markup) -> None:
        drawn = markup.replace("><", ">\n<") + "\n"
        path = SNAPSHOTS / f"{name}.html"
        if os.environ.get("UPDATE_SNAPSHOTS"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == drawn, f"{path.name} differs; see the docstring"

    return compare
