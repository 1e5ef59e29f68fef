"""A short document as one value, for two readers: a browser (HTML) and a text file (Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbook.fragments.brand import said
from workbook.fragments.markup import tag
from workbook.fragments.shell import article, document
from workbook.fragments.table import table

if TYPE_CHECKING:
    from markupsafe import Markup

    from workbook.fragments.brand import Brand

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~&])")
_OPENING = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeafletTable:
    """A table of texts. Rows that begin alike are one group."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = str | Bullets | LeafletTable
"""A paragraph, a list or a table."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A document: what it is and of when, what comes first, and its parts by heading.

    A part without a piece is left out. `running` heads every page on paper, left and right; of
    `sheets` each part begins a page. `origin` is the organisation that it is about, `provenance`
    says what it was made from.
    """

    title: str
    language: str
    label: str
    lead: str
    parts: tuple[tuple[str, tuple[Piece | None, ...]], ...]
    running: tuple[str, str] = ("", "")
    sheets: bool = False
    origin: str = ""
    brand: Brand | None = None
    provenance: str = ""

    def in_brand(self, brand: Brand) -> Leaflet:
        """The document in the look of a house."""
        head = said(brand.head, self.language) or self.running[0]
        return replace(self, brand=brand, running=(head, self.running[1]))

    def told(self) -> Iterator[tuple[str, list[Piece]]]:
        """The parts that say something."""
        for heading, pieces in self.parts:
            if present := [piece for piece in pieces if piece]:
                yield heading, present


def leaflet_html(leaflet: Leaflet) -> str:
    """The document as a page of its own."""
    title, language, body = leaflet.title, leaflet.language, leaflet_body(leaflet)
    return document(title, language, body, provenance=leaflet.provenance)


def leaflet_body(leaflet: Leaflet) -> str:
    """The document without its stylesheet, to stand inside `.owb`."""
    parts = [
        tag("section", tag("h2", heading), [_as_html(piece) for piece in pieces])
        for heading, pieces in leaflet.told()
    ]
    return str(
        article(
            leaflet.title,
            leaflet.language,
            tag("p", leaflet.label, class_="label"),
            tag("h1", leaflet.title),
            tag("p", leaflet.lead) if leaflet.lead else None,
            *parts,
            brand=leaflet.brand,
            origin=leaflet.origin,
        )
    )


def _as_html(piece: Piece) -> Markup:
    match piece:
        case Bullets(items):
            return tag("ul", [tag("li", item) for item in items], class_="plain")
        case LeafletTable(caption, heads, rows):
            return table(heads, rows, caption=caption, seen=False, grouped=True)
    return tag("p", piece)


def leaflet_markdown(leaflet: Leaflet) -> str:
    """The same document as Markdown: no text of somebody's becomes a mark."""
    blocks = [f"# {_escaped(leaflet.title)}", _escaped(leaflet.label), _escaped(leaflet.lead)]
    for heading, pieces in leaflet.told():
        blocks += [f"## {_escaped(heading)}", *map(_as_markdown, pieces)]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _as_markdown(piece: Piece) -> str:
    match piece:
        case Bullets(items):
            return "\n".join(f"- {_escaped(item)}" for item in items)
        case LeafletTable(_, heads, rows):
            rule = "|".join("---" for _ in heads)
            return "\n".join((_row(heads), f"|{rule}|", *map(_row, rows)))
    return _escaped(piece)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    """A text on one line whose signs stay signs; no-break spaces stay, too."""
    line = re.sub(r"[\t\r\n ]+", " ", text).strip(" ")
    return _OPENING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line), count=1)
