"""Small pieces of a static page, out of the view model's dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook.fragments.markup import NOTHING, tag
from workbook.widgets.views.scene import View

if TYPE_CHECKING:
    from markupsafe import Markup


def chip(view: View) -> Markup:
    """A state with its sign."""
    sign = tag("span", view["sign"], class_="sign", aria_hidden="true")
    return tag("span", sign, tag("span", view["text"]), class_=f"chip {view['tone']}")


def band(score: View) -> Markup:
    """The range as a band from 0 to 100 with its mark."""
    if score["low"] is None:
        return NOTHING
    width = score["high"] - score["low"]
    possible = tag("i", style=f"left:{score['low']:.2f}%;width:{width:.2f}%")
    mark = tag("b", style=f"left:{score['point']:.2f}%") if score["point"] is not None else None
    return tag("div", possible, mark, class_="band", role="img", aria_label=score["label"])


def card(title: str, *content: object, aside: object = None) -> Markup:
    """A card with a heading."""
    return tag(
        "section",
        tag("header", tag("h2", title, class_="card-title"), aside),
        *content,
        class_="card",
    )


def facts(pairs: Iterable[tuple[str, object]]) -> Markup:
    """Names and values side by side; what is empty is left out."""
    lines = [(tag("dt", name), tag("dd", value)) for name, value in pairs if value]
    return tag("dl", lines, class_="facts") if lines else NOTHING


def listing(items: Iterable[object], class_: str = "plain") -> Markup:
    """A list."""
    return tag("ul", [tag("li", item) for item in items], class_=class_)
