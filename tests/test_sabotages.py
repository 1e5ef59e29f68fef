"""The list of sabotages stays one that can be made: `python -m tests.sabotages` tries them all."""

from __future__ import annotations

from tests.sabotages import ROOT, sabotages


def test_every_sabotage_can_be_made():
    astray = {
        sabotage.breaks
        for sabotage in sabotages()
        if (ROOT / sabotage.file).read_text("utf-8").count(sabotage.before) != 1
        or sabotage.after == sabotage.before
        or not all((ROOT / test).exists() for test in sabotage.tests)
    }
    assert astray == set()


def test_forty_promises_are_broken_each_once():
    sentences = [sabotage.breaks for sabotage in sabotages()]
    assert len(set(sentences)) == len(sentences) >= 40
