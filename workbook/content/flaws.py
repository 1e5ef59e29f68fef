"""A flaw: what a cross-check finds wrong with a value that has the right shape."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from workbook.content.reading import Steps, dotted
from workbook.errors import Problem, nearest

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where, what, how to fix it; `name` is the unknown name if the flaw is about one."""

    steps: Steps
    message: str
    fix: str
    name: str | None = None

    def problem(self) -> Problem:
        """The flaw of a value that was not read from a file."""
        return Problem(self.message, self.fix, path=dotted(self.steps))


def unknown(
    kind: str, name: str | None, valid: Collection[str], *steps: str | int
) -> Iterator[Flaw]:
    """A flaw if `name` is given and none of the valid ones, with the nearest of them."""
    if name is not None and name not in valid:
        yield Flaw(steps, f"there is no {kind} “{name}”", nearest(name, set(valid)), name)


def repeated(
    kind: str, names: Iterable[tuple[Steps, str]], fix: str = "rename it"
) -> Iterator[Flaw]:
    """A flaw for every name that stands a second time."""
    for steps, name, first in twice(names):
        message = f"the {kind} “{name}” stands twice"
        yield Flaw(steps, message, f"{fix}: it is at {dotted(first)} already")


def twice(entries: Iterable[tuple[Steps, K]]) -> Iterator[tuple[Steps, K, Steps]]:
    """Every entry that stands a second time, with its place and that of the first."""
    places: dict[K, Steps] = {}
    for steps, entry in entries:
        if (first := places.setdefault(entry, steps)) != steps:
            yield steps, entry, first
