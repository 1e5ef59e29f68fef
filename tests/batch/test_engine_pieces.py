"""What the engine does by itself for speed is what nbformat and Papermill do."""

from __future__ import annotations

import json
import os
import signal
import time

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from papermill.parameterize import parameterize_notebook
from papermill.translators import translate_parameters

from tests.batch.small_notebooks import written
from workbook.batch.fork import wire
from workbook.batch.fork.injection import injected
from workbook.batch.fork.prepared import parameterised, prepare
from workbook.batch.fork.progress import Board

pytestmark = pytest.mark.slow

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.integers() | st.floats()
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True).map(lambda name: f"p_{name}")


@given(st.dictionaries(NAMES, PLAIN, max_size=4))
def test_parameters_are_written_as_papermill_writes_them(parameters):
    assert injected(parameters) == translate_parameters(
        "python3", "python", parameters, "Parameters"
    )


@given(st.dictionaries(NAMES, PLAIN, max_size=4))
def test_parameters_read_back_as_they_were_given(parameters):
    found = {}
    exec(injected(parameters), found)  # noqa: S102 - what is tested is that this is safe
    found.pop("__builtins__")
    assert json.dumps(found) == json.dumps(parameters)


def test_the_cell_of_parameters_stands_where_papermill_puts_it(tmp_path):
    path = written(tmp_path, "n = 1", "n")
    once = parameterised(prepare(path.read_text()), {"n": 2})
    again = parameterised(prepare(json.dumps(once)), {"n": 3})
    theirs = parameterize_notebook(parameterize_notebook(_with_tags(path), {"n": 2}), {"n": 3})
    assert [cell["source"] for cell in again["cells"]] == [cell.source for cell in theirs.cells]
    assert [cell["source"] for cell in once["cells"]] == ["n = 1", "# Parameters\nn = 2\n", "n"]


def _with_tags(path):
    notebook = nbformat.read(path, 4)
    notebook.metadata.papermill = nbformat.NotebookNode()
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return notebook


def test_an_old_notebook_gets_ids_that_are_the_same_every_time():
    code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": []}
    text = {"cell_type": "markdown", "metadata": {}, "source": ["a\n", "b"]}
    cells = [code | {"source": ["1"]}, text]
    old = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2})
    first, second = prepare(old), prepare(old)
    assert first == second
    assert len({cell["id"] for cell in first["cells"]}) == 2
    nbformat.validate(nbformat.from_dict(first))


@given(st.lists(st.dictionaries(TEXTS, PLAIN, max_size=3), max_size=4), st.integers(1, 40))
def test_messages_arrive_whole_however_they_are_cut(contents, size):
    sent = b"".join(wire.packed(wire.EVENT, content) for content in contents)
    inbox = wire.Inbox()
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    heard = [wire.unpacked(body) for piece in pieces for _, body in inbox.take(piece)]
    assert json.dumps(heard) == json.dumps(contents)


def test_what_a_reader_finds_of_a_cell_was_never_half_written():
    """A mark half written, a cell since 0 s, would end its report as late."""
    board, begun = Board(1), time.monotonic()
    writer = os.fork()
    if not writer:
        while True:
            board.note(0, 1)
            board.clear(0)
    try:
        while time.monotonic() < begun + 1:
            start = board.read(0)
            assert start is None or begun <= start.since <= time.monotonic()
    finally:
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
