"""The static pages of the first steps: choosing, the facts, an area with its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.markup import NOTHING, tag
from workbook.fragments.table import table
from workbook.widgets.pages.pieces import card, chip, facts, listing
from workbook.widgets.views.scene import View

if TYPE_CHECKING:
    from markupsafe import Markup


def welcome(view: View) -> Markup:
    """What could be opened."""
    page, words = view["page"], view["words"]
    recent = [f"{item['title']} · {item['text']}" for item in page["recent"]]
    examples = [item["title"] for item in page["examples"]]
    parts = [(words["resume"], recent), (words["look"], examples)]
    return tag("div", [card(title, listing(items)) for title, items in parts if items])


def start(view: View) -> Markup:
    """The facts, the scope and the people."""
    page, words = view["page"], view["words"]
    names = words["fields"]
    e, programme = page["organisation"], page["programme"]
    titles = {item["key"]: item["title"] for item in (*page["profiles"], *page["business_models"])}
    about = facts(
        [
            (names["sector"], e["sector"]),
            (names["country"], e["country_text"]),
            (names["employees"], e["employees"] and e["employees_text"]),
            (names["profile"], titles.get(e["profile"], e["profile"])),
            (names["business_models"], ", ".join(titles.get(k, k) for k in e["business_models"])),
        ]
    )
    dates = [
        (words["programme_name"], programme["name"]),
        (names["start"], programme["start_text"]),
        (names["go_live"], programme["go_live_text"]),
    ]
    scopes = [card(group["title"], listing(_chosen(group), "several")) for group in page["scopes"]]
    return tag(
        "div", card(e["name"], about), card(words["programme"], facts(dates)), scopes, _people(view)
    )


def _chosen(group: View) -> list[str]:
    return [
        f"✓ {option['title']}" for option in group["options"] if option["key"] in group["chosen"]
    ]


def _people(view: View) -> Markup:
    words, by = view["words"], view["parties"]["by"]
    names = words["fields"]
    heads = (names["name"], names["title"], words["recognised_as"], names["unit"])
    rows = [
        (by[p["id"]]["name"], p["title"], p["recognised"], p["unit"])
        for p in view["page"]["people"]
    ]
    rows += [(by[t["id"]]["name"], by[t["id"]]["about"], "", "") for t in view["page"]["teams"]]
    return card(words["people"], table(heads, rows, look=None)) if rows else NOTHING


def area(view: View) -> Markup:
    """Every card with its answers, every question."""
    page = view["page"]
    cards = [_card(view, page["cards"]["by"][key]) for key in page["cards"]["order"]]
    questions = [_question(view, group) for group in page["questions"]]
    heading = tag("h2", view["words"]["questions"]) if questions else None
    return tag("div", cards, heading, questions)


def _name(view: View, party: str | None) -> str:
    words = view["words"]
    special: dict[str | None, str] = {
        item["key"]: item["title"] for item in (*words["owner_specials"], *words["deputy_specials"])
    }
    entry = view["parties"]["by"].get(party)
    return str(entry["name"]) if entry else special.get(party, "")


def _card(view: View, item: View) -> Markup:
    words, names = view["words"], view["words"]["fields"]
    sure = {option["key"]: option["title"] for option in words["confidences"]}
    lines: list[tuple[str, object]] = [
        (names["owner"], _name(view, item["owner"])),
        (names["deputy"], _name(view, item["deputy"])),
        *(
            (words[role], ", ".join(_name(view, p) for p in item[role]))
            for role in ("responsible", "consulted", "informed")
        ),
        (names["confidence"], sure.get(item["confidence"])),
        (words["not_applicable"], item["reason"]),
        (names["evidence"], item["evidence"]),
        (names["note"], item["note"]),
        (names["discuss_later"], "✓" if item["discuss_later"] else ""),
    ]
    votes = [f"{vote['title']} · {vote['said_by']}" for vote in item["votes"]]
    named = (
        tag("div", tag("h3", words["named_alone"], class_="minor"), listing(votes), class_="votes")
        if votes
        else None
    )
    hints = [hint["text"] for hint in item["hints"]]
    return card(
        item["title"],
        facts(lines),
        listing(hints, "hints") if hints else None,
        named,
        aside=chip(item["chip"]),
    )


def _question(view: View, group: View) -> Markup:
    items = group["items"]
    if not group["per"]:
        return card(group["title"], _answer(view, items[0]), aside=chip(items[0]["chip"]))
    rows = [(item["subject"], _answer_text(item), chip(item["chip"])) for item in items]
    words = view["words"]
    heads = (words["focal_point"], words["answer_given"], words["fields"]["state"])
    return card(group["title"], table(heads, rows, look=None))


def _answer_text(item: View) -> str:
    options = {option["key"]: option["title"] for option in item["options"]}
    if item["shown"]:
        return " · ".join(item["shown"])
    return str(options.get(item["value"], item["value"] or ""))


def _answer(view: View, item: View) -> Markup:
    words = view["words"]
    return facts(
        [
            (words["answer_given"], _answer_text(item)),
            (words["not_applicable"], item["reason"]),
            (words["fields"]["note"], item["note"]),
        ]
    )
