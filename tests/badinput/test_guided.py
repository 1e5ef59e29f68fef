"""A fuzzer looks for inputs that a reader neither reads nor refuses. `guided` says how.

A failure tells the input: `python -m tests.badinput.guided --only READER --input BASE64`.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys

import pytest

from tests.badinput.guided import ROOT, SHARES, Bounds, guided, is_there

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_there(), reason="atheris has wheels for Linux on x86-64 alone"),
]
FEW = Bounds(inputs=200, seconds=250, seed=1)
CONTROL = "tests.badinput.control"


def test_inputs_that_are_looked_for_are_read_or_refused():
    found = list(guided(list(SHARES), FEW))
    assert [failure for each in found for failure in each.failures] == []
    # A reader that refuses all, or none, is not given what it reads.
    assert [each.reader for each in found if not (each.read and each.refused)] == []
    assert [each.reader for each in found if each.tried < FEW.inputs] == []


@pytest.fixture(scope="module")
def broken():
    """Readers that are wrong on purpose."""
    found = guided(["breaks", "dies"], Bounds(inputs=100_000, seconds=100, seed=1), [CONTROL])
    return {each.reader: each.failures for each in found}


def test_the_bytes_that_break_a_reader_are_found_and_break_it_again(broken):
    (failure,) = broken["breaks"]
    words = re.search(r"--only breaks --input (\S+)", failure)
    assert base64.b64decode(words[1]) == b"owb!"
    again = [sys.executable, "-m", "tests.badinput.guided", "--modules", CONTROL, *words[0].split()]
    ran = subprocess.run(again, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "IndexError: list index out of range" in ran.stderr


def test_an_input_that_ends_the_process_is_told(broken):
    (failure,) = broken["dies"]
    assert base64.b64encode(b"{}").decode() in failure
