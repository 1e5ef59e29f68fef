"""How one element is written, to the letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markupsafe import Markup

from workbook.fragments.markup import NOTHING, join, scrolling, short, tag

VOID = ["br", "col", "img", "hr", "rect", "line", "circle", "path", "polyline", "polygon"]
TEXT, SAFE = "<&\"'", "&lt;&amp;&#34;&#39;"
ELEMENTS = {
    "a text": (lambda: tag("b", TEXT), f"<b>{SAFE}</b>"),
    "markup": (lambda: tag("b", Markup("<i>x</i>")), "<b><i>x</i></b>"),
    "nothing": (lambda: tag("b", None, NOTHING, ""), "<b></b>"),
    "a number": (lambda: tag("b", 0, 1.5), "<b>01.5</b>"),
    "several": (lambda: tag("b", ["x", (TEXT, None)], Markup("<i/>")), f"<b>x{SAFE}<i/></b>"),
    "no content": (lambda: tag("rect", width=1), '<rect width="1"/>'),
    "an attribute": (lambda: tag("b", title=TEXT), f'<b title="{SAFE}"></b>'),
    "its name": (lambda: tag("b", class_="x", aria_label="y"), '<b class="x" aria-label="y"></b>'),
    "one that is not": (lambda: tag("b", a=None, b=False), "<b></b>"),
    "one without value": (lambda: tag("b", hidden=True), "<b hidden></b>"),
    "one that is nought": (lambda: tag("b", x=0, y=0.0, z=""), '<b x="0" y="0" z=""></b>'),
    "a coordinate": (lambda: tag("line", x1=1.005, x2=2.50), '<line x1="1" x2="2.5"/>'),
    "what scrolls": (
        lambda: scrolling(TEXT, Markup("<i/>")),
        f'<div class="scroll" role="group" aria-label="{SAFE}" tabindex="0"><i/></div>',
    ),
    "joined": (lambda: join(["x", None, "", TEXT, Markup("<i/>")], "<"), f"x&lt;{SAFE}&lt;<i/>"),
    "joined by nothing": (lambda: join(("x", 0)), "x0"),
}


@pytest.mark.parametrize(("element", "written"), ELEMENTS.values(), ids=ELEMENTS.keys())
def test_an_element_is_written(element: Callable[[], Markup], written: str) -> None:
    assert (element(), type(element())) == (written, Markup)


@pytest.mark.parametrize("name", VOID)
def test_what_holds_nothing_closes_itself(name: str) -> None:
    assert tag(name) == f"<{name}/>"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (100, "100"), (0.0, "0"), (1.5, "1.5"), (-0.25, "-0.25"), (2.345, "2.35")],
)
def test_a_coordinate_is_short(value: float, written: str) -> None:
    assert short(value) == written
