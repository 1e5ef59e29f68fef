"""The portfolio as HTML: a fragment for notebooks, and a self-contained page.

It knows how each part looks and nothing else; the texts stand in the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook.fragments.chips import chip, level_chip, severity_chip
from workbook.fragments.distribution import histogram, rank_intervals, sparkline
from workbook.fragments.markup import join, tag
from workbook.fragments.page import colophon, key_figures, masthead, method_box
from workbook.fragments.scores import bar, range_bar
from workbook.fragments.shell import article, contents, document
from workbook.fragments.table import TableColumn, table
from workbook.i18n import Voice, voice
from workbook.portfolio.value import (
    AlikeTable,
    Comparison,
    Extremes,
    LeadTable,
    Named,
    PeerTable,
    PortfolioReport,
    Ranking,
)
from workbook.wording.figures import point_text
from workbook.wording.headings import headings

if TYPE_CHECKING:
    from markupsafe import Markup

    from workbook.model.rules import Rules

LOOK = "portfolio"
SIGNS = {"ready": "▲", "not": "▼"}


def html(report: PortfolioReport) -> str:
    """The portfolio without its stylesheet: contents and one article, to stand inside `.owb`."""
    v = voice(report.lang)
    parts = [(part.key, part.title) for part in report.comparisons]
    parts += [(alike.key, alike.title) for alike in report.alike]
    parts += [("refused", v.t("Not read"))] if report.refused else []
    parts.append(("method", v.t("How to read this page")))
    return str(
        article(
            report.title,
            report.lang,
            masthead(report.title, report.when),
            tag("h1", report.headline, style="margin: 40px 0 14px"),
            tag("p", report.summary, class_="lede"),
            key_figures(report.figures) if report.figures else None,
            [_comparison(part, v) for part in report.comparisons],
            [_alike(alike, v) for alike in report.alike],
            _refused(report, v),
            _method(report, v),
            colophon(report.title, report.versions),
            aside=contents(parts, v),
        )
    )


def page(report: PortfolioReport, theme: str = "auto") -> str:
    """A whole page that asks for nothing: stylesheet and fonts inside, A4 in print."""
    return document(f"{report.title} · {report.headline}", report.lang, html(report), theme=theme)


def _comparison(part: Comparison, v: Voice) -> Markup:
    head = tag("h2", part.title, id=f"{part.key}-title")
    parts = (
        None if part.ranks else tag("p", part.verdict, class_="lede"),
        [_ranking(ranking, part.framework, v) for ranking in part.rankings],
        tag("p", part.rankings_note, class_="note") if part.rankings_note else None,
        _order(part, v),
        _distribution(part, v),
        _peers(part.peers, v),
        _extremes(part, v),
        _findings(part, v) if part.ranks else None,
        _trends(part, v) if part.ranks or part.trends else None,
    )
    labelled = f"{part.key}-title"
    return tag("section", head, parts, id=part.key, class_="part", aria_labelledby=labelled)


def _order(part: Comparison, v: Voice) -> Markup | None:
    """Whether the order holds, and what it depends on."""
    if not part.ranks:
        return None
    return join(
        (
            tag("h3", v.t("How far the order holds")),
            tag("p", part.verdict, class_="lede"),
            rank_intervals(part.ranks_caption, part.ranks, v, name=f"{part.key}-ranks"),
            tag("p", part.basis, class_="note"),
            _leads(part.leads, v) if part.leads else None,
            _drivers(part, v),
        )
    )


def _distribution(part: Comparison, v: Voice) -> Markup | None:
    if part.median is None or not part.ranks:
        return None
    counts = [
        tag("li", level_chip(part.framework, span, v), " ", tag("b", v.number(count), class_="num"))
        for span, count in part.levels
    ]
    median = (v.t("Median"), part.median)
    title = v.t("Engagements by the lower bound of their score")
    return join(
        (
            tag("h3", v.t("How the scores are spread")),
            tag("ul", counts, class_="legend", aria_label=v.t("Engagements by certain level")),
            histogram(title, part.bins, v, mark=median, name=f"{part.key}-bins"),
        )
    )


def _ranking(ranking: Ranking, rules: Rules, v: Voice) -> Markup:
    columns = (
        TableColumn(v.t("Rank"), "n"),
        headings(v)["organisation"],
        TableColumn(headings(v)["range"], "wide"),
        TableColumn(headings(v)["now"], "n"),
        TableColumn(v.t("Like for like"), "n"),
        headings(v)["level"],
        TableColumn(headings(v)["must_haves"], "n"),
        TableColumn(v.t("Ahead of"), "nowrap"),
    )
    rows = [
        (
            join((entry.rank, _quiet(entry.between))),
            tag("div", _who(entry.who), _quiet(entry.facts)),
            range_bar(entry.score, v),
            point_text(entry.score, v),
            point_text(entry.alike, v),
            level_chip(rules, entry.level, v),
            entry.gates,
            _quiet(*entry.standing) if entry.standing else "–",
        )
        for entry in ranking.entries
    ]
    return table(columns, rows, caption=ranking.caption, heading=1, look="portfolio roomy")


def _leads(leads: LeadTable, v: Voice) -> Markup:
    """Rows and columns of pairs: the last leads nobody, and nobody leads the first."""
    others = (TableColumn(name, "n") for name in leads.names[1:])
    columns = [TableColumn(headings(v)["organisation"]), *others]
    rows = [(name, *shares) for name, shares in zip(leads.names[:-1], leads.shares, strict=True)]
    note = tag("p", leads.note, class_="note") if leads.note else None
    return join((table(columns, rows, caption=leads.caption, look=LOOK), note))


def _alike(alike: AlikeTable, v: Voice) -> Markup:
    columns = (
        headings(v)["organisation"],
        v.t("Group"),
        TableColumn(headings(v)["range"], "wide"),
        TableColumn(v.t("Like for like"), "n"),
        TableColumn(headings(v)["now"], "n"),
    )
    rows = [
        (
            _who(line.who),
            line.group,
            range_bar(line.alike, v),
            point_text(line.alike, v),
            point_text(line.score, v),
        )
        for line in alike.lines
    ]
    heading = f"{alike.key}-title"
    return tag(
        "section",
        tag("h2", alike.title, id=heading),
        tag("p", alike.basis, class_="lede"),
        table(columns, rows, caption=alike.title, seen=False, look=LOOK),
        tag("p", alike.note, class_="note") if alike.note else None,
        id=alike.key,
        class_="part",
        aria_labelledby=heading,
    )


def _extremes(part: Comparison, v: Voice) -> Markup | None:
    if not part.extremes:
        return None
    tables = [_ends(ends, part.framework, v) for ends in part.extremes]
    return join((tag("h3", v.t("Furthest ahead, furthest behind, and why")), *tables))


def _ends(ends: Extremes, rules: Rules, v: Voice) -> Markup:
    columns = (
        headings(v)["organisation"],
        TableColumn(headings(v)["now"], "n"),
        headings(v)["level"],
        v.t("Strongest"),
        v.t("Weakest"),
        v.t("Must-haves not met"),
    )
    rows = [
        (
            _who(extreme.who),
            point_text(extreme.score, v),
            level_chip(rules, extreme.level, v),
            extreme.strongest,
            extreme.weakest,
            tag("ul", [tag("li", gate) for gate in extreme.held]) if extreme.held else "–",
        )
        for extreme in ends.rows
    ]
    return table(columns, rows, caption=ends.caption, look=LOOK)


def _peers(groups: Sequence[PeerTable], v: Voice) -> Markup | None:
    if not groups:
        return None
    columns = (
        TableColumn(v.t("Engagements"), "n"),
        TableColumn(v.t("Lowest"), "n"),
        TableColumn(v.t("Lower quarter"), "n"),
        TableColumn(v.t("Median"), "n"),
        TableColumn(v.t("Upper quarter"), "n"),
        TableColumn(v.t("Highest"), "n"),
    )
    tables = [
        table(
            (TableColumn(group.caption, "wide"), *columns),
            group.rows,
            caption=group.caption,
            seen=False,
            look=LOOK,
        )
        for group in groups
    ]
    note = v.t("The lower bounds of their scores. No quarters among fewer than five.")
    title = v.t("Compared with similar organisations")
    return join((tag("h3", title), tag("p", note, class_="note"), *tables))


def _findings(part: Comparison, v: Voice) -> Markup:
    title = v.t("What is found most often")
    columns = (
        TableColumn(headings(v)["finding"], "wide"),
        headings(v)["severity"],
        TableColumn(v.t("Engagements"), "n"),
        v.t("Share"),
        TableColumn(v.t("Times"), "n"),
    )
    rows = [
        (
            finding.text,
            severity_chip(finding.severity, v),
            finding.engagements,
            bar(finding.share),
            finding.times,
        )
        for finding in part.findings
    ]
    return _noted(title, columns, rows, part.findings_note)


def _trends(part: Comparison, v: Voice) -> Markup:
    title = v.t("Change since the first baseline")
    columns = (
        headings(v)["organisation"],
        v.t("Trend"),
        TableColumn(v.t("Certain score"), "wide"),
        TableColumn(v.t("Change"), "n"),
        TableColumn(v.t("By answers"), "n"),
        TableColumn(v.t("By scope or size"), "n"),
    )
    rows = [
        (
            _who(trend.who),
            sparkline(trend.text, trend.values),
            trend.text,
            chip(trend.change, trend.tone, SIGNS.get(trend.tone, "=")),
            trend.answers or "–",
            trend.scope or "–",
        )
        for trend in part.trends
    ]
    return _noted(title, columns, rows, part.trends_note)


def _noted(
    title: str,
    columns: Sequence[TableColumn | str],
    rows: Sequence[Sequence[object]],
    note: str,
) -> Markup:
    """A heading, its table if there are rows, and the note below."""
    drawn = table(columns, rows, caption=title, seen=False, look=LOOK) if rows else None
    return join((tag("h3", title), drawn, tag("p", note, class_="note") if note else None))


def _drivers(part: Comparison, v: Voice) -> Markup | None:
    if not part.drivers:
        return None
    columns = (
        TableColumn(v.t("Judgement"), "wide"),
        v.t("Share of the variance"),
        TableColumn(v.t("Alone"), "n"),
        TableColumn(v.t("With others"), "n"),
    )
    rows = [
        (driver.text, bar(driver.together), v.percent(driver.alone), together)
        for driver in part.drivers
        for together in [v.percent(driver.together)]
    ]
    return table(columns, rows, caption=part.drivers_caption, look=LOOK)


def _refused(report: PortfolioReport, v: Voice) -> Markup | None:
    if not report.refused:
        return None
    rows = [
        (
            source.place,
            tag("ul", [tag("li", problem, _fix(fix)) for problem, fix in source.problems]),
        )
        for source in report.refused
    ]
    columns = (headings(v)["input"], TableColumn(headings(v)["fix"], "wide"))
    title = v.t("Not read")
    return tag(
        "section",
        tag("h2", title),
        table(columns, rows, caption=title, seen=False, look=LOOK),
        tag("p", report.refused_note, class_="note") if report.refused_note else None,
        id="refused",
        class_="part",
    )


def _fix(fix: str) -> Markup | None:
    return _quiet(f"→ {fix}") if fix else None


def _method(report: PortfolioReport, v: Voice) -> Markup:
    title = v.t("How to read this page")
    return tag("section", method_box(title, report.terms), id="method", class_="part")


def _who(who: Named) -> Markup:
    return tag("a", who.name, href=who.link) if who.link else tag("span", who.name)


def _quiet(*lines: str) -> Markup:
    return join([tag("span", line, class_="aside") for line in lines if line])
