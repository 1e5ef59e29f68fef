"""Cross-checks of a framework: what its shape alone cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.content.flaws import Flaw
from workbook.model.framework import Framework


def check_framework(framework: Framework) -> Iterator[Flaw]:
    """Every flaw of a framework."""
    yield from ()
