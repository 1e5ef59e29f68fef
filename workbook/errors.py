"""Errors that a person can act on.

    WorkbookError            anything that this package raises on purpose      exit code 1
    ├── BadInput             a document, parameter or option is wrong          exit code 2
    └── RunFailed            a report or a batch item failed while running     exit code 1

A `BadInput` carries every problem found, not only the first one.
"""

from __future__ import annotations

import difflib
import errno
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")
LONGEST = 1_000
"""Characters of a problem's text before it is cut: it may quote a value of any length."""
MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE}
)
"""Errors of a disk or of the system, whoever gave the name."""
_ACTIVE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def inert(text: str) -> str:
    r"""The text with what steers a terminal, turns the reading direction or is no text as `\u001b`.

    JSON reads these signs back as they were.
    """
    return _ACTIVE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and how to fix it.

    `file` is the document (or "command line"), `line` its 1-based line if known, and `path` the
    place inside it in dotted form (`decisions[3].owner`).
    """

    message: str
    fix: str = ""
    file: str = ""
    line: int | None = None
    path: str = ""

    def __post_init__(self) -> None:
        for field in ("message", "fix", "file", "path"):
            text = getattr(self, field)
            text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
            object.__setattr__(self, field, inert(text))

    @property
    def place(self) -> str:
        """`file:line: path`, leaving out what is not known."""
        spot = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (spot, self.path) if part)

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n    → {self.fix}" if self.fix else head


class WorkbookError(Exception):
    """Root of the tree; `exit_code` is what the command line returns."""

    exit_code = 1


class BadInput(WorkbookError):
    """Something that a person gave is wrong. Carries all problems at once."""

    exit_code = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(map(str, self.problems)))


class RunFailed(WorkbookError):
    """A report or a batch item failed while it ran."""


def every(read: Callable[[A], B], items: Iterable[A]) -> list[B]:
    """What `read` gives for each item, or BadInput with the problems of all of them."""
    results: list[B] = []
    problems: list[Problem] = []
    for item in items:
        try:
            results.append(read(item))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return results


def require(library: str, extra: str, path: str = "", file: str = "command line") -> None:
    """BadInput if an optional library is not there, with the extra of this package that brings it.

    `path` and `file` say where the library was asked for.
    """
    if not installed(library):
        fix = f"install ownership-workbook[{extra}]"
        raise BadInput(Problem(f"{library} is not installed", fix, file, path=path))


def installed(library: str) -> bool:
    """Whether an optional library can be imported; it is not loaded."""
    if library in sys.modules:
        return sys.modules[library] is not None
    return find_spec(library) is not None


SHOWN = 12
"""How many valid names a message lists."""


def nearest(name: str, valid: Iterable[str]) -> str:
    """The fix for a mistyped name: the nearest valid one, or the list of what is valid.

    A name that lacks a word ("tax" for tax_software) is meant before one that is merely similar.
    """
    names = sorted(valid)
    words = [n for n in names if name and name.casefold() in re.split(r"[\W_]+", n.casefold())]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if len(words) == 1 or close:
        return f"did you mean “{words[0] if len(words) == 1 else close[0]}”?"
    names = [*words, *(n for n in names if n not in words)]
    shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
    return f"use one of: {shown}" if names else "there is none to choose from"
