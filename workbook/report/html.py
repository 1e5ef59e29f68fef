"""The report as HTML: a fragment for notebooks, and a self-contained page.

Knows how each kind of block looks and nothing else; what is said stands in the report.
"""

from __future__ import annotations

from functools import singledispatch
from itertools import groupby

from markupsafe import Markup

from workbook.fragments.actions import actions_table
from workbook.fragments.agreement import agreement_bars
from workbook.fragments.chips import level_chip
from workbook.fragments.findings import findings_list, gates_list
from workbook.fragments.heat import HeatMap, heat_map
from workbook.fragments.markup import join, tag
from workbook.fragments.ownership import MapTable, ownership_map
from workbook.fragments.page import areas_table, colophon, key_figures, masthead, method_box
from workbook.fragments.scores import score_figure
from workbook.fragments.styles import stylesheet
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
MAIN = "report"


def html(report: Report) -> str:
    """The report without its stylesheet: contents and one article, to stand inside `.owb`."""
    v = voice(report.lang)
    article = tag(
        "article",
        masthead(report.whose, report.when),
        tag("p", report.language_note, class_="note") if report.language_note else None,
        _verdict(report, v),
        areas_table(report.framework, report.areas, v),
        [_section(section, v) for section in report.sections],
        colophon(report.origin, report.versions),
        class_="page",
        id=MAIN,
        tabindex="-1",
        lang=report.lang,
        aria_label=report.title,
    )
    return str(
        tag("div", tag("div", _contents(report, v), article, class_="sheet"), class_="document")
    )


def without_sheet(shown: str) -> str:
    """What `notebook_html` shows, ready for a page that has the stylesheet; other HTML as it is."""
    opening, sheet, body = shown.partition("</style>")
    if not sheet or not opening.startswith('<div class="owb report"'):
        return shown
    return body.removesuffix("</div>")


def page(report: Report, theme: str = "auto") -> str:
    """A whole page that asks for nothing: stylesheet and fonts inside, A4 in print."""
    return framed(html(report), report.title, report.lang, theme)


def framed(body: str, title: str, lang: str, theme: str = "auto") -> str:
    """A page around fragments that are HTML already."""
    skip = tag("a", voice(lang).t("Skip to the report"), href=f"#{MAIN}", class_="skip")
    head = tag(
        "head",
        Markup('<meta charset="utf-8"/>'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1"/>'),
        Markup('<meta name="color-scheme" content="light dark"/>') if theme == "auto" else None,
        tag("title", title),
        tag("style", Markup("html,body{margin:0}"), Markup(stylesheet(fonts=True))),  # noqa: S704 - ours
    )
    main = tag("main", Markup(body))  # noqa: S704 - the caller's fragments are HTML
    shell = tag("body", skip, main, class_="owb report", data_theme=theme)
    return "<!doctype html>\n" + str(tag("html", head, shell, lang=lang))


def _contents(report: Report, v: Voice) -> Markup:
    links = [
        tag("li", tag("a", section.title, href=f"#{section.key}")) for section in report.sections
    ]
    title = v.t("Contents")
    return tag(
        "nav",
        tag("p", title, class_="label"),
        tag("ol", links),
        class_="contents",
        aria_label=title,
    )


def _verdict(report: Report, v: Voice) -> Markup:
    verdict = report.verdict
    chip = level_chip(report.framework, verdict.level, v)
    standing = tag("p", verdict.explanation, class_="standing")
    figure = score_figure(verdict.score, v, below=join((chip, standing)))
    words = (tag("h1", report.headline), tag("p", report.summary, class_="said"))
    return tag("section", figure, tag("div", words), class_="verdict", aria_label=report.headline)


def _section(section: Section, v: Voice) -> Markup:
    blocks = [draw(block, v) for block in section.blocks]
    kind = "part new-page" if section.new_page else "part"
    head = tag("h2", section.title, id=f"{section.key}-heading")
    return tag(
        "section",
        head,
        blocks,
        id=section.key,
        class_=kind,
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
    return _scroll(actions_table(block.lines, v, caption=block.caption), block.caption)


@draw.register
def _findings(block: Findings, v: Voice) -> Markup:
    return findings_list(block.cards, v)


@draw.register
def _votes(block: Votes, v: Voice) -> Markup:
    return _scroll(agreement_bars(block.caption, block.groups, v), block.caption)


@draw.register
def _why(block: Contributions, v: Voice) -> Markup:
    table = _scroll(why_table(block.caption, block.groups, v), block.caption)
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
def _table(block: TextTable, _v: Voice) -> Markup:
    widths = [tag("col", style=f"width:{width}%") for width in block.widths]
    heads = [tag("th", name, scope="col") for name in block.columns]
    table = tag(
        "table",
        tag("caption", block.caption),
        tag("colgroup", widths) if widths else None,
        tag("thead", tag("tr", heads)),
        tag("tbody", join(_rows(block), "\n")),
        class_="plain",
    )
    return _scroll(table, block.caption)


def _rows(block: TextTable) -> list[Markup]:
    """The rows; one that is about the same thing as the row above repeats its name unseen.

    Joining the cells instead would keep long groups from breaking across pages.
    """
    rows = []
    for name, group in groupby(block.rows, key=lambda row: row[0]):
        for place, row in enumerate(group):
            shown = name if place == 0 else tag("span", name, class_="hidden")
            head = tag("th", shown, scope="row")
            rows.append(
                tag(
                    "tr",
                    head,
                    [tag("td", cell) for cell in row[1:]],
                    class_="more" if place else None,
                )
            )
    return rows


def _scroll(table: Markup, caption: str) -> Markup:
    return tag("div", table, class_="scroll", role="region", aria_label=caption, tabindex="0")
