"""If this person leaves: what loses its owner, who would take over, what the score would be."""

from __future__ import annotations

from workbook.scoring.departure import backed, held, if_leaves
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import compared
from workbook.wording.departure import departure_lead, departure_lines, leaving_title, nobody_owns


def leaving_page(scene: Scene, person: str | None) -> View:
    """Everybody with what they hold, the heaviest load first; details for the chosen person."""
    people = [person.id for person in scene.engagement.people]
    chosen = person if person in people else None
    rows = [_load(scene, person) for person in people]
    loaded = sorted(
        (r for r in rows if r["owns"] or r["deputy"]),
        key=lambda r: (-r["owns"], -r["deputy"], r["id"]),
    )
    return {
        "rows": loaded,
        "chosen": chosen,
        "result": _result(scene, chosen) if chosen else None,
        "empty": nobody_owns(scene.voice),
    }


def _load(scene: Scene, person: str) -> View:
    owns, deputy = len(held(scene.reading, person)), len(backed(scene.reading, person))
    v = scene.voice
    return {
        "id": person,
        "owns": owns,
        "deputy": deputy,
        "text": " · ".join(
            text
            for text, number in (
                (v.n("owns one subject", "owns {count} subjects", owns), owns),
                (v.n("deputy once", "deputy {count} times", deputy), deputy),
            )
            if number
        ),
    }


def _result(scene: Scene, person: str) -> View:
    left = if_leaves(scene.rules, scene.engagement, person, scene.evaluation.as_of)
    return {
        "title": leaving_title(scene, person),
        "lead": departure_lead(scene, left),
        "rows": [
            {
                "key": line.key,
                "title": scene.focal(line.key),
                "text": line.text,
                "tone": line.tone,
                "sign": line.sign,
            }
            for line in departure_lines(scene, left)
        ],
        **compared(scene, left.after.score),
    }
