"""Run every benchmark of this folder, one after the other, and write what they print to RESULTS.md.

    python -m benchmarks [--quick] [NAME …]

Each one is a program of its own (`python -m benchmarks.NAME`) and prints Markdown: figures beside
the bar that they are held to. Nothing else should run on the machine meanwhile. What was measured
before stands below what is measured now; what else RESULTS.md tells stays. Without names all are
measured, in a form that takes less than forty minutes. --quick takes a few rounds of each, less
than five minutes in all, and prints what it finds. A benchmark that fails makes the run fail.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
QUICK: Mapping[str, tuple[str, ...]] = {
    "batch": ("--quick",),
    "batch_growth": ("--quick",),
    "commands": ("3",),
    "evaluations": ("20",),
    "exchange": (),
    "following": ("5",),
    "formats": ("3", "1"),
    "growth": ("1000", "10000"),
    "page": ("3",),
    "resume": ("2",),
    "saving": ("500", "50"),
    "scoring": ("10000", "100000"),
    "session": ("3",),
    "unchanged": ("200", "2"),
    "workshop": ("0.1", "sqlite"),
}
"""How each is told to be quick."""
WHOLE: Mapping[str, tuple[str, ...]] = {
    "batch_growth": ("--short",),
    "resume": ("25",),
    "session": ("25",),
    "unchanged": ("10000", "3"),
}
"""How those that would take longest alone are told to take less where all are measured."""
BEFORE = "\n### Before\n"
LIBRARIES = ("pandas", "numpy", "papermill", "nbclient", "ipykernel", "ploomber-engine")


def machine() -> str:
    """What the figures were measured on."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}; {libraries}"


def programs() -> list[str]:
    """The names of all benchmarks."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def measured(name: str, arguments: Iterable[str] = ()) -> tuple[str, bool]:
    """What one benchmark prints, and whether it ended well; a failure is part of the results."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *arguments],
        cwd=HERE.parent,
        check=False,
        capture_output=True,
        text=True,
    )
    text = done.stdout.strip()
    if done.returncode:
        text += f"\n\nfailed with exit code {done.returncode}: {done.stderr[-500:]}"
    return text.strip(), not done.returncode


def known() -> dict[str, str]:
    """The sections of RESULTS.md as it is."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = (part.partition("\n") for part in text.split("\n## ")[1:])
    return {title: content.strip() for title, _, content in parts}


def written(parts: Mapping[str, str]) -> None:
    """Write these sections to RESULTS.md, by title."""
    text = ["# Results\n", f"{machine()}\n"]
    text += [f"## {title}\n\n{parts[title]}\n" for title in sorted(parts)]
    RESULTS.write_text("\n".join(text), encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmarks, or all, and write the results; 1 if one of them failed."""
    quick = "--quick" in arguments
    names = [argument for argument in arguments if argument != "--quick"]
    options = QUICK if quick else {} if names else WHOLE
    parts, failed, begun = known(), [], time.monotonic()
    for name in names or programs():
        started = time.monotonic()
        print(f"{name} …", flush=True)
        now, well = measured(name, options.get(name, ()))
        failed += [] if well else [name]
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
        if quick:
            print(f"\n{now}\n", flush=True)
            continue
        earlier = parts.get(name, "").partition(BEFORE)[0].strip()
        parts[name] = f"{now}\n{BEFORE}\n{earlier}" if earlier else now
        written(parts)
    where = "" if quick else f", written to {RESULTS.relative_to(HERE.parent)}"
    print(f"{(time.monotonic() - begun) / 60:.1f} minutes in all{where}")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
