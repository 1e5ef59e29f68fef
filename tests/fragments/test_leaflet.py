"""A leaflet: one value, two renderers, and no text of somebody's that becomes a mark."""

from __future__ import annotations

import pytest

from workbook.fragments.leaflet import (
    Bullets,
    Leaflet,
    LeafletTable,
    leaflet_html,
    leaflet_markdown,
)


def leaflet(*pieces):
    return Leaflet("Minutes", "en", "today", "All is well.", (("Part", pieces), ("Empty", (None,))))


def test_both_tell_the_same_and_leave_out_what_is_empty():
    value = leaflet(
        "A sentence.", Bullets(("one", "two")), LeafletTable("C", ("A", "B"), (("1", "2"),))
    )
    page, text = leaflet_html(value), leaflet_markdown(value)
    assert text == (
        "# Minutes\n\ntoday\n\nAll is well.\n\n## Part\n\nA sentence.\n\n- one\n- two\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n"
    )
    for part in ("Minutes", "today", "All is well.", "A sentence.", "<li>two</li>", "<td>2</td>"):
        assert part in page
    assert "Empty" not in page + text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("1. no item", "\\1. no item"),
        ("a | b", "a \\| b"),
        ("<script>", "\\<script\\>"),
        ("[a](http://x)", "\\[a\\](http://x)"),
        ("two\nlines", "two lines"),
        ("24\N{NO-BREAK SPACE}h", "24\N{NO-BREAK SPACE}h"),
    ],
)
def test_what_somebody_wrote_stays_a_text(text, escaped):
    assert f"\n{escaped}\n" in leaflet_markdown(leaflet(text))
