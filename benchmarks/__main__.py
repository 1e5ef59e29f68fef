"""Run every benchmark of this folder, one after the other, and write what they print to RESULTS.md.

    python -m benchmarks [--quick] [NAME …]

Each one is a program of its own (`python -m benchmarks.NAME`) and prints Markdown: figures beside
the bar that they are held to. Nothing else should run on the machine meanwhile. With names only
these are measured again; what else RESULTS.md tells stays. --quick takes a few rounds of each, less
than five minutes in all, and prints what it finds.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
QUICK = {
    "batch": ("--quick",),
    "batch_growth": ("--quick",),
    "commands": ("3",),
    "evaluations": ("40",),
    "following": ("5",),
    "page": ("3",),
    "resume": ("4",),
    "saving": ("500", "50"),
    "scoring": ("10000", "100000"),
    "session": ("10",),
    "workshop": ("0.1",),
    "unchanged": ("500",),
}
"""How each is told to be quick."""
LIBRARIES = ("pandas", "numpy", "papermill", "nbclient", "ipykernel", "ploomber-engine")


def machine() -> str:
    """What the figures were measured on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}; {libraries}"


def programs() -> list[str]:
    """The names of all benchmarks."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def section(name: str, arguments: Iterable[str] = ()) -> str:
    """What one benchmark prints, under its name; a failure is part of the results."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=HERE.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    said = done.stdout.strip() or f"failed with exit code {done.returncode}: {done.stderr[-500:]}"
    return f"## {name}\n\n{said}\n"


def known() -> dict[str, str]:
    """The sections of RESULTS.md as it is."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = ["## " + part.rstrip() + "\n" for part in text.split("\n## ")[1:]]
    return {part.split("\n", 1)[0].removeprefix("## "): part for part in parts}


def main(arguments: Sequence[str]) -> None:
    """Run the named benchmarks, or all, and write the results."""
    names = [argument for argument in arguments if argument != "--quick"]
    if "--quick" in arguments:
        for name in names or programs():
            print(section(name, QUICK[name]), flush=True)
        return
    parts = known() if names else {}
    for name in names or programs():
        print(f"{name} …", flush=True)
        parts[name] = section(name)
        text = ["# Results\n", f"{machine()}\n", *(parts[name] for name in sorted(parts))]
        RESULTS.write_text("\n".join(text), encoding="utf-8")
    print(f"written to {RESULTS.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main(sys.argv[1:])
