"""A client's folder in which every module that can be imported has a file of the same name."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

RAN = "ran.txt"
TRAP = f"open(r'{{folder}}/{RAN}', 'a').write(__name__ + '\\n')\nraise ImportError('a decoy')\n"
ANYWHERE = ("workbook", "sitecustomize", "usercustomize", "client_module", "voila")


def decoy(folder: Path, name: str) -> None:
    """A module that says that it ran."""
    (folder / f"{name}.py").write_text(TRAP.format(folder=folder), "utf-8")


@cache
def names() -> list[str]:
    """Every module that can be imported here, and a few that cannot."""
    known = {*sys.stdlib_module_names, *packages_distributions(), *ANYWHERE}
    return sorted(filter(str.isidentifier, known))


def decoys(folder: Path) -> Path:
    """Fill a folder with decoys."""
    for name in names():
        decoy(folder, name)
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    for path in (startup / "00.py", folder / "profile_default" / "ipython_config.py"):
        path.write_text(TRAP.format(folder=folder), "utf-8")
    return folder


def ran(folder: Path) -> set[str]:
    """The decoys that ran."""
    told = folder / RAN
    return set(told.read_text("utf-8").split()) if told.exists() else set()
