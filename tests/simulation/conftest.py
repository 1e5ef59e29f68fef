"""Workshops are simulated over the small framework, and on a disk in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.workshop import a_disk, small_framework


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with small_framework():
        yield


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A folder on a disk in memory, where there is one: commits are many."""
    with a_disk() as folder:
        yield folder
