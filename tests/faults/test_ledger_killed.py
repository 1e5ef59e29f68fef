"""A batch's ledger that is killed while it is put in order, and again by the next run."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.faults.victim import Steps
from workbook.batch.ledger import SEGMENTS, Ledger, LedgerEntry
from workbook.batch.outlet import Outlet

COUNT = 2 * SEGMENTS + 6
"""Enough segments that the next run puts them in order as well."""
SECOND = (1, 2, 3, 4, 40)


@pytest.fixture
def many(tmp_path):
    """A ledger of many segments, some of whose reports were made again and again."""
    ledger = Ledger(Outlet.at(str(tmp_path / "out")), "first")
    for number in range(COUNT):
        name = f"report-{number % 9}" if number > SEGMENTS else f"made-once-{number}"
        ledger.note(LedgerEntry(name, f"key-{number}"))
        ledger.commit()
    return tmp_path / "out"


def ordered_until(folder: Path, step: int) -> int:
    """Put the ledger in order in a process that is killed before a step; its status."""
    if not (child := os.fork()):
        sys.addaudithook(Steps(folder, "kill", step).hook)
        Ledger(Outlet.at(str(folder)), "again").compact()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def known(folder: Path) -> dict[str, str]:
    return {entry.name: entry.key for entry in Ledger(Outlet.at(str(folder)), "look")}


def test_a_ledger_killed_again_while_it_recovers_knows_what_it_knew(many, tmp_path):
    expected, folder = known(many), tmp_path / "copy"
    for first in range(1, SEGMENTS, 9):
        for second in SECOND:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(many, folder)
            assert ordered_until(folder, first) == -signal.SIGKILL
            assert ordered_until(folder, second) == -signal.SIGKILL
            assert known(folder) == expected, (first, second)
            assert ordered_until(folder, 0) == 0
            assert known(folder) == expected, (first, second)
            assert len(list((folder / ".batch/ledger").iterdir())) <= SEGMENTS
