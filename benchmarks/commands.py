"""How long the commands take that people wait for, as whole programs, beside bare imports.

python -m benchmarks.commands [ROUNDS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workbook import resources

ROUNDS = 15
LORIENT = str(Path(resources.templates(), "engagements", "maison-lorient.yaml"))
PROGRAM = str(Path(sys.executable).with_name("workbook"))
IMPORTS = "import numpy, pydantic"
COMMANDS = {
    "workbook --help": (PROGRAM, "--help"),
    "workbook list": (PROGRAM, "list"),
    "workbook check maison-lorient.yaml": (PROGRAM, "check", LORIENT),
    "workbook evaluate maison-lorient.yaml": (PROGRAM, "evaluate", LORIENT),
    f'python -c "{IMPORTS}"': (sys.executable, "-c", IMPORTS),
}
LAST = list(COMMANDS)[-1]
BARS = {"workbook evaluate maison-lorient.yaml": 1.75}


def seconds(command: tuple[str, ...], home: str) -> float:
    """How long a program takes from start to end."""
    begun = time.perf_counter()
    environment = os.environ | {"WORKBOOK_HOME": home}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


def main(rounds: int = ROUNDS) -> None:
    """Measure all in turn and print a table."""
    took: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds + 1):
            for name, command in COMMANDS.items():
                took[name] += [seconds(command, home)] if number else []
    base = statistics.median(took[LAST])
    print("Seconds of the whole command: median (minimum–maximum), measured in turn.\n")
    print("| command | s | × the imports | bar |\n|---|---|---:|---|")
    for name, each in took.items():
        middle = statistics.median(each)
        bar = f"≤ {BARS[name]}" if name in BARS else ""
        print(
            f"| `{name}` | {middle:.3f} ({min(each):.3f}–{max(each):.3f}) "
            f"| {middle / base:.2f} | {bar} |"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
