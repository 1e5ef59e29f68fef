"""The same view model as a page that needs no kernel: what Papermill stores and readers print."""

from __future__ import annotations

from markupsafe import Markup

from workbook.fragments.markup import tag
from workbook.fragments.styles import stylesheet
from workbook.widgets.views.scene import View


def summary(view: View) -> str:
    """One stable line: where the screen is and what the score says."""
    side = view.get("side")
    if not side:
        return "Ownership workbook"
    block = side["block"]
    score = f"{block['score']['text']} ({block['score']['range']})"
    return f"{view['nav']['name']} · {block['title']}: {score}"


def static_page(view: View) -> Markup:
    """The page as HTML with its stylesheet; every text escaped."""
    style = tag("style", Markup(stylesheet(fonts=False)))  # noqa: S704 - our own files
    return tag("div", style, tag("p", summary(view)), class_="owb")
