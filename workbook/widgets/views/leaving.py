"""If this person leaves: what becomes orphan, who would stand in, what the score would be."""

from __future__ import annotations

from workbook.model.engagement import NONE, VACANT, Decision, Engagement, Team
from workbook.scoring import evaluate
from workbook.scoring.panel import Kind
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import score_view


def without(engagement: Engagement, person: str) -> Engagement:
    """The engagement after somebody left: their posts are vacant, their deputyships void."""

    def left(decision: Decision) -> Decision:
        changes: dict[str, object] = {}
        if decision.owner == person:
            changes["owner"] = VACANT
        if decision.deputy == person:
            changes["deputy"] = NONE
        for field in ("responsible", "consulted", "informed"):
            changes[field] = tuple(p for p in getattr(decision, field) if p != person)
        return decision.model_copy(update=changes)

    return engagement.model_copy(
        update={
            "decisions": tuple(left(d) for d in engagement.decisions),
            "teams": tuple(
                t.model_copy(update={"lead": None}) if t.lead == person else t
                for t in engagement.teams
            ),
            "nominations": tuple(
                n.model_copy(
                    update={
                        "party": VACANT if n.party == person else n.party,
                        "deputy": NONE if n.deputy == person else n.deputy,
                    }
                )
                for n in engagement.nominations
            ),
        }
    )


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
    after = evaluate(scene.framework, without(scene.engagement, person), scene.evaluation.as_of)
    lost = [key for key in scene.panels if _favourite(scene, key) == person]
    decisions = scene.engagement.standing_decisions()
    rows = []
    for key in lost:
        deputy = decisions[key].deputy if key in decisions else None
        stands = deputy if deputy in scene.parties and _lead(scene, deputy) != person else None
        text = (
            v.t("{name} stands in", name=scene.party(stands)) if stands else v.t("becomes orphan")
        )
        rows.append(
            {
                "key": key,
                "title": scene.focal(key),
                "text": text,
                "tone": "nearly" if stands else "not",
                "sign": "◆" if stands else "○",
            }
        )
    orphans = sum(row["tone"] == "not" for row in rows)
    return {
        "title": v.t("If {name} leaves", name=scene.party(person)),
        "lead": v.n("One subject becomes orphan.", "{count} subjects become orphan.", orphans)
        if orphans
        else v.t("No subject becomes orphan: a deputy stands in for each."),
        "rows": rows,
        "before": score_view(scene, scene.evaluation.score, v.t("Today")),
        "after": score_view(scene, after.score, v.t("After")),
    }


def _lead(scene: Scene, party: str | None) -> str | None:
    found = scene.parties.get(party or "")
    return found.lead if isinstance(found, Team) else party
