"""The report as HTML: a fragment for notebooks, and a self-contained page.

Knows how each kind of block looks and nothing else; what is said stands in the report.
"""

from __future__ import annotations

from functools import singledispatch

from markupsafe import Markup

from workbook.fragments.actions import actions_table
from workbook.fragments.agreement import agreement_bars
from workbook.fragments.brand import said
from workbook.fragments.charts import Bars, LineChart, bars_figure, lines_figure
from workbook.fragments.chips import level_chip
from workbook.fragments.findings import findings_list, gates_list
from workbook.fragments.heat import HeatMap, heat_map
from workbook.fragments.markup import join, tag
from workbook.fragments.ownership import MapTable, ownership_map
from workbook.fragments.page import areas_table, colophon, key_figures, masthead, method_box
from workbook.fragments.scores import score_figure
from workbook.fragments.shell import article, contents, document, running_head
from workbook.fragments.statements import StatementList, statement_list
from workbook.fragments.table import TableColumn, table
from workbook.fragments.timeline import Timeline, timeline
from workbook.fragments.why import waterfall, why_table
from workbook.i18n import Voice, voice
from workbook.report.value import (
    Actions,
    Contributions,
    Figures,
    Findings,
    GateList,
    Heading,
    Prose,
    Report,
    Section,
    Terms,
    TextTable,
    Votes,
)

THEMES = ("auto", "light", "dark")


def html(report: Report) -> str:
    """The report without its stylesheet: contents and one article, to stand inside `.owb`."""
    v = voice(report.lang)
    note = tag("p", report.language_note, class_="note") if report.language_note else None
    foot = said(report.brand.foot, report.lang) if report.brand else ""
    return str(
        article(
            report.title,
            report.lang,
            masthead(report.whose, report.when),
            running_head(*report.running),
            note,
            _verdict(report, v),
            areas_table(report.rules, report.areas, v),
            [_section(section, v) for section in report.sections],
            colophon(foot or report.origin, report.versions),
            brand=report.brand,
            origin=report.origin,
            aside=contents([(part.key, part.title) for part in report.sections], v),
        )
    )


def page(report: Report, theme: str = "auto") -> str:
    """A whole page that asks for nothing: stylesheet and fonts inside, A4 in print."""
    return document(
        report.title, report.lang, html(report), theme=theme, provenance=report.provenance
    )


def _verdict(report: Report, v: Voice) -> Markup:
    verdict = report.verdict
    chip = level_chip(report.rules, verdict.level, v)
    standing = tag("p", verdict.explanation, class_="standing")
    firm = tag("p", verdict.firmness, class_="standing") if verdict.firmness else None
    figure = score_figure(verdict.score, v, below=join((chip, standing, firm)))
    words = (tag("h1", report.headline), tag("p", report.summary, class_="said"))
    return tag("section", figure, tag("div", words), class_="verdict", aria_label=report.headline)


def _section(section: Section, v: Voice) -> Markup:
    blocks = [draw(block, v) for block in section.blocks]
    head = tag("h2", section.title, id=f"{section.key}-heading")
    return tag(
        "section",
        head,
        blocks,
        id=section.key,
        class_="part",
        aria_labelledby=f"{section.key}-heading",
    )


@singledispatch
def draw(block: object, v: Voice) -> Markup:  # noqa: ARG001 - the looks below need a voice
    """One block as markup; TypeError for a kind that has no look yet."""
    raise TypeError(f"no look for a {type(block).__name__}")


@draw.register
def _prose(block: Prose, _v: Voice) -> Markup:
    return tag("p", block.text, class_="note" if block.quiet else "lede")


@draw.register
def _heading(block: Heading, _v: Voice) -> Markup:
    return tag("h3", block.text)


@draw.register
def _terms(block: Terms, _v: Voice) -> Markup:
    return method_box(block.title, block.terms, block.notes)


@draw.register
def _figures(block: Figures, _v: Voice) -> Markup:
    return key_figures(block.figures)


@draw.register
def _gates(block: GateList, v: Voice) -> Markup:
    return gates_list(block.gates, v)


@draw.register
def _actions(block: Actions, v: Voice) -> Markup:
    return actions_table(block.lines, v, caption=block.caption)


@draw.register
def _findings(block: Findings, v: Voice) -> Markup:
    return findings_list(block.cards, v)


@draw.register
def _votes(block: Votes, v: Voice) -> Markup:
    return agreement_bars(block.caption, block.groups, v)


@draw.register
def _why(block: Contributions, v: Voice) -> Markup:
    table = why_table(block.caption, block.groups, v)
    return join((waterfall(block.picture, block.groups, v), table))


@draw.register
def _map(block: MapTable, v: Voice) -> Markup:
    return ownership_map(block, v)


@draw.register
def _heat(block: HeatMap, v: Voice) -> Markup:
    return heat_map(block, v)


@draw.register
def _timeline(block: Timeline, v: Voice) -> Markup:
    return timeline(block, v)


@draw.register
def _bars(block: Bars, v: Voice) -> Markup:
    return bars_figure(block, v)


@draw.register
def _lines(block: LineChart, v: Voice) -> Markup:
    return lines_figure(block, v)


@draw.register
def _table(block: TextTable, _v: Voice) -> Markup:
    widths = block.widths or [None] * len(block.columns)
    columns = [TableColumn(head, width=w) for head, w in zip(block.columns, widths, strict=True)]
    return table(columns, block.rows, caption=block.caption, seen=block.seen)


@draw.register
def _statements(block: StatementList, _v: Voice) -> Markup:
    return statement_list(block.title, block.groups)
