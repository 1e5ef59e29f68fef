"""Drawing: an SVG image that says in words what it shows, and a guess of how wide a text is.

A picture is either `wide` (a chart with a fixed drawing width, scaled by the page) or a `strip`
(a bar whose parts are placed in per cent, so that it fits any cell). Fills come from classes, so
that one picture serves light, dark and print; hatching makes states hold without colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.markup import join, scrolling, short, tag

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH = 760.0
"""Drawing width of wide charts: close to the text column, so that 12 is about 12 pixels."""

_HATCH = 6.0
"""How far apart the lines of a hatched box stand."""
_NARROW = frozenset("fijlrtI.,:;|!’'()[] -·")
_BROAD = frozenset("mwMWABCDGHKNOQRUXY%@…—")


def chart(name: str, title: str, description: str, height: float, *shapes: object) -> Markup:
    """A wide chart; `name` makes its ids unique within the page."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", description, id=f"{name}-desc"),
        *shapes,
        class_="wide",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        xmlns="http://www.w3.org/2000/svg",
    )


def strip(kind: str, title: str, *shapes: object) -> Markup:
    """A small bar; its shapes place themselves horizontally in per cent.

    Without a title it stands beside the words that it draws, and is not read twice.
    """
    if not title:
        return tag("svg", *shapes, class_=kind, aria_hidden="true")
    return tag("svg", tag("title", title), *shapes, class_=kind, role="img", aria_label=title)


def figure(caption: str, svg: Markup) -> Markup:
    """A chart on its page: the caption is the reading, the drawing scrolls where it is narrow."""
    return tag("figure", tag("figcaption", caption), scrolling(caption, svg), class_="chart")


def hatched(x: float, y: float, width: float, height: float, kind: str = "hatch") -> Markup:
    """A box of slanting lines.

    They are drawn one by one: a browser prints a pattern as a picture as large as the page.
    """
    parts = []
    for start in range(int(_HATCH), int(width + height), int(_HATCH)):
        left, right = max(start - height, 0), min(start, width)
        low, high = start - left, start - right
        parts.append(f"M{short(x + left)} {short(y + low)}L{short(x + right)} {short(y + high)}")
    return tag("path", d="".join(parts), class_=kind)


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> Markup:
    """A line of text with its base line at y; anchor `middle` or `end`."""
    return tag("text", words, x=x, y=y, class_=kind or None, text_anchor=anchor or None)


def plate(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> Markup:
    """A line of text on a ground of its own: no line behind it crosses a letter, not in print."""
    wide = text_width(words) + 4
    left = x - {"middle": wide / 2, "end": wide - 2}.get(anchor, 2)
    ground = tag("rect", x=left, y=y - 12, width=wide, height=16, class_="ground")
    return join((ground, text(x, y, words, kind, anchor)))


def share(value: float) -> str:
    """A share from 0 to 1 as an SVG percentage."""
    return f"{100 * value:.2f}".rstrip("0").rstrip(".") + "%"


def text_width(words: str, size: float = 12) -> float:
    """About how wide a text is in Inter, semi-bold: generous, for keeping labels apart."""
    ems = sum(0.34 if c in _NARROW else 0.78 if c in _BROAD else 0.62 for c in words)
    return ems * size


def clipped(words: str, width: float, size: float = 12) -> str:
    """The text, shortened with an ellipsis where it is wider than `width`."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def label(name: str, width: float, middle: float, kind: str = "") -> Markup:
    """A row’s label at the left, around the height `middle`, on two lines if need be."""
    if text_width(name) <= width:
        return text(0, middle + 4, name, kind)
    words = name.split(" ")
    count = max(
        (i for i in range(len(words)) if text_width(" ".join(words[:i])) <= width), default=0
    )
    if not count:
        return text(0, middle + 4, clipped(name, width), kind)
    first, second = " ".join(words[:count]), clipped(" ".join(words[count:]), width)
    return text(0, middle - 2, first, kind) + text(0, middle + 11, second, kind)
