"""Which branches of the package the tests have reached: the total, and the files that lack most.

    make coverage TESTS=tests/store

Reads what the run before it measured, in all processes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coverage import Coverage

ENOUGH = 90
"""Percent of a file's branches, from which it is not listed."""


def measured() -> dict[str, Any]:
    """What coverage.py reports of all processes together."""
    coverage = Coverage()
    coverage.combine()
    with TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        coverage.json_report(outfile=str(path))
        report: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The files with too few of their branches reached, fewest first, then the total."""
    shares = {
        file: (row["summary"]["percent_branches_covered"], row["summary"]["missing_branches"])
        for file, row in report["files"].items()
    }
    for file, (percent, missing) in sorted(shares.items(), key=lambda item: item[1]):
        if percent < ENOUGH:
            yield f"{percent:5.1f} %  {missing:4} not reached  {file}"
    total = report["totals"]
    yield (
        f"{total['percent_branches_covered']:.1f} % of {total['num_branches']} branches reached, "
        f"{total['percent_statements_covered']:.1f} % of {total['num_statements']} statements"
    )


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(measured()))
