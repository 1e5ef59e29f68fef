"""If this person leaves: what loses its owner, who would take over, what the score would be."""

from __future__ import annotations

from workbook.scoring.departure import Departure, backed, held, if_leaves
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import compared


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
        "empty": scene.voice.t("Nobody owns anything yet."),
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
    v = scene.voice
    left = if_leaves(scene.rules, scene.engagement, person, scene.evaluation.as_of)
    orphaned = v.t("loses its owner")
    unsettled = v.t("no longer has a single owner")
    unbacked = v.t("loses its deputy")
    rows = [
        *(_row(scene, key, "not", "○", orphaned) for key in left.orphaned),
        *(
            _row(scene, key, "nearly", "◆", v.t("{name} stands in", name=scene.party_label(heir)))
            for key, heir in left.inherited
        ),
        *(_row(scene, key, "risk", "≠", unsettled) for key in left.unsettled),
        *(_row(scene, key, "risk", "▲", unbacked) for key in left.unbacked),
    ]
    return {
        "title": v.t("If {name} leaves", name=scene.party_label(person)),
        "lead": _lead(scene, left),
        "rows": rows,
        **compared(scene, left.after.score),
    }


def _row(scene: Scene, key: str, tone: str, sign: str, text: str) -> View:
    return {"key": key, "title": scene.focal(key), "text": text, "tone": tone, "sign": sign}


def _lead(scene: Scene, left: Departure) -> str:
    v = scene.voice
    ownerless, unbacked = len(left.orphaned) + len(left.unsettled), len(left.unbacked)
    sentences = []
    if ownerless:
        sentences.append(
            v.n("One subject loses its owner.", "{count} subjects lose their owner.", ownerless)
        )
    elif left.inherited:
        sentences.append(v.t("No subject loses its owner: a deputy stands in for each."))
    if unbacked:
        sentences.append(
            v.n("One subject loses its deputy.", "{count} subjects lose their deputy.", unbacked)
        )
    return " ".join(sentences) or v.t("Nothing depends on this person.")
