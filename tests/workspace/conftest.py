"""The same people at work on the same engagement as in the tests of the store."""

from __future__ import annotations

from tests.store.conftest import clock, file, marie, paul, small_framework, store, workspace

__all__ = ["clock", "file", "marie", "paul", "small_framework", "store", "workspace"]
