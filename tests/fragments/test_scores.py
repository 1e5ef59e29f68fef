"""How scores are printed: never more precise, never more certain than they are."""

from __future__ import annotations

import pytest

from tests.fragments import pieces as f
from tests.fragments.gallery import FRAMEWORK, INDICATIVE, NEARLY, OVERALL, SPAN
from workbook.i18n import voice
from workbook.model.evaluation import Score, Status
from workbook.wording import figures

EN = voice("en")
S = Status


@pytest.mark.parametrize(
    ("score", "number", "words"),
    [
        (OVERALL, "65", "between 53 and 72, once everything is answered"),
        (Score(80, 80, 80, S.SCORED), "80", "final: everything is answered"),
        (INDICATIVE, "20–89", "indicative range: too much is open for one number"),
        (Score(0, None, 100, S.NOT_SCORED), "0–100", "not scored yet: nothing is answered"),
        (Score(None, None, None, S.NOT_APPLICABLE), "–", "not applicable here"),
    ],
)  # fmt: skip
def test_a_score_never_stands_without_its_range(score, number, words):
    drawn = f.score_figure(score, EN)
    assert figures.point_text(score, EN) == number
    assert figures.range_text(score, EN) == words
    assert number in drawn
    assert words in drawn


def test_an_indicative_score_hides_its_point_from_everybody():
    score = Score(20.2, 61.4, 88.4, S.INDICATIVE)
    everything = f.score_figure(score, EN) + f.range_bar(score, EN) + figures.spoken(score, EN)
    assert "61" not in everything


def test_a_provisional_level_wears_the_sign_of_what_is_certain():
    assert "▲" in f.level_chip(FRAMEWORK, SPAN, EN)
    assert "◆" in f.level_chip(FRAMEWORK, NEARLY, EN)
