"""Results kept for as long as everything that they were computed from is the very same.

A screen evaluates after every keystroke, and a keystroke changes one list of an engagement. Inputs
are compared by identity: frozen values that are the same object cannot have changed.

Caches are fields of whoever evaluates again (`Evaluator`), never of a module: they hold what people
said, and go when their owner goes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
LIMIT = 1024
"""The most results that one `IdentityCaches` holds; frameworks have some hundred subjects."""


class IdentityCache(Generic[T]):
    """Holds the last result. Safe with threads: at worst it is computed twice."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: tuple[tuple[object, ...], Hashable, T] | None = None

    def get(self, parts: tuple[object, ...], compute: Callable[[], T], equal: Hashable = None) -> T:
        """The result for the same `parts`, and `equal` by value: the last one, or a new one."""
        last = self._last
        if last is not None and last[1] == equal and _same(last[0], parts):
            return last[2]
        result = compute()
        self._last = (parts, equal, result)
        return result


class IdentityCaches(Generic[T]):
    """An `IdentityCache` for each name; the names used first go where there are too many."""

    __slots__ = ("_by_name",)

    def __init__(self) -> None:
        self._by_name: dict[Hashable, IdentityCache[T]] = {}

    def get(
        self,
        name: Hashable,
        parts: tuple[object, ...],
        compute: Callable[[], T],
        equal: Hashable = None,
    ) -> T:
        """The result of this name; see `IdentityCache.get`."""
        cache = self._by_name.get(name)
        if cache is None:
            if len(self._by_name) >= LIMIT:
                self._by_name.pop(next(iter(self._by_name)), None)
            cache = self._by_name.setdefault(name, IdentityCache())
        return cache.get(parts, compute, equal)


def _same(parts: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return len(parts) == len(others) and all(a is b for a, b in zip(parts, others, strict=True))
