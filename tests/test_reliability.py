"""What may go wrong and what is protected: each line names a test that exists."""

from __future__ import annotations

import re

import pytest

PAGES = ("reliability.md", "security.md")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("page", PAGES)
def test_each_test_that_a_page_names_exists(project, page):
    named = NAMED.findall((project / "docs" / page).read_text("utf-8"))
    assert len(named) > 5
    missing = [
        f"{file}::{name}"
        for file, name in named
        if f"def {name}(" not in (project / file).read_text("utf-8")
    ]
    assert missing == []
