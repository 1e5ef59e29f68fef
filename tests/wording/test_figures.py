"""How figures are printed: never more precise, never more certain than they are."""

from __future__ import annotations

import pytest

from tests.fragments.gallery import FRAMEWORK, NEARLY, SPAN
from workbook.i18n import voice
from workbook.model.evaluation import LevelSpan, Score, Status
from workbook.wording import figures

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
    assert figures.bounds(Score(low, (low + high) / 2, high, S.SCORED), EN) == printed


@pytest.mark.parametrize(
    ("span", "english", "french"),
    [
        (SPAN, "At risk to Nearly ready", "À risque – Presque prêt"),
        (NEARLY, "Nearly ready", "Presque prêt"),
    ],
)
def test_a_level_is_said_with_its_span(span, english, french):
    assert figures.level_text(FRAMEWORK, span, EN) == english
    assert figures.level_text(FRAMEWORK, span, FR) == french


def test_without_a_point_the_level_says_that_nothing_is_answered():
    span = LevelSpan("not_ready", "ready", None, confirmed=False)
    assert figures.level_note(FRAMEWORK, span, EN) == "provisional, nothing is answered yet"


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
    assert figures.effort_text(hours, EN) == english
    assert figures.effort_text(hours, FR).replace("\N{NO-BREAK SPACE}", " ") == french


@pytest.mark.parametrize(("gain", "said"), [(15.42, "+15.4"), (0.04, "±0"), (-2.0, "−2.0")])
def test_a_gain_always_shows_its_sign(gain, said):
    assert figures.gain_text(gain, EN) == said
