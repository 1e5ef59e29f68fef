"""One focal point as a card: where it stands, what is decided, who said what, what to watch."""

from __future__ import annotations

from workbook.model.engagement import NOBODY, Decision, State, Team
from workbook.model.framework import FocalPoint
from workbook.scoring.cell import Cell, CellKind
from workbook.scoring.fit import Fitting
from workbook.scoring.panel import Panel
from workbook.widgets.views.scene import Scene, View
from workbook.wording.ownership import inherited_text, ownership_word


def card_view(scene: Scene, focal_point: FocalPoint) -> View:
    """Everything that a card shows, open or closed; the very same as before if nothing changed.

    A panel is another one as soon as anything about the people or the organisation is.
    """
    key = focal_point.key
    decision, panel = scene.decisions.get(key), scene.panels.get(key)
    return scene.cache.cards.get(
        key,
        (scene.voice, focal_point, decision, panel),
        lambda: _card(scene, focal_point, decision, panel),
        (scene.disclosure.nameless, scene.ownership[key].state, scene.inherited.get((key, None))),
    )


def _card(
    scene: Scene, focal_point: FocalPoint, decision: Decision | None, panel: Panel | None
) -> View:
    key = focal_point.key
    chosen = decision or Decision(focal_point=key)
    return {
        "key": key,
        "title": scene.say(focal_point.title),
        "help": scene.say(focal_point.help) if focal_point.help else "",
        "chip": ownership_word(scene, key)._asdict(),
        "owner": chosen.owner,
        "deputy": chosen.deputy,
        "state": chosen.state,
        "reason": chosen.reason,
        "confidence": chosen.confidence,
        "evidence": chosen.evidence,
        "note": chosen.note,
        "discuss_later": chosen.discuss_later,
        "responsible": list(chosen.responsible),
        "consulted": list(chosen.consulted),
        "informed": list(chosen.informed),
        "acceptance": chosen.acceptance.state if chosen.acceptance else None,
        "inherited": _inherited(scene, key, chosen),
        "votes": _votes(scene, panel),
        "hints": _hints(scene, focal_point, chosen),
    }


def _inherited(scene: Scene, key: str, decision: Decision) -> View | None:
    """What the group has settled, to be taken over here with one press."""
    heir = scene.inherited.get((key, None))
    if heir is None or heir.owner is None or decision.owner:
        return None
    text = inherited_text(scene, heir, scene.party_label(heir.owner))
    return {"text": text, "owner": heir.owner, "deputy": heir.deputy}


def _votes(scene: Scene, panel: Panel | None) -> list[View]:
    """What respondents said alone, most votes first."""
    if panel and scene.disclosure.withholds(len(panel.votes)):
        return []
    by_party: dict[tuple[str, ...], list[Cell]] = {}
    for cell in panel.votes if panel else ():
        by_party.setdefault(cell.named if cell.kind is not CellKind.NONE else (), []).append(cell)
    ordered = sorted(by_party.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {
            "party": answer[0] if len(answer) == 1 and answer[0] in scene.parties else None,
            "title": scene.voice.listing(map(scene.party_label, answer))
            if answer
            else scene.party_label(NOBODY),
            "said_by": _said_by(scene, cells),
        }
        for answer, cells in ordered
    ]


def _said_by(scene: Scene, cells: list[Cell]) -> str:
    if scene.disclosure.nameless:
        return scene.voice.n("one vote", "{count} votes", len(cells))
    return scene.voice.listing(scene.respondent(cell.respondent or "") for cell in cells)


def _hints(scene: Scene, focal_point: FocalPoint, decision: Decision) -> list[View]:
    """What to watch: a title that does not fit or is missing, a deputy that does not help."""
    if decision.owner is None or decision.state != State.ANSWERED:
        return []
    hints = [
        _title_hint(scene, focal_point, decision),
        _deputy_hint(scene, decision),
        _team_hint(scene, decision),
    ]
    return [hint for hint in hints if hint]


def _title_hint(scene: Scene, focal_point: FocalPoint, decision: Decision) -> View | None:
    t = scene.voice.t
    area = scene.places[focal_point.key][0]
    lead = _counted(scene, decision.owner)
    fitting = Fitting.of(scene.rules, scene.engagement)
    person = fitting.people.get(lead or "")
    if (
        person is None
        or decision.title_reason
        or any(a.area == area.key for a in person.accepted_titles)
    ):
        return None
    if not person.title and not person.title_key:
        hint = t("{name} has no job title yet; with one we see whether it fits.", name=person.name)
        return {"key": "title", "tone": "unknown", "sign": "?", "text": hint, "title_of": person.id}
    key = fitting.title(person)
    if key is None:
        hint = t("“{title}” is not a title we recognise.", title=person.title)
        return {"key": "title", "tone": "unknown", "sign": "?", "text": hint}
    title = fitting.titles[key]
    if fitting.fit(person.id, area) == 1:
        return None
    if area.key in title.fits and title.fits_when.business_models:
        models = scene.voice.listing(
            (
                scene.say(m.title)
                for m in scene.rules.business_models
                if m.key in title.fits_when.business_models
            ),
            "or",
        )
        hint = t(
            "“{title}” fits mainly where the business is {models}. "
            "Keep it with a reason, or name someone else.",
            title=person.title or scene.say(title.title),
            models=models,
        )
    else:
        hint = t(
            "“{title}” is not a typical title in this area. "
            "Keep it with a reason, or name someone else.",
            title=person.title or scene.say(title.title),
        )
    return {"key": "title", "tone": "risk", "sign": "!", "text": hint, "keep": True}


def _deputy_hint(scene: Scene, decision: Decision) -> View | None:
    known = decision.deputy in scene.parties and decision.owner
    if known and _counted(scene, decision.deputy) == _counted(scene, decision.owner):
        hint = scene.voice.t("The deputy is the owner: nobody would stand in.")
        return {"key": "deputy", "tone": "risk", "sign": "!", "text": hint}
    return None


def _team_hint(scene: Scene, decision: Decision) -> View | None:
    party = scene.parties.get(decision.owner or "")
    if isinstance(party, Team) and party.lead is None:
        hint = scene.voice.t(
            "A team can own it only with a named lead: say who leads {team}.", team=party.name
        )
        return {"key": "team", "tone": "risk", "sign": "!", "text": hint, "lead_of": party.id}
    return None


def _counted(scene: Scene, party: str | None) -> str | None:
    known = scene.parties.get(party or "")
    return known.lead if isinstance(known, Team) else party
