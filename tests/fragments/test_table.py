"""A table can be read by row and by column, with eyes or with a screen reader."""

from __future__ import annotations

import re

from workbook.fragments.table import TableColumn, table

COLUMNS = (TableColumn("Rank", "n"), "Organisation")
ROWS = [(1, "Ash & Co"), (2, "Birch")]


def test_each_row_is_headed_by_the_column_that_names_it():
    drawn = table(COLUMNS, ROWS, heading=1)
    assert '<td class="n">1</td><th scope="row">Ash &amp; Co</th>' in drawn
    assert '<th scope="col" class="n">Rank</th><th scope="col">Organisation</th>' in drawn


def test_a_caption_labels_the_table_and_the_part_that_scrolls():
    drawn = table(COLUMNS, ROWS, caption="All", seen=False)
    assert '<caption><span class="hidden">All</span></caption>' in drawn
    assert drawn.startswith('<div class="scroll" role="group" aria-label="All"')
    assert "<caption>All</caption>" in table(COLUMNS, ROWS, caption="All")
    assert table(COLUMNS, ROWS).startswith("<table")


def test_a_group_names_its_subject_once_for_eyes_and_in_each_row_for_others():
    drawn = table(("What", "Who"), [("ERP", "Ana"), ("ERP", "Bo"), ("PIM", "Cy")], grouped=True)
    heads = re.findall(r'<th scope="row">(.*?)</th>', drawn)
    assert heads == ["ERP", '<span class="hidden">ERP</span>', "PIM"]
    assert drawn.count('<tr class="more">') == 1
    assert "hidden" not in table(("What",), [("ERP",), ("ERP",)])
