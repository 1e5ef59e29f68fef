"""What Papermill's default engine makes of the compared notebooks, as digests: `make outcomes`.

Every notebook would need a kernel of its own, half a second of a processor each. A digest counts
for the very notebook and conditions, the Python and the packages that it was made with. For
anything else the default engine runs live, and each day for a few of the notebooks in turn.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path
from zlib import crc32

from tests.batch import compared

ROOT = Path(__file__).resolve().parents[2]
STORE = Path(__file__).with_name("default_outcomes.json")
DAYS = 30
"""Days within which every notebook has had its turn."""
ALWAYS = frozenset((*compared.SHIPPED, *compared.DIFFERING))
"""Notebooks that use the package, and those that are to differ: never kept."""


def surroundings():
    """A digest of the interpreter and of all that is installed beside this project."""
    installed = {(each.name, each.version) for each in distributions()}
    others = sorted(pair for pair in installed if pair[0] != "ownership-workbook")
    return _digest([sys.version, sys.platform, platform.machine(), others])


class Kept:
    """The digests that are stored, as far as they are of these surroundings."""

    def __init__(self):
        stored = json.loads(STORE.read_text("utf-8")) if STORE.exists() else {}
        self._here = surroundings()
        self.outcomes = stored["outcomes"] if stored.get("surroundings") == self._here else {}

    def fits(self, name, case):
        """Whether what is stored was made from this notebook under these conditions."""
        return self.outcomes.get(name, "").startswith(f"{_origin(case)} ")

    def due(self, cases, day):
        """The names of notebooks that the default engine has to run on this day."""
        turn = day.toordinal() % DAYS
        return [
            name
            for name, case in cases.items()
            if name in ALWAYS or crc32(name.encode()) % DAYS == turn or not self.fits(name, case)
        ]

    def shows(self, name, outcome):
        """Whether a notebook came out like this by the default engine."""
        return self.outcomes.get(name, "").endswith(f" {_shown(outcome)}")

    def renew(self, folder):
        """Run what does not fit, and store what comes of it."""
        cases = compared.asked(folder)
        comparable = [name for name in cases if name not in ALWAYS]
        run = compared.Run(folder, "", [n for n in comparable if not self.fits(n, cases[n])])
        self.outcomes = {name: self.outcomes.get(name) for name in comparable} | {
            name: f"{_origin(cases[name])} {_shown(run.outcome(name))}" for name in run.names
        }
        stored = {"surroundings": self._here, "outcomes": dict(sorted(self.outcomes.items()))}
        STORE.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return len(run.names)


def _origin(case):
    apart = {key: value for key, value in case.items() if key not in {"path", "output"}}
    return _digest([Path(case["path"]).read_text("utf-8"), apart])


def _shown(outcome):
    return _digest(outcome, (sys.prefix, "ENVIRONMENT"), (str(ROOT), "CHECKOUT"))


def _digest(value, *replaced):
    text = json.dumps(value, sort_keys=True)
    for place, word in replaced:
        text = text.replace(place, word)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        count = Kept().renew(Path(scratch))
    sys.stdout.write(f"{count} notebooks run\n")
