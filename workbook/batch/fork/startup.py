"""What an interpreter does with its environment when it starts, done once more for a report.

The server started with the environment that its caller had then; a report has today's.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path

PATH, WARNINGS = "PYTHONPATH", "PYTHONWARNINGS"


def follow(before: Mapping[str, str]) -> None:
    """Make import path and warnings those of the environment now; it was `before` at the start."""
    if os.environ.get(PATH) != before.get(PATH):
        old = _folders(before.get(PATH, ""))
        rest = [folder for folder in sys.path if folder not in old]
        sys.path[:] = [*_folders(os.environ.get(PATH, "")), *rest]
    if os.environ.get(WARNINGS) != before.get(WARNINGS):
        rules, old_rules = (_rules(each.get(WARNINGS, "")) for each in (os.environ, before))
        usual = [rule for rule in warnings.filters if rule not in old_rules]
        # As at a start: after the rules of libraries, before the interpreter's own.
        spot = next((n for n, rule in enumerate(usual) if rule in _OWN), len(usual))
        warnings.filters[:] = [*usual[:spot], *rules, *usual[spot:]]  # type: ignore[index]
        warnings._filters_mutated()  # type: ignore[attr-defined]  # noqa: SLF001


def open_folder() -> None:
    """Let modules of the current folder be found: after the library's, where a kernel puts it."""
    sites = {"site-packages", "dist-packages"}
    spots = (spot for spot, folder in enumerate(sys.path) if Path(folder).name in sites)
    sys.path.insert(next(spots, 0), "")


def _folders(path: str) -> list[str]:
    return [os.path.abspath(folder) for folder in path.split(os.pathsep) if folder]  # noqa: PTH100


def _rules(options: str) -> list[tuple[object, ...]]:
    """The filters that such options give, the strongest first."""
    before = list(warnings.filters)
    try:
        warnings.filters[:] = []  # type: ignore[index]
        warnings._processoptions([o for o in options.split(",") if o])  # type: ignore[attr-defined]  # noqa: SLF001
        return list(warnings.filters)
    finally:
        warnings.filters[:] = before  # type: ignore[index]


_OWN = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
]
