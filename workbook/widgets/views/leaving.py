"""If this person leaves: what becomes orphan, who would stand in, what the score would be."""

from __future__ import annotations

from workbook.scoring.departure import if_leaves
from workbook.scoring.panel import Kind
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import score_view


def leaving_page(scene: Scene, person: str | None) -> View:
    """Everybody with what they hold, the heaviest load first; details for the chosen person."""
    rows = [_load(scene, p.id) for p in scene.engagement.people]
    held = sorted(
        (r for r in rows if r["owns"] or r["deputy"]),
        key=lambda r: (-r["owns"], -r["deputy"], r["id"]),
    )
    return {
        "rows": held,
        "chosen": person,
        "result": _result(scene, person) if person else None,
        "empty": scene.voice.t("Nobody owns anything yet."),
    }


def _favourite(scene: Scene, key: str) -> str | None:
    """Who alone holds a focal point now: the decided owner, or whom everybody names."""
    panel = scene.panels[key]
    named = {cell.party for cell in panel.cells if cell.kind is Kind.SINGLE}
    alone = len(named) == 1 and all(cell.kind is not Kind.GROUP for cell in panel.cells)
    return named.pop() if alone else None


def _load(scene: Scene, person: str) -> View:
    decisions = scene.engagement.standing_decisions().values()
    owns = [key for key in scene.panels if _favourite(scene, key) == person]
    deputy = sum(d.deputy == person for d in decisions)
    v = scene.voice
    return {
        "id": person,
        "owns": len(owns),
        "deputy": deputy,
        "text": " · ".join(
            said
            for said, number in (
                (v.n("owns one subject", "owns {count} subjects", len(owns)), len(owns)),
                (v.n("deputy once", "deputy {count} times", deputy), deputy),
            )
            if number
        ),
    }


def _result(scene: Scene, person: str) -> View:
    v = scene.voice
    left = if_leaves(scene.framework, scene.engagement, person, scene.evaluation.as_of)
    heirs = dict(left.inherited)
    order = [key for key in scene.places if key in heirs or key in left.orphaned]
    rows = [
        _inherited(scene, key, heirs[key]) if key in heirs else _orphaned(scene, key)
        for key in order
    ]
    count = len(left.orphaned)
    return {
        "title": v.t("If {name} leaves", name=scene.party(person)),
        "lead": v.n("One subject becomes orphan.", "{count} subjects become orphan.", count)
        if count
        else v.t("No subject becomes orphan: a deputy stands in for each."),
        "rows": rows + [_unbacked(scene, key) for key in left.unbacked],
        "before": score_view(scene, scene.evaluation.score, v.t("Today")),
        "after": score_view(scene, left.after.score, v.t("After")),
    }


def _row(scene: Scene, key: str, tone: str, sign: str, text: str) -> View:
    return {"key": key, "title": scene.focal(key), "text": text, "tone": tone, "sign": sign}


def _orphaned(scene: Scene, key: str) -> View:
    return _row(scene, key, "not", "○", scene.voice.t("becomes orphan"))


def _inherited(scene: Scene, key: str, heir: str) -> View:
    text = scene.voice.t("{name} stands in", name=scene.party(heir))
    return _row(scene, key, "nearly", "◆", text)


def _unbacked(scene: Scene, key: str) -> View:
    return _row(scene, key, "risk", "▲", scene.voice.t("loses its deputy"))
