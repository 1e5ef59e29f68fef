"""The matrix of what may go wrong names tests that exist."""

from __future__ import annotations

import re

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_each_test_of_the_matrix_exists(project):
    named = NAMED.findall((project / "docs" / "reliability.md").read_text("utf-8"))
    assert len(named) > 5
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (project / file).read_text("utf-8")
    ]
    assert missing == []
