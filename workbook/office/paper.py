"""A document for paper: a report or a leaflet in the elements that every format draws."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from workbook.fragments.brand import said
from workbook.fragments.charts import Bars
from workbook.fragments.leaflet import Bullets, Leaflet, LeafletTable, Piece
from workbook.fragments.ownership import MapTable
from workbook.i18n import Voice, voice
from workbook.office.barring import readiness
from workbook.office.elements import (
    BulletList,
    Element,
    PaperRow,
    PaperTable,
    Paragraph,
    TableCell,
    TableHead,
)
from workbook.office.layout import laid_out
from workbook.office.poster import poster_map
from workbook.office.summaries import areas
from workbook.report.value import POSTER
from workbook.wording.figures import point_text, range_text

if TYPE_CHECKING:
    from workbook.fragments.brand import Brand
    from workbook.report.value import Report, Section
    from workbook.wording.states import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Where the organisation stands: the score, its range, the level, why, and the areas."""

    score: str
    range: str
    level: str
    tone: Tone | None
    notes: tuple[str, ...]
    areas: PaperTable
    readiness: Bars


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a brand puts before everything: a title, and lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading and what stands below it."""

    title: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDocument:
    """A whole document. `running` heads every page, `foot` stands at the foot of each.

    `origin` is the organisation that it is about, `when` the day that it tells of.

    `kind`: a `report` has a cover and contents, `sheets` begin a page each, a `poster` is one large
    sheet, a `leaflet` is none of these.
    """

    title: str
    lang: str
    day: dt.date | None
    label: str
    headline: str
    lead: str
    sections: tuple[PaperSection, ...]
    running: tuple[str, str]
    foot: str
    origin: str
    when: str
    note: str = ""
    colophon: str = ""
    cover: Cover | None = None
    front: FrontPage | None = None
    brand: Brand | None = None
    kind: Literal["report", "sheets", "poster", "leaflet"] = "leaflet"
    provenance: str = ""


def paper_of(document: Report | Leaflet) -> PaperDocument:
    """The document in elements, in its own language."""
    v = voice(document.language if isinstance(document, Leaflet) else document.lang)
    return _leaflet(document, v) if isinstance(document, Leaflet) else _report(document, v)


def _report(report: Report, v: Voice) -> PaperDocument:
    poster = report.reader == POSTER
    return PaperDocument(
        title=report.title,
        lang=report.lang,
        day=report.as_of,
        label=f"{report.whose} · {report.when}",
        headline=report.sections[0].title if poster else report.headline,
        lead="" if poster else report.summary,
        sections=tuple(_section(section, v, poster=poster) for section in report.sections),
        running=report.running,
        foot=foot_of(report.brand, report.lang) or report.whose,
        origin=report.origin,
        when=report.when,
        note=report.language_note,
        colophon=f"{report.origin} · {report.versions}",
        cover=None if poster else _cover(report, v),
        front=None if poster else front_page(report),
        brand=report.brand,
        kind="poster" if poster else "report",
        provenance=report.provenance,
    )


def front_page(report: Report) -> FrontPage | None:
    """The cover that the brand asks for."""
    cover = report.brand and report.brand.cover
    if not cover:
        return None
    lines = (said(line, report.lang) for line in cover.lines)
    title = said(cover.title, report.lang) or report.title
    return FrontPage(title, (report.whose, report.when, *lines))


def foot_of(brand: Brand | None, lang: str) -> str:
    """What a brand has at the foot of every page; empty if it leaves that alone."""
    return said(brand.foot, lang) if brand else ""


def _section(section: Section, v: Voice, *, poster: bool) -> PaperSection:
    elements: list[Element] = []
    # What stands below the map is for other readers than a wall.
    blocks = takewhile(lambda block: not poster or isinstance(block, MapTable), section.blocks)
    for block in blocks:
        if poster and isinstance(block, MapTable):
            elements += poster_map(block, v)
        else:
            elements += laid_out(block, v)
    # A poster's one section is its headline already.
    return PaperSection("" if poster else section.title, tuple(elements))


def _cover(report: Report, v: Voice) -> Cover:
    verdict = report.verdict
    level = report.rules.level(verdict.level.low) if verdict.level else None
    return Cover(
        score=point_text(verdict.score, v),
        range=range_text(verdict.score, v),
        level=f"{level.sign if level else ''} {verdict.level_text}".strip(),
        tone=level.tone if level else None,
        notes=tuple(filter(None, (verdict.explanation, verdict.firmness))),
        areas=areas(report, v),
        readiness=readiness(report, v),
    )


def _leaflet(leaflet: Leaflet, _v: Voice) -> PaperDocument:
    return PaperDocument(
        title=leaflet.title,
        lang=leaflet.language,
        day=None,
        label=leaflet.label,
        headline=leaflet.title,
        lead=leaflet.lead,
        sections=tuple(
            PaperSection(heading, tuple(map(_piece, pieces))) for heading, pieces in leaflet.told()
        ),
        running=leaflet.running,
        foot=foot_of(leaflet.brand, leaflet.language) or leaflet.title,
        origin=leaflet.origin,
        when=leaflet.label,
        brand=leaflet.brand,
        kind="sheets" if leaflet.sheets else "leaflet",
        provenance=leaflet.provenance,
    )


def _piece(piece: Piece) -> Element:
    match piece:
        case Bullets(items):
            return BulletList(items)
        case LeafletTable(caption, heads, rows):
            return PaperTable(
                caption,
                tuple(
                    TableHead(head, share)
                    for head, share in zip(heads, _shares(piece), strict=True)
                ),
                tuple(PaperRow(tuple(map(TableCell, row))) for row in rows),
            )
    return Paragraph(piece)


def _shares(table: LeafletTable) -> tuple[int, ...]:
    """Widths after the longest text of each column, within bounds (%)."""
    longest = [
        min(max(len(row[at]) for row in (table.heads, *table.rows)), 60) + 6
        for at in range(len(table.heads))
    ]
    return tuple(round(100 * width / sum(longest)) for width in longest)
