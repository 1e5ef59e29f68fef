"""How scores are printed: never more precise, never more certain than they are."""

from __future__ import annotations

import pytest

from tests.fragments.gallery import FRAMEWORK, INDICATIVE, NEARLY, OVERALL, SPAN
from workbook import fragments as f
from workbook.i18n import voice
from workbook.model.evaluation import LevelSpan, Score, Status

EN, FR = voice("en"), voice("fr")
S = Status


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (53.75, 71.25, ("53", "72")),
        (54.0, 71.0, ("54", "71")),
        (0.0, 100.0, ("0", "100")),
        (53.9999999999, 71.0000000001, ("54", "71")),
        (39.9, 40.1, ("39", "41")),
    ],
)
def test_low_is_rounded_down_and_high_up(low, high, printed):
    assert f.bounds(Score(low, (low + high) / 2, high, S.SCORED), EN) == printed


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
    assert f.point_text(score, EN) == number
    assert f.range_text(score, EN) == words
    assert number in drawn
    assert words in drawn


def test_an_indicative_score_hides_its_point_from_everybody():
    score = Score(20.2, 61.4, 88.4, S.INDICATIVE)
    everything = f.score_figure(score, EN) + f.range_bar(score, EN) + f.spoken(score, EN)
    assert "61" not in everything


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (SPAN, "At risk to Nearly ready", "À risque – Presque prêt"),
        (NEARLY, "Nearly ready", "Presque prêt"),
    ],
)
def test_a_level_is_said_with_its_span(span, english, french):
    assert f.level_text(FRAMEWORK, span, EN) == english
    assert f.level_text(FRAMEWORK, span, FR) == french


def test_a_provisional_level_wears_the_sign_of_what_is_certain():
    assert "▲" in f.level_chip(FRAMEWORK, SPAN, EN)
    assert "◆" in f.level_chip(FRAMEWORK, NEARLY, EN)


def test_without_a_point_the_level_says_that_nothing_is_answered():
    span = LevelSpan("not_ready", "ready", None, confirmed=False)
    assert f.level_note(FRAMEWORK, span, EN) == "provisional, nothing is answered yet"


@pytest.mark.parametrize(
    ("hours", "english", "french"),
    [
        (1, "1 h", "1 h"),
        (1.5, "1.5 h", "1,5 h"),
        (4, "½ day", "½ jour"),
        (8, "1 day", "1 jour"),
        (12, "1½ days", "1½ jours"),
        (40, "5 days", "5 jours"),
    ],
)
def test_effort_is_said_in_the_unit_a_person_would_use(hours, english, french):
    assert f.effort_text(hours, EN) == english
    assert f.effort_text(hours, FR).replace("\N{NO-BREAK SPACE}", " ") == french


@pytest.mark.parametrize(("gain", "said"), [(15.42, "+15.4"), (0.04, "±0"), (-2.0, "−2.0")])
def test_a_gain_always_shows_its_sign(gain, said):
    assert f.gain_text(gain, EN) == said
