"""Evaluations are made without a notebook, and nobody can tell but by the time they take."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from tests.batch.trial import Heard, order, visible
from workbook import resources
from workbook.batch.afresh import PRIVATE
from workbook.batch.fork.caller import ServerProcess
from workbook.batch.fork.job import Limits
from workbook.batch.local import local_runner
from workbook.batch.running import run
from workbook.cli.main import app
from workbook.i18n import languages

pytestmark = pytest.mark.notebooks
EXAMPLES = resources.templates() / "engagements"
NAMES = ("atelier-belval", "lantern-games", "northgate-home")


def by_notebook(recipe):
    """The runner that runs the notebook for whatever is asked."""
    return local_runner(2)(replace(recipe, isolated=True))


@pytest.fixture
def evaluations(tmp_path):
    """Run three engagements: the files of a batch and what its ledger says of them."""
    for name in NAMES:
        (tmp_path / "clients").mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / f"{name}.yaml", tmp_path / "clients")

    def go(folder, begin, **details):
        asked = order(tmp_path / "clients", out=tmp_path / folder, formats=("json",), **details)
        done = run(asked, begin, Heard())
        entries = [done.ledger.entry(item.name) for item in done.plan.items]
        return visible(tmp_path / folder), [
            (entry.name, entry.key, entry.reason, [o.digest for o in entry.outputs.values()])
            for entry in entries
        ]

    return go


def test_files_and_ledger_are_those_that_the_notebook_makes(evaluations, monkeypatch):
    files, entries = evaluations("a", by_notebook, lang="all")
    assert len(files) == len(languages()) * len(NAMES)
    monkeypatch.delattr(ServerProcess, "teach")  # no notebook can be run
    assert evaluations("b", local_runner(2), lang="all") == (files, entries)


def test_a_limit_ends_them_with_the_words_of_any_report(evaluations):
    limits = Limits(seconds=0.001)
    _, entries = evaluations("a", local_runner(2), limits=limits)
    assert {reason for _, _, reason, _ in entries} == {"took longer than 0.001 s"}


class Spoilt:
    """A runner whose first document becomes unreadable on the way."""

    def __init__(self, runner):
        self._runner = runner
        self.close = runner.close

    def run(self, tasks):
        """Hand the tasks on."""
        yield from self._runner.run(
            replace(task, document=b"key: A\n") if task.name == "atelier-belval.fr" else task
            for task in tasks
        )


def test_what_fails_is_told_as_the_notebook_tells_it_and_stops_no_other(evaluations):
    told = [
        evaluations(folder, lambda recipe, begin=begin: Spoilt(begin(recipe)))
        for folder, begin in (("a", by_notebook), ("b", local_runner(2)))
    ]
    (files, entries), (files_directly, entries_directly) = told
    assert [bool(reason) for _, _, reason, _ in entries] == [True, False, False]
    assert entries_directly == entries
    assert files_directly.keys() == files.keys()


def test_what_a_report_that_was_killed_left_behind_goes_after_a_day(tmp_path):
    document = str(EXAMPLES / "lantern-games.yaml")
    old, new = (tmp_path / f"{PRIVATE}{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    words = ["report", document, "--format", "json", "--out", str(tmp_path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert (old.exists(), new.exists()) == (False, True)
