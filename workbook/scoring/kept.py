"""The last value that was made, kept while everything that it was made of is the very same.

A screen evaluates after every keystroke, and a keystroke changes one list of an engagement. Parts
are compared by identity: frozen values that are the same object cannot have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Holds one value. Safe with threads: at worst it is made twice."""

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], Hashable, T] | None = None

    def of(self, parts: tuple[object, ...], make: Callable[[], T], equal: Hashable = None) -> T:
        """The value for these parts, and what is `equal` by value: the one kept, or a new one."""
        last = self._last
        if last is not None and last[1] == equal and _same(last[0], parts):
            return last[2]
        value = make()
        self._last = (parts, equal, value)
        return value


class KeptEach(Generic[T]):
    """As `Kept`, one value for each name."""

    def __init__(self) -> None:
        self._each: dict[Hashable, Kept[T]] = {}

    def of(
        self,
        name: Hashable,
        parts: tuple[object, ...],
        make: Callable[[], T],
        equal: Hashable = None,
    ) -> T:
        """The value of this name for these parts; see `Kept.of`."""
        kept = self._each.get(name)
        if kept is None:
            kept = self._each.setdefault(name, Kept())
        return kept.of(parts, make, equal)


def _same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
