"""How figures are printed: never more precise, never more certain than they are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook
from tests.fragments.gallery import FRAMEWORK, NEARLY, SPAN
from workbook import printed
from workbook.i18n import voice
from workbook.model.evaluation import Score, Status
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


@pytest.mark.parametrize(
    ("hours", "english", "french"),
    [
        (1, "1 h", "1 h"),
        (1.5, "1.5 h", "1,5 h"),
        (4, "½ day", "½ jour"),
        (8, "1 day", "1 jour"),
        (12, "1½ days", "1,5 jour"),
        (20, "2½ days", "2,5 jours"),
        (40, "5 days", "5 jours"),
    ],
)
def test_effort_is_said_in_the_unit_a_person_would_use(hours, english, french):
    assert figures.effort_text(hours, EN) == english
    assert figures.effort_text(hours, FR).replace("\N{NO-BREAK SPACE}", " ") == french


@pytest.mark.parametrize(("gain", "said"), [(15.42, "+15.4"), (0.04, "±0"), (-2.0, "−2.0")])
def test_a_gain_always_shows_its_sign(gain, said):
    assert figures.gain_text(gain, EN) == said


# What holds for every score

SCORES = st.floats(min_value=0, max_value=100, allow_nan=False)


@given(SCORES, SCORES)
def test_the_printed_range_always_holds_the_exact_one_and_stays_on_the_scale(one, other):
    low, high = sorted((one, other))
    down, up = figures.rounded_down(low), figures.rounded_up(high)
    assert 0 <= down <= low + figures.NOISE
    assert high - figures.NOISE <= up <= 100


@given(SCORES, SCORES)
def test_a_higher_bound_is_never_printed_lower(one, other):
    less, more = sorted((one, other))
    assert figures.rounded_down(less) <= figures.rounded_down(more)
    assert figures.rounded_up(less) <= figures.rounded_up(more)


@given(st.integers(min_value=0, max_value=100), st.sampled_from([-1e-10, 0.0, 1e-10]))
def test_a_whole_number_is_printed_as_itself_whatever_sums_of_floats_add(whole, noise):
    assert figures.rounded_down(whole + noise) == whole == figures.rounded_up(whole + noise)


@given(SCORES, SCORES, SCORES)
def test_the_printed_point_lies_within_the_printed_range(a, b, c):
    low, point, high = sorted((a, b, c))
    score = Score(low, point, high, S.SCORED)
    down, up = map(int, figures.bounds(score, EN))
    assert down <= int(figures.point_text(score, EN)) <= up


@given(SCORES, SCORES, SCORES, st.sampled_from([S.INDICATIVE, S.NOT_SCORED]))
def test_a_point_that_may_not_be_read_is_printed_nowhere(a, b, c, status):
    low, point, high = sorted((a, b, c))
    shown, hidden = (Score(low, x, high, status) for x in (point, None))
    for text in (figures.point_text, figures.range_text, figures.spoken, figures.share_text):
        assert text(shown, EN) == text(hidden, EN)
    assert figures.shown_point(shown) is None
    assert figures.point_change(shown, Score(low, point, high, S.SCORED)) is None


def test_python_users_print_what_the_report_prints():
    score = Score(81.9, 84.4, 90.1, S.SCORED)
    assert printed(score) == "84 (between 81 and 91, once everything is answered)"
    assert printed(score, "fr").startswith("84 (")


# Nobody else rounds

ROOT = Path(workbook.__file__).parent
SHOWING = ("batch", "cli", "fragments", "portfolio", "report", "widgets", "wording")
"""The rooms that show something to people."""
OTHER_ROUNDING = {
    "batch/running.py": "seconds",
    "batch/summary.py": "seconds",
    "cli/batch_progress.py": "seconds",
    "cli/report.py": "seconds",
    "fragments/axis.py": "months between marks",
    "fragments/charts.py": "steps between marks",
    "fragments/distribution.py": "ranks between marks",
    "report/adapted.py": "weights and thresholds",
    "fragments/colours.py": "parts of a colour",
    "widgets/views/agenda.py": "the order of equal gains",
    "wording/figures.py": "the one place",
}
BOUNDS = {"point", "low", "high", "gain_low", "gain_point"}


@pytest.fixture(scope="module")
def modules_that_show():
    paths = sorted(path for room in SHOWING for path in (ROOT / room).rglob("*.py"))
    sources = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}
    asked = re.compile(r"\b(round|floor|ceil|number)\(")  # the others need no parsing
    return {name: ast.parse(text) for name, text in sources.items() if asked.search(text)}


def calls(tree, *names):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in names:
                yield node


def test_nobody_but_the_figures_rounds_a_score(modules_that_show):
    rounding = {
        name
        for name, tree in modules_that_show.items()
        if any(calls(tree, "round", "floor", "ceil"))
    }
    assert rounding == set(OTHER_ROUNDING)


def test_nobody_but_the_figures_prints_a_bound_or_a_point(modules_that_show):
    bare = [
        f"{name}:{call.lineno}"
        for name, tree in modules_that_show.items()
        if name != "wording/figures.py"
        for call in calls(tree, "number")
        for part in (child for argument in call.args for child in ast.walk(argument))
        if isinstance(part, ast.Attribute) and part.attr in BOUNDS
    ]
    assert bare == []
