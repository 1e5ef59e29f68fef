"""Loaded ahead by the engine's server: what a cell prints is then not followed while it runs."""

from __future__ import annotations

from workbook.batch.fork.tail import Tail


def nothing(*_: object) -> None:
    """In place of writing down what was printed."""


Tail.add = nothing  # type: ignore[assignment, method-assign]
Tail.clear = nothing  # type: ignore[assignment, method-assign]
