"""A whole static page: whom it is about, the score with its range, the step's content."""

from __future__ import annotations

from markupsafe import Markup

from workbook.fragments.markup import tag
from workbook.fragments.styles import stylesheet
from workbook.i18n import voice
from workbook.widgets.pages import area, review
from workbook.widgets.pages.pieces import band, chip, listing
from workbook.widgets.views.scene import View


def summary(view: View) -> str:
    """One stable line: whom it is about and what the score says."""
    side = view["side"]
    name: str = view["nav"]["name"]
    if not side:
        return f"{name} · {view['page']['heading']}"
    block = side["block"]
    return f"{name} · {block['title']}: {block['score']['text']} ({block['score']['range']})"


def static_page(view: View, tabs: dict[str, View]) -> Markup:
    """The page as HTML with its stylesheet. `tabs` are the review's, all of them."""
    page, nav = view["page"], view["nav"]
    content = {
        "welcome": lambda: area.welcome(view),
        "start": lambda: area.start(view),
        "area": lambda: area.area(view),
        "review": lambda: review.review(view, tabs, voice(view["lang"])),
    }[page["kind"]]()
    head = (
        tag("p", nav["name"], " · ", nav["about"], class_="small muted"),
        tag("h1", page["heading"]),
        tag("p", page["lead"], class_="lead"),
    )
    notice = tag("p", view["notice"]["text"], class_="small muted") if view["notice"] else None
    style = tag("style", Markup(stylesheet(screen=True)))  # noqa: S704 - our own files
    main = tag("main", head, notice, _side(view), content, class_=f"leaf leaf-{page['kind']}")
    return tag("div", style, main, class_="owb owb-session static", lang=view["lang"])


def _side(view: View) -> Markup | None:
    side = view["side"]
    if not side:
        return None
    words = view["words"]
    criteria = [
        tag("li", tag("span", item["title"]), " ", tag("strong", item["text"], class_="num"))
        for item in side["criteria"]
    ]
    helps = [
        (tag("span", item["gain"], class_="chip nearly num"), " ", item["text"])
        for item in side["helps"]
    ]
    missing = [item["text"] for item in side["missing"]]
    blocks = [_block(side["block"]), _block(side["overall"]) if side["overall"] else None]
    return tag(
        "aside",
        tag("div", blocks, class_="blocks"),
        tag("ul", criteria, class_="numbers"),
        (tag("h2", words["what_helps"], class_="card-title"), listing(helps, "todo-static"))
        if helps
        else None,
        (tag("h2", side["missing_title"], class_="card-title"), listing(missing))
        if missing
        else None,
        class_="card summary",
    )


def _block(block: View) -> Markup:
    score, level = block["score"], block["level"]
    figure = tag(
        "div",
        tag("span", score["text"], class_="big num"),
        " ",
        tag("span", score["range"], class_="muted"),
    )
    gates = [tag("p", gate["sign"], " ", gate["text"], class_="small") for gate in block["gates"]]
    name = tag("div", block["title"], class_="small muted")
    return tag("div", name, figure, band(score), chip(level) if level else None, gates)
