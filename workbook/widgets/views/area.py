"""A guided area: why it matters, one card per focal point, its questions."""

from __future__ import annotations

from workbook.model.framework import Area
from workbook.widgets.views.card import card_view
from workbook.widgets.views.frame import onward
from workbook.widgets.views.questions import question_groups
from workbook.widgets.views.scene import Scene, View


def area_page(scene: Scene, area: Area) -> View:
    """The page of one area."""
    t, keys = scene.voice.t, [a.key for a in scene.rules.areas]
    cards = [card_view(scene, f) for f in scene.focal_points(area)]
    index = keys.index(area.key)
    return {
        "kind": "area",
        "key": area.key,
        "kicker": t("Area {number} of {total}", number=index + 1, total=len(keys)),
        "heading": scene.say(area.heading),
        "lead": scene.say(area.why),
        "start": _first_open(scene, cards),
        "cards": {
            "order": [card["key"] for card in cards],
            "by": {card["key"]: card for card in cards},
        },
        "questions": question_groups(scene, area),
        "onward": onward(scene, area.key),
    }


def _first_open(scene: Scene, cards: list[View]) -> str | None:
    decided = scene.decisions
    waiting = (
        c["key"] for c in cards if c["key"] not in decided or decided[c["key"]].owner is None
    )
    return next(waiting, cards[0]["key"] if cards else None)
