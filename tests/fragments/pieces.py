"""Every piece that screens and reports share, by one name: tests draw them all."""

from __future__ import annotations

from workbook.fragments.actions import ActionLine, actions_table
from workbook.fragments.agreement import (
    Share,
    VoteGroup,
    VoteRow,
    agreement_bars,
    vote_bar,
)
from workbook.fragments.chips import chip, gate_chip, level_chip, severity_chip
from workbook.fragments.distribution import Bin, Ranked, histogram, rank_intervals, sparkline
from workbook.fragments.findings import (
    FindingCard,
    GateLine,
    finding_card,
    findings_list,
    gates_list,
)
from workbook.fragments.heat import (
    HeatCell,
    HeatGroup,
    HeatMap,
    HeatRow,
    Step,
    heat_map,
    level_steps,
)
from workbook.fragments.markup import join, tag
from workbook.fragments.ownership import (
    Letter,
    MapArea,
    MapParty,
    MapRow,
    MapTable,
    ownership_map,
)
from workbook.fragments.page import (
    AreaLine,
    KeyFigure,
    areas_table,
    colophon,
    empty_state,
    key_figures,
    masthead,
    method_box,
)
from workbook.fragments.scores import (
    bar,
    range_bar,
    score_figure,
)
from workbook.fragments.shell import article, document
from workbook.fragments.styles import stylesheet
from workbook.fragments.timeline import Gap, SystemDate, Timeline, timeline
from workbook.fragments.why import WhyGroup, WhyRow, waterfall, why_table

__all__ = [
    "ActionLine",
    "AreaLine",
    "Bin",
    "FindingCard",
    "Gap",
    "GateLine",
    "HeatCell",
    "HeatGroup",
    "HeatMap",
    "HeatRow",
    "KeyFigure",
    "Letter",
    "MapArea",
    "MapParty",
    "MapRow",
    "MapTable",
    "Ranked",
    "Share",
    "Step",
    "SystemDate",
    "Timeline",
    "VoteGroup",
    "VoteRow",
    "WhyGroup",
    "WhyRow",
    "actions_table",
    "agreement_bars",
    "areas_table",
    "article",
    "bar",
    "chip",
    "colophon",
    "document",
    "empty_state",
    "finding_card",
    "findings_list",
    "gate_chip",
    "gates_list",
    "heat_map",
    "histogram",
    "join",
    "key_figures",
    "level_chip",
    "level_steps",
    "masthead",
    "method_box",
    "ownership_map",
    "range_bar",
    "rank_intervals",
    "score_figure",
    "severity_chip",
    "sparkline",
    "stylesheet",
    "tag",
    "timeline",
    "vote_bar",
    "waterfall",
    "why_table",
]
