"""The static page of the review: map, findings, actions, agenda and sign-off, one after another."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, cast

from workbook.fragments.markup import NOTHING, tag
from workbook.fragments.ownership import Letter, MapArea, MapParty, MapRow, MapTable, ownership_map
from workbook.fragments.table import TableColumn, table
from workbook.i18n import Voice
from workbook.widgets.pages.pieces import band, card, chip, facts, listing
from workbook.widgets.views.scene import View

if TYPE_CHECKING:
    from markupsafe import Markup

State = Literal["owned", "contested", "orphan", "open"]


def review(view: View, tabs: dict[str, View], voice: Voice) -> Markup:
    """Every tab that prints."""
    titles = {tab["key"]: tab["title"] for tab in view["page"]["tabs"]}
    parts = {
        "map": _map(tabs["map"], titles["map"], voice),
        "findings": _findings(view, tabs["findings"]),
        "actions": _actions(view, tabs["actions"]),
        "agenda": _agenda(view, tabs["agenda"]),
        "signoff": _signoff(view, tabs["signoff"]),
    }
    return tag("div", [(tag("h2", titles[key]), content) for key, content in parts.items()])


def _map(content: View, caption: str, voice: Voice) -> Markup:
    used = {party for row in content["rows"].values() for party in row["cells"]}
    parties = [
        MapParty(c["key"], c["name"], c["unit"]) for c in content["columns"] if c["key"] in used
    ]
    rows = [content["rows"][key] for key in content["order"]]
    areas = [
        MapArea(content["areas"][key], tuple(map(_map_row, members)))
        for key, members in groupby(rows, key=lambda row: row["area"])
    ]
    return ownership_map(MapTable(caption, tuple(parties), tuple(areas)), voice)


def _map_row(row: View) -> MapRow:
    letters = [(party, tuple(cell["roles"]) or ("A",)) for party, cell in row["cells"].items()]
    marks = cast("tuple[tuple[str, tuple[Letter, ...]], ...]", tuple(letters))
    state = cast("State", row["state"] if row["state"] != "out" else "open")
    return MapRow(row["title"], marks, state, note=row["note"])


def _findings(view: View, content: View) -> Markup:
    if not content["groups"]:
        return tag("p", content["empty"], class_="empty")
    return tag(
        "div", [_finding(view, item) for group in content["groups"] for item in group["items"]]
    )


def _finding(view: View, item: View) -> Markup:
    todo = (
        tag("p", tag("strong", view["words"]["to_do"]), " ", item["action"])
        if item["action"]
        else None
    )
    evidence = listing(item["evidence"], "evidence") if item["evidence"] else None
    return card(
        item["title"],
        tag("p", item["text"], class_="help"),
        evidence,
        todo,
        aside=chip(item["severity"]),
    )


def _actions(view: View, content: View) -> Markup:
    if not content["rows"]:
        return tag("p", content["empty"], class_="empty")
    words = view["words"]
    columns = [words["action"], words["who"]]
    columns += [TableColumn(words[key], "n") for key in ("due", "effort", "gain")]
    rows = [(r["title"], r["who"], r["due"], r["effort"], r["gain"]) for r in content["rows"]]
    every = tag(
        "div",
        table(columns, rows, look=None),
        tag("p", content["note"], class_="hint"),
        class_="card",
    )
    return tag("div", _plan(words, content["plan"]), every) if content["plan"] else every


def _plan(words: View, plan: View) -> Markup:
    """The plan that was asked for; nobody can ask for one on the page itself."""
    lead = tag("p", plan["lead"], class_="plan-lead")
    if not plan["rows"]:
        return card(words["plan_title"], lead)
    columns = [words["action"], words["who"]]
    columns += [TableColumn(words[key], "n") for key in ("effort", "adds")]
    rows = [
        (f"{r['number']}. {r['title']}", r["who"], r["effort"], r["gain"]) for r in plan["rows"]
    ]
    total = (words["total"], "", plan["effort"], plan["gain"])
    scores = [
        tag(
            "div",
            tag("div", score["title"], class_="small muted"),
            tag("div", score["text"], class_="big num"),
            tag("div", score["range"], class_="small muted"),
            band(score),
        )
        for score in (plan["before"], plan["after"])
    ]
    steps = table(columns, [*rows, total], look=None)
    return card(words["plan_title"], lead, tag("div", scores, class_="compare"), steps)


def _agenda(view: View, content: View) -> Markup:
    if not content["rows"]:
        return tag("p", content["empty"], class_="empty")
    words = view["words"]
    rows = [
        card(
            f"{row['number']}. {row['title']}",
            listing(row["reasons"], "reasons"),
            facts([(words["goal"], row["goal"]), (words["in_the_room"], row["with"])]),
            aside=tag(
                "span",
                chip(row["severity"]),
                " ",
                tag("span", row["minutes"], class_="small muted"),
            ),
        )
        for row in content["rows"]
    ]
    return tag("div", tag("p", content["lead"], class_="help"), rows)


def _signoff(view: View, content: View) -> Markup:
    if not content["rows"]:
        return tag("p", content["empty"], class_="empty")
    words, by = view["words"], view["parties"]["by"]
    states = {state["key"]: state["title"] for state in words["acceptances"]}
    names = words["fields"]
    columns = [words["focal_point"], names["owner"], names["deputy"]]
    columns += [TableColumn(words["decided"], "n"), names["acceptance"]]
    rows = [
        (
            r["title"],
            by[r["owner"]]["name"] if r["owner"] in by else r["owner"],
            r["deputy"],
            r["decided"],
            states.get(r["acceptance"], "–"),
        )
        for r in content["rows"]
    ]
    signed = [f"{baseline['name']} · {baseline['text']}" for baseline in content["baselines"]]
    return tag(
        "div",
        tag("p", content["lead"], class_="help"),
        table(columns, rows, look=None),
        listing(signed) if signed else NOTHING,
        class_="card",
    )
