"""The ledger by itself: what it reads of what it wrote, and what it takes a file for."""

from __future__ import annotations

import json
import os
import time

import pytest

from workbook.batch.ledger import SEGMENTS, SETTLED, Ledger, LedgerEntry, Output, Unkept
from workbook.batch.outlet import Outlet

OLD = time.time_ns() - 2 * SETTLED


@pytest.fixture
def outlet(tmp_path):
    return Outlet.at(str(tmp_path / "out"))


def filled(outlet, count):
    ledger = Ledger(outlet, "a")
    for number in range(count):
        output = Output(f"{number}.html", "d" * 64, "stamp")
        ledger.note(LedgerEntry(f"n{number}", "k", {"html": output}, seconds=0.5))
        ledger.remember(f"i{number}", {"name": f"é{number}"})
        ledger.commit()
    return ledger


def test_a_ledger_reads_what_it_wrote_and_the_last_word_counts(outlet):
    ledger = filled(outlet, 3)
    ledger.note(
        LedgerEntry("n1", "other", reason="ValueError: two\n\u2028lines", partial="failed/n1.ipynb")
    )
    ledger.commit()
    read = Ledger(outlet, "b")
    assert list(read) == list(ledger)
    assert read.entry("n1").reason == "ValueError: two\n\u2028lines"
    assert (read.entry("n0").seconds, read.entry("n1").seconds) == (0.5, 0)
    assert read.facts("i2") == {"name": "é2"}
    assert read.entry("no such") is None


def test_what_is_not_committed_is_not_known(outlet):
    ledger = filled(outlet, 1)
    ledger.note(LedgerEntry("n9", "k"))
    assert Ledger(outlet, "b").entry("n9") is None


def test_many_segments_become_one_that_says_the_same(outlet):
    ledger = filled(outlet, SEGMENTS + 1)
    before = list(ledger)
    ledger.compact()
    assert len(outlet.names(".batch/ledger")) == 1
    read = Ledger(outlet, "b")
    assert list(read) == before
    assert read.facts("i0") == {"name": "é0"}


def test_a_spoilt_line_costs_only_what_it_said(outlet):
    filled(outlet, 3)
    segment = outlet.names(".batch/ledger")[1]
    outlet.write(f".batch/ledger/{segment}", b'\xff{"name": "n1"\n[]\n{}\n', "x")
    read = Ledger(outlet, "b")
    assert [entry.name for entry in read] == ["n0", "n2"]


def test_segments_are_numbered_on_and_other_files_are_none(outlet):
    filled(outlet, 2)
    outlet.write(".batch/ledger/00000009.jsonl.old", b'{"name": "other"}\n', "x")
    ledger = Ledger(outlet, "b")
    ledger.note(LedgerEntry("n7", "k"))
    ledger.commit()
    ledger.commit()
    names = [f"0000000{number}.jsonl" for number in (1, 2, 3)]
    assert list(outlet.names(".batch/ledger")) == [*names, "00000009.jsonl.old"]
    assert len(Ledger(outlet, "c")) == len(ledger) == 3


def test_a_few_segments_stay_as_they_are(outlet):
    ledger = filled(outlet, 3)
    ledger.compact()
    assert len(outlet.names(".batch/ledger")) == 3


def test_a_ledger_that_became_one_segment_goes_on_to_as_many_as_before(outlet):
    ledger = filled(outlet, SEGMENTS + 1)
    ledger.saw("a", stamp(), "d1")
    ledger.compact()
    for number in range(SEGMENTS - 1):
        ledger.note(LedgerEntry(f"late{number}", "k"))
        ledger.commit()
    ledger.compact()
    assert len(outlet.names(".batch/ledger")) == SEGMENTS
    read = Ledger(outlet, "b")
    assert (len(read), read.digest("a", stamp())) == (2 * SEGMENTS, "d1")


def test_a_segment_is_lines_of_json_and_nothing_else(outlet):
    filled(outlet, 1)
    content = outlet.read(".batch/ledger/00000001.jsonl").decode("ascii")
    assert content.endswith("}\n")
    assert len([json.loads(line) for line in content.splitlines()]) == 2


def stamp(**changes: int) -> os.stat_result:
    """The stamp of a file that nobody has touched for a while."""
    usual = {"size": 10, "mtime": OLD, "ctime": OLD, "inode": 5, "device": 6} | changes
    times = {"st_mtime_ns": usual["mtime"], "st_ctime_ns": usual["ctime"]}
    plain = (0o100600, usual["inode"], usual["device"], 1, 0, 0, usual["size"], 0, 0, 0)
    return os.stat_result(plain, times)


def test_a_file_is_what_it_was_while_nothing_of_its_stamp_changes(outlet):
    ledger = Ledger(outlet, "a")
    assert ledger.digest("a", stamp()) == ""
    ledger.saw("a", stamp(), "d1")
    ledger.commit()
    read = Ledger(outlet, "b")
    assert (read.digest("a", stamp()), read.digest("b", stamp())) == ("d1", "")
    for part in ("size", "mtime", "ctime", "inode", "device"):
        assert read.digest("a", stamp(**{part: 11})) == "", part


@pytest.mark.parametrize("clock", ["mtime", "ctime"])
def test_a_file_that_changed_a_moment_ago_is_not_remembered(outlet, clock):
    ledger = Ledger(outlet, "a")
    ledger.saw("a", stamp(**{clock: time.time_ns()}), "d1")
    assert ledger.digest("a", stamp(**{clock: time.time_ns()})) == ""
    ledger.commit()
    assert not outlet.names(".batch/ledger")


def test_what_is_not_kept_is_known_until_the_end_and_written_nowhere(outlet):
    ledger = Unkept(outlet, "a")
    ledger.note(LedgerEntry("n1", "k"))
    ledger.remember("i1", {"name": "é"})
    ledger.saw("a", stamp(), "d1")
    ledger.commit()
    ledger.compact()
    assert ledger.entry("n1") == LedgerEntry("n1", "k")
    assert (ledger.facts("i1"), ledger.digest("a", stamp())) == ({"name": "é"}, "d1")
    assert not outlet.names(".batch/ledger")
