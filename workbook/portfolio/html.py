"""The portfolio as HTML: a fragment for notebooks, and a self-contained page.

It knows how each part looks and nothing else; the texts stand in the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from workbook.fragments.chips import chip, level_chip, severity_chip
from workbook.fragments.distribution import histogram, rank_intervals, sparkline
from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.page import (
    colophon,
    document,
    key_figures,
    masthead,
    method_box,
)
from workbook.fragments.scores import bar, range_bar
from workbook.fragments.styles import stylesheet
from workbook.i18n import Voice, voice
from workbook.portfolio.value import (
    Comparison,
    Driver,
    Extreme,
    Extremes,
    Frequent,
    Named,
    PeerTable,
    PortfolioReport,
    Ranking,
    Trend,
)
from workbook.wording.figures import point_text

if TYPE_CHECKING:
    from workbook.model.rules import Rules

MAIN = "portfolio"


def html(report: PortfolioReport) -> str:
    """The portfolio without its stylesheet: contents and one article, to stand inside `.owb`."""
    v = voice(report.lang)
    article = tag(
        "article",
        masthead(report.title, report.when),
        tag("h1", report.headline, style="margin: 40px 0 14px"),
        tag("p", report.summary, class_="lede"),
        key_figures(report.figures) if report.figures else None,
        [_comparison(part, v) for part in report.comparisons],
        _refused(report, v),
        _method(report, v),
        colophon(report.title, report.versions),
        class_="page",
        id=MAIN,
        tabindex="-1",
        lang=report.lang,
        aria_label=report.title,
    )
    inner = tag("div", _contents(report, v), article, class_="sheet")
    return str(tag("div", inner, class_="document"))


def page(report: PortfolioReport, theme: str = "auto") -> str:
    """A whole page that asks for nothing: stylesheet and fonts inside, A4 in print."""
    skip = tag("a", voice(report.lang).t("Skip to the page"), href=f"#{MAIN}", class_="skip")
    body = join((skip, tag("main", Markup(html(report)))))  # noqa: S704 - escaped where it was made
    title = f"{report.title} · {report.headline}"
    return document(title, report.lang, body, stylesheet(fonts=True), theme=theme)


def notebook_html(report: PortfolioReport, theme: str = "auto") -> str:
    """The portfolio for a notebook's output: with its stylesheet, and the reader's fonts."""
    sheet = tag("style", Markup(stylesheet(fonts=False)))  # noqa: S704 - our own sheet
    body = Markup(html(report))  # noqa: S704 - escaped where it was made
    return str(tag("div", sheet, body, class_="owb report", data_theme=theme, lang=report.lang))


def _contents(report: PortfolioReport, v: Voice) -> Markup:
    parts = [(part.key, part.title) for part in report.comparisons]
    if report.refused:
        parts.append(("refused", v.t("Not read")))
    parts.append(("method", v.t("How to read this page")))
    links = [tag("li", tag("a", title, href=f"#{key}")) for key, title in parts]
    title = v.t("Contents")
    label = tag("p", title, class_="label")
    return tag("nav", label, tag("ol", links), class_="contents", aria_label=title)


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
    heads = (
        ("n", v.t("Rank")),
        ("", v.t("Organisation")),
        ("wide", v.t("Score and range")),
        ("n", v.t("Now")),
        ("", v.t("Level")),
        ("n", v.t("Gates")),
        ("nowrap", v.t("Ahead of")),
    )
    rows = [
        (
            _quietly(entry.rank, entry.between),
            tag("div", _who(entry.who), _quiet(entry.facts)),
            range_bar(entry.score, v),
            point_text(entry.score, v),
            level_chip(rules, entry.level, v),
            entry.gates,
            _quiet(*entry.standing) if entry.standing else "–",
        )
        for entry in ranking.entries
    ]
    return _table(ranking.caption, heads, rows, naming=1, kind="portfolio roomy")


def _extremes(part: Comparison, v: Voice) -> Markup | None:
    if not part.extremes:
        return None
    tables = [_ends(ends, part.framework, v) for ends in part.extremes]
    return join((tag("h3", v.t("Furthest ahead, furthest behind, and why")), *tables))


def _ends(ends: Extremes, rules: Rules, v: Voice) -> Markup:
    heads = (
        ("", v.t("Organisation")),
        ("n", v.t("Now")),
        ("", v.t("Level")),
        ("", v.t("Strongest")),
        ("", v.t("Weakest")),
        ("", v.t("Gates not passed")),
    )

    def row(extreme: Extreme) -> tuple[object, ...]:
        level = level_chip(rules, extreme.level, v)
        point = point_text(extreme.score, v)
        held = tag("ul", [tag("li", gate) for gate in extreme.held]) if extreme.held else "–"
        return _who(extreme.who), point, level, extreme.strongest, extreme.weakest, held

    return _table(ends.caption, heads, [row(extreme) for extreme in ends.rows])


def _peers(groups: Iterable[PeerTable], v: Voice) -> Markup | None:
    heads = (
        ("n", v.t("Engagements")),
        ("n", v.t("Lowest")),
        ("n", v.t("Lower quarter")),
        ("n", v.t("Median")),
        ("n", v.t("Upper quarter")),
        ("n", v.t("Highest")),
    )
    tables = [
        _table(group.caption, (("wide", group.caption), *heads), group.rows, shown=False)
        for group in groups
    ]
    if not tables:
        return None
    note = v.t("The lower bounds of their scores. No quarters among fewer than five.")
    return join(
        (
            tag("h3", v.t("Compared with similar organisations")),
            tag("p", note, class_="note"),
            *tables,
        )
    )


def _findings(part: Comparison, v: Voice) -> Markup:
    title = v.t("What is found most often")
    head = tag("h3", title)
    note = tag("p", part.findings_note, class_="note") if part.findings_note else None
    if not part.findings:
        return join((head, note))
    heads = (
        ("wide", v.t("Finding")),
        ("", v.t("Severity")),
        ("n", v.t("Engagements")),
        ("", v.t("Share")),
        ("n", v.t("Times")),
    )

    def row(finding: Frequent) -> tuple[object, ...]:
        share = bar(finding.share, v.percent(finding.share))
        severity = severity_chip(finding.severity, v)
        return finding.said, severity, finding.engagements, share, finding.times

    table = _table(title, heads, [row(finding) for finding in part.findings], shown=False)
    return join((head, table, note))


def _trends(part: Comparison, v: Voice) -> Markup:
    title = v.t("Change since the first baseline")
    head = tag("h3", title)
    note = tag("p", part.trends_note, class_="note") if part.trends_note else None
    if not part.trends:
        return join((head, note))
    heads = (
        ("", v.t("Organisation")),
        ("", v.t("Trend")),
        ("wide", v.t("Certain score")),
        ("n", v.t("Change")),
    )

    def row(trend: Trend) -> tuple[object, ...]:
        sign = {"ready": "▲", "not": "▼"}.get(trend.tone, "=")
        change = chip(trend.change, trend.tone, sign)
        return _who(trend.who), sparkline(trend.said, trend.values), trend.said, change

    table = _table(title, heads, [row(trend) for trend in part.trends], shown=False)
    return join((head, table, note))


def _drivers(part: Comparison, v: Voice) -> Markup | None:
    if not part.drivers:
        return None
    heads = (
        ("wide", v.t("Judgement")),
        ("", v.t("Share of the variance")),
        ("n", v.t("Alone")),
        ("n", v.t("With others")),
    )

    def row(driver: Driver) -> tuple[object, ...]:
        alone, together = v.percent(driver.alone), v.percent(driver.together)
        return driver.said, bar(driver.together, together), alone, together

    return _table(part.drivers_caption, heads, [row(driver) for driver in part.drivers])


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
    heads = (("", v.t("Input")), ("wide", v.t("What is wrong, and how to mend it")))
    title = v.t("Not read")
    note = tag("p", report.refused_note, class_="note") if report.refused_note else None
    return tag(
        "section",
        tag("h2", title),
        _table(title, heads, rows, shown=False),
        note,
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


def _quietly(text: str, aside: str) -> Markup:
    return join((text, _quiet(aside)))


def _table(
    caption: str,
    heads: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[object]],
    *,
    naming: int = 0,
    shown: bool = True,
    kind: str = "portfolio",
) -> Markup:
    """A table whose column `naming` names its rows; heads are (class, text).

    `shown`: whether the caption is seen; not so where a heading has said it already.
    """
    head = tag("tr", [tag("th", said, scope="col", class_=look or None) for look, said in heads])
    body = [
        tag(
            "tr",
            [
                tag("th", cell, scope="row")
                if place == naming
                else tag("td", cell, class_=heads[place][0] or None)
                for place, cell in enumerate(row)
            ],
        )
        for row in rows
    ]
    table = tag(
        "table",
        tag("caption", caption if shown else tag("span", caption, class_="hidden")),
        tag("thead", head),
        tag("tbody", join(body, "\n")),
        class_=kind,
    )
    return scrolling(caption, table)
