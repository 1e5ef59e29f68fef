"""Charts: labels keep apart, lengths are true, sums are sums."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fragments import pieces as f
from tests.fragments.gallery import Samples
from workbook.fragments.axis import Axis, Scale, placed
from workbook.fragments.svg import clipped, text_width
from workbook.i18n import voice

EN, FR = voice("en"), voice("fr")
DAY = dt.date


@given(
    st.lists(st.tuples(st.floats(0, 760), st.text("aMi é’", min_size=1, max_size=30)), max_size=12)
)
def test_labels_never_overlap_and_never_leave_the_drawing(labels):
    found = placed(sorted(labels), 0, 760)
    for one in found:
        half = text_width(one.text) / 2
        assert one.x - half >= -1e-6
        assert one.x + half <= 760 + 1e-6
    for line in {one.line for one in found}:
        row = sorted((one for one in found if one.line == line), key=lambda one: one.x)
        for left, right in pairwise(row):
            apart = right.x - left.x
            assert apart >= (text_width(left.text) + text_width(right.text)) / 2


def test_a_long_text_is_shortened_to_its_room():
    said = clipped("Établissements Vandenbroucke et Fils", 120)
    assert said.endswith("…")
    assert text_width(said) <= 120


@pytest.mark.parametrize(
    ("months", "expected"),
    [(2, 2), (9, 9), (24, 8), (120, 5)],
)
def test_months_are_thinned_out_until_their_names_have_room(months, expected):
    start = DAY(2026, 1, 1)
    end = DAY(2026 + (months - 1) // 12, (months - 1) % 12 + 1, 28)
    axis = Axis(start, end, 0, 580)
    ticks = axis.months(room=62)
    assert ticks[0] == start
    assert len(ticks) == expected
    assert all(axis.x(after) - axis.x(before) > 56 for before, after in pairwise(ticks))


def line(*systems, gaps=(), checkpoints=()):
    return f.Timeline(
        "T",
        DAY(2026, 9, 1),
        DAY(2026, 11, 23),
        DAY(2027, 6, 15),
        systems,
        checkpoints,
        gaps,
        "looks",
    )


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (f.SystemDate("ERP", DAY(2027, 7, 6), 21), "6 Jul 2027 · 21 days late"),
        (f.SystemDate("ERP", DAY(2027, 6, 16), 1), "16 Jun 2027 · 1 day late"),
        (f.SystemDate("ERP", DAY(2027, 3, 31)), "31 Mar 2027"),
        (f.SystemDate("ERP", None), "no date given"),
    ],
)
def test_a_back_office_date_is_said_in_the_picture_and_in_its_description(system, words):
    drawn = f.timeline(line(system), EN)
    assert f"{words}</text>" in drawn
    assert f"ERP: {words}." in re.search(r"<desc[^>]*>(.*?)</desc>", drawn)[1]


def test_what_is_late_has_a_shape_of_its_own():
    late = f.timeline(line(f.SystemDate("ERP", DAY(2027, 7, 6), 21)), EN)
    fine = f.timeline(line(f.SystemDate("ERP", DAY(2027, 5, 6))), EN)
    assert "bad-fill" in late
    assert "bad-fill" not in fine


@pytest.mark.parametrize(
    ("ready", "anchor"),
    [
        (DAY(2027, 3, 31), ""),  # room enough between its mark and go-live
        (DAY(2027, 5, 6), "end"),  # its words would lie across the line of go-live
        (DAY(2027, 6, 15), "end"),
        (DAY(2026, 9, 2), ""),
    ],
)
def test_a_date_does_not_lie_across_the_line_of_go_live(ready, anchor):
    late = f.SystemDate("OMS", DAY(2027, 9, 1), 78)
    drawn = f.timeline(line(f.SystemDate("ERP", ready), late), EN)
    said = re.search(rf"<text ([^>]*)>{EN.date(ready, 'medium')}</text>", drawn)[1]
    assert ('text-anchor="end"' in said) == bool(anchor)


def test_a_gap_up_to_go_live_is_named_before_its_line():
    gap = f.Gap(DAY(2027, 4, 28), DAY(2027, 6, 15))
    late = f.SystemDate("OMS", DAY(2027, 9, 1), 78)
    drawn = f.timeline(line(late, gaps=(gap,), checkpoints=(DAY(2027, 4, 28),)), EN)
    x, said = re.search(r'<text x="([\d.]+)"[^>]*>(gap of 48 days)</text>', drawn).groups()
    go_live = float(re.search(r'<line x1="([\d.]+)"[^>]*class="axis"', drawn)[1])
    assert float(x) + text_width(said) / 2 < go_live


def test_gaps_between_checkpoints_are_shaded_and_named():
    gap = f.Gap(DAY(2027, 2, 15), DAY(2027, 6, 15))
    drawn = f.timeline(line(gaps=(gap,), checkpoints=(DAY(2027, 2, 15),)), FR)
    assert 'class="hatch"' in drawn
    assert "interruption de 120 jours" in drawn


def test_two_timelines_on_a_page_do_not_share_ids():
    one, other = f.timeline(line(), EN, name="one"), f.timeline(line(), EN, name="other")
    ids = [set(re.findall(r' id="([^"]+)"', drawn)) for drawn in (one, other)]
    assert not ids[0] & ids[1]


def test_contributions_of_the_table_add_up_to_the_score_in_its_last_row():
    drawn = f.why_table("Why", Samples("en").why(), EN)
    foot = re.search(r"<tfoot>(.*?)</tfoot>", drawn)[1]
    assert re.findall(r'class="n">([\d.]+)<', foot) == ["100.0", "65.2", "34.8"]


def test_the_waterfall_ends_where_the_score_stands():
    drawn = f.waterfall("Why", Samples("en").why(), EN)
    total = re.search(r'<rect x="178" y="\d+" width="([\d.]+)"[^>]*class="ink-fill"', drawn)
    scale = Scale(178, 708)
    assert float(total[1]) == pytest.approx(scale.x(65.22) - 178, abs=0.02)


def test_votes_fill_the_bar_exactly():
    votes = f.VoteRow(
        "x", 22, (f.Share("A", 13), f.Share("B", 8), f.Share("0", 1, nobody=True)), "contested"
    )
    widths = re.findall(r'width="([\d.]+)%" height="11"', f.vote_bar(votes))
    assert sum(map(float, widths)) == pytest.approx(100, abs=0.02)
    assert "seg-nobody" in f.vote_bar(votes)


@pytest.mark.parametrize(
    ("value", "tone"),
    [(0, "not"), (39.999, "not"), (40, "risk"), (64.999, "risk"), (65, "nearly"), (85, "ready")],
)
def test_a_heat_cell_takes_the_step_it_lies_in_unrounded(value, tone):
    heat = Samples("en").heat()
    cell = f.HeatMap(
        "H", "", ("c",), (f.HeatGroup("", (f.HeatRow("r", (f.HeatCell(value),)),)),), heat.steps
    )
    assert f'<td class="{tone}">' in f.heat_map(cell, EN)
