"""The portfolio as HTML: a fragment for notebooks, and a self-contained page.

Knows how each part looks and nothing else; what is said stands in the value.
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
        [_comparison(one, v) for one in report.comparisons],
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
    parts = [(one.key, one.title) for one in report.comparisons]
    if report.refused:
        parts.append(("refused", v.t("Not read")))
    parts.append(("method", v.t("How to read this page")))
    links = [tag("li", tag("a", title, href=f"#{key}")) for key, title in parts]
    said = v.t("Contents")
    label = tag("p", said, class_="label")
    return tag("nav", label, tag("ol", links), class_="contents", aria_label=said)


def _comparison(one: Comparison, v: Voice) -> Markup:
    head = tag("h2", one.title, id=f"{one.key}-title")
    parts = (
        None if one.ranks else tag("p", one.verdict, class_="lede"),
        [_ranking(ranking, one.framework, v) for ranking in one.rankings],
        tag("p", one.rankings_note, class_="note") if one.rankings_note else None,
        _order(one, v),
        _distribution(one, v),
        _peers(one.peers, v),
        _extremes(one, v),
        _findings(one, v) if one.ranks else None,
        _trends(one, v) if one.ranks or one.trends else None,
    )
    labelled = f"{one.key}-title"
    return tag("section", head, parts, id=one.key, class_="part", aria_labelledby=labelled)


def _order(one: Comparison, v: Voice) -> Markup | None:
    """Whether the order holds, and what it hangs on."""
    if not one.ranks:
        return None
    return join(
        (
            tag("h3", v.t("How far the order holds")),
            tag("p", one.verdict, class_="lede"),
            rank_intervals(one.ranks_caption, one.ranks, v, name=f"{one.key}-ranks"),
            tag("p", one.basis, class_="note"),
            _drivers(one, v),
        )
    )


def _distribution(one: Comparison, v: Voice) -> Markup | None:
    if one.median is None or not one.ranks:
        return None
    counts = [
        tag("li", level_chip(one.framework, span, v), " ", tag("b", v.number(count), class_="num"))
        for span, count in one.levels
    ]
    title = v.t("Engagements by the lower bound of their score")
    return join(
        (
            tag("h3", v.t("How the scores are spread")),
            tag("ul", counts, class_="legend", aria_label=v.t("Engagements by certain level")),
            histogram(title, one.bins, v, mark=(v.t("Median"), one.median), name=f"{one.key}-bins"),
        )
    )


def _ranking(ranking: Ranking, framework: Rules, v: Voice) -> Markup:
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
            _quietly(one.rank, one.between),
            tag("div", _who(one.who), _quiet(one.facts)),
            range_bar(one.score, v),
            point_text(one.score, v),
            level_chip(framework, one.level, v),
            one.gates,
            _quiet(*one.standing) if one.standing else "–",
        )
        for one in ranking.entries
    ]
    return _table(ranking.caption, heads, rows, naming=1, kind="portfolio roomy")


def _extremes(one: Comparison, v: Voice) -> Markup | None:
    if not one.extremes:
        return None
    tables = [_ends(ends, one.framework, v) for ends in one.extremes]
    return join((tag("h3", v.t("Furthest ahead, furthest behind, and why")), *tables))


def _ends(ends: Extremes, framework: Rules, v: Voice) -> Markup:
    heads = (
        ("", v.t("Organisation")),
        ("n", v.t("Now")),
        ("", v.t("Level")),
        ("", v.t("Strongest")),
        ("", v.t("Weakest")),
        ("", v.t("Gates not passed")),
    )

    def row(one: Extreme) -> tuple[object, ...]:
        level = level_chip(framework, one.level, v)
        held = tag("ul", [tag("li", gate) for gate in one.held]) if one.held else "–"
        return _who(one.who), point_text(one.score, v), level, one.strongest, one.weakest, held

    return _table(ends.caption, heads, [row(one) for one in ends.rows])


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
        _table(one.caption, (("wide", one.caption), *heads), one.rows, shown=False)
        for one in groups
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


def _findings(one: Comparison, v: Voice) -> Markup:
    title = v.t("What is found most often")
    head = tag("h3", title)
    note = tag("p", one.findings_note, class_="note") if one.findings_note else None
    if not one.findings:
        return join((head, note))
    heads = (
        ("wide", v.t("Finding")),
        ("", v.t("Severity")),
        ("n", v.t("Engagements")),
        ("", v.t("Share")),
        ("n", v.t("Times")),
    )

    def row(found: Frequent) -> tuple[object, ...]:
        share = bar(found.share, v.percent(found.share))
        severity = severity_chip(found.severity, v)
        return found.said, severity, found.engagements, share, found.times

    table = _table(title, heads, [row(found) for found in one.findings], shown=False)
    return join((head, table, note))


def _trends(one: Comparison, v: Voice) -> Markup:
    title = v.t("Change since the first baseline")
    head = tag("h3", title)
    note = tag("p", one.trends_note, class_="note") if one.trends_note else None
    if not one.trends:
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

    table = _table(title, heads, [row(trend) for trend in one.trends], shown=False)
    return join((head, table, note))


def _drivers(one: Comparison, v: Voice) -> Markup | None:
    if not one.drivers:
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

    return _table(one.drivers_caption, heads, [row(driver) for driver in one.drivers])


def _refused(report: PortfolioReport, v: Voice) -> Markup | None:
    if not report.refused:
        return None
    rows = [
        (
            one.place,
            tag("ul", [tag("li", what, _mend(mend)) for what, mend in one.problems]),
        )
        for one in report.refused
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


def _mend(mend: str) -> Markup | None:
    return _quiet(f"→ {mend}") if mend else None


def _method(report: PortfolioReport, v: Voice) -> Markup:
    title = v.t("How to read this page")
    return tag("section", method_box(title, report.terms), id="method", class_="part")


def _who(who: Named) -> Markup:
    return tag("a", who.name, href=who.link) if who.link else tag("span", who.name)


def _quiet(*lines: str) -> Markup:
    return join([tag("span", line, class_="aside") for line in lines if line])


def _quietly(said: str, aside: str) -> Markup:
    return join((said, _quiet(aside)))


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
