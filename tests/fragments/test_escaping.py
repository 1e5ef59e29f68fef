"""Texts of people are texts: whatever they type, no element and no attribute comes of it."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

from tests.fragments import pieces as f
from tests.fragments.gallery import FRAMEWORK, OVERALL, SPAN
from workbook.i18n import voice
from workbook.model.evaluation import GateState
from workbook.model.framework import Severity
from workbook.model.ownership import Consensus

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{0}"
DAY = dt.date(2026, 11, 23)
V = voice("en")


class Reader(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), {}, []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for key, value in attrs:
            self.attributes.setdefault(key, []).append(value)

    def handle_data(self, data):
        self.texts.append(data)


def wide(people):
    parties = tuple(f.MapParty(f"p{i}", EVIL, EVIL, outside=True) for i in range(people))
    rows = (f.MapRow(EVIL, (("p0", ("A",)),), "owned", note=EVIL),)
    return f.ownership_map(f.MapTable(EVIL, parties, (f.MapArea(EVIL, rows),)), V)


MADE = {
    "chip": f.chip(EVIL, "risk", EVIL, EVIL),
    "areas": f.areas_table(FRAMEWORK, (f.AreaLine(EVIL, OVERALL, SPAN, EVIL),), V),
    "actions": f.actions_table((f.ActionLine(EVIL, EVIL, DAY, 1, 1.0, EVIL),), V, caption=EVIL),
    "map": wide(3),
    "dense map": wide(12),
    "wide map": wide(40),
    "heat": f.heat_map(
        f.HeatMap(
            EVIL,
            EVIL,
            (EVIL,),
            (f.HeatGroup(EVIL, (f.HeatRow(EVIL, (f.HeatCell(4),)),)),),
            f.level_steps(FRAMEWORK, V),
        ),
        V,
    ),
    "timeline": f.timeline(f.Timeline(EVIL, DAY, DAY, DAY, (f.SystemDate(EVIL, DAY, 3),)), V),
    "agreement": f.agreement_bars(
        EVIL,
        (f.VoteGroup(EVIL, (f.VoteRow(EVIL, 1, (f.Share(EVIL, 1),), Consensus.AGREED),)),),
        V,
    ),
    "findings": f.findings_list(
        (f.FindingCard(Severity.HIGH, EVIL, EVIL, EVIL, (EVIL,) * 6, EVIL),), V
    ),
    "gates": f.gates_list((f.GateLine(EVIL, GateState.TRIPPED, EVIL, EVIL),), V),
    "why": f.why_table(EVIL, (f.WhyGroup(EVIL, (f.WhyRow(EVIL, 0.5, 1, 1, EVIL),)),), V),
    "waterfall": f.waterfall(EVIL, (f.WhyGroup(EVIL, (f.WhyRow(EVIL, 0.5, 1, 1),)),), V),
    "ranks": f.rank_intervals(EVIL, (f.Ranked(EVIL, 1, 1, 2),), V),
    "histogram": f.histogram(EVIL, (f.Bin(0, 10, 3),), V, mark=(EVIL, 4)),
    "sparkline": f.sparkline(EVIL, (1, 2)),
    "figures": f.key_figures((f.KeyFigure(EVIL, EVIL, EVIL, "not"),)),
    "method": f.method_box(EVIL, ((EVIL, EVIL),), (EVIL,)),
    "masthead": f.masthead(EVIL, EVIL) + f.colophon(EVIL, EVIL) + f.empty_state(EVIL, EVIL),
}


@pytest.mark.parametrize("name", MADE)
def test_typed_text_stays_text(name):
    read = Reader(MADE[name])
    assert read.tags.isdisjoint({"script", "img"})
    assert [key for key in read.attributes if key.startswith("on")] == []
    everything = read.texts + [
        value for values in read.attributes.values() for value in values if value
    ]
    assert any(text.startswith("\"'><s") for text in everything)


def test_a_title_cannot_break_out_of_the_page_head():
    page = f.document(EVIL, "en", f.chip("x", "risk", "▲"))
    assert "<script>" not in page
