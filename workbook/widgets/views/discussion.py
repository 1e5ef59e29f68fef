"""What a room talks about, subject by subject: what people say, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import NOBODY, SESSION, Decision
from workbook.model.ownership import Consensus, FocalAgreement
from workbook.scoring.agenda import AgendaItem, agenda, shared_out
from workbook.widgets.views.scene import Scene, View
from workbook.wording.ownership import ownership_word
from workbook.wording.states import consensus_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.i18n import Voice
    from workbook.widgets.gathering import Gathering

_DIVIDED = {Consensus.TWO_CAMPS, Consensus.SCATTERED, Consensus.MAJORITY}


def room_agenda(scene: Scene, gathered: Gathering) -> tuple[AgendaItem, ...]:
    """What the room still has to talk about, in order, within the time that it has."""
    settled = {key for key, decision in scene.decisions.items() if decision.owner}
    items = agenda(scene.evaluation, scene.findings, settled)
    return items if gathered.left is None else shared_out(items, gathered.left)


def outcomes(scene: Scene, gathered: Gathering, items: Sequence[AgendaItem]) -> list[View]:
    """What the voices come to, in the order of the agenda; what is decided comes last."""
    waiting = {item.focal_point: item for item in items}
    voiced = [key for key, focal in scene.agreement.items() if focal.votes]
    return [
        _outcome(scene, scene.agreement[key], gathered, waiting.get(key))
        for key in (*waiting, *(key for key in voiced if key not in waiting))
    ]


def _outcome(
    scene: Scene, agreement: FocalAgreement, gathered: Gathering, item: AgendaItem | None
) -> View:
    key, v = agreement.focal_point, scene.voice
    area, focal_point = scene.places[key]
    decision = _decision(scene, scene.decisions.get(key))
    word = ownership_word(scene, key) if decision else consensus_word(agreement.outcome, v)
    return {
        "key": key,
        "title": scene.focal(key),
        "area": scene.area(area.key),
        "to": area.key,
        "tone": word.tone,
        "sign": word.sign,
        "text": word.text,
        "help": scene.say(focal_point.help) if focal_point.help else "",
        "minutes": (item.minutes or item.usual) if item else 1,
        "time": _time(v, item) if item else "",
        "decision": decision,
        "shares": [
            {
                "key": category,
                "party": category if category in scene.parties else None,
                "title": scene.party(category) if category != NOBODY else scene.party_label(NOBODY),
                "votes": votes,
                "share": votes / agreement.votes,
                "voters": _voters(scene, key, category),
            }
            for category, votes in agreement.shares
        ],
        "notes": _notes(scene, agreement, gathered.changed.get(key)),
    }


def _time(voice: Voice, item: AgendaItem) -> str:
    if item.minutes:
        return voice.t("{minutes} min", minutes=item.minutes)
    return voice.t("Does not fit in the time")


def _notes(scene: Scene, agreement: FocalAgreement, changed: float | None) -> list[str]:
    v, notes = scene.voice, []
    if agreement.margin:
        notes.append(
            v.n(
                "One vote would turn this.",
                "{count} votes would have to change to turn this.",
                agreement.margin,
            )
        )
    if agreement.outcome in _DIVIDED and agreement.effective_owners:
        owners = v.number(agreement.effective_owners, 1)
        notes.append(v.t("As if {owners} people owned it.", owners=owners))
    if changed is not None:
        notes.append(
            v.t("{share} of the answers changed since the round before.", share=v.percent(changed))
        )
    return notes


def _voters(scene: Scene, focal_point: str, category: str) -> list[View]:
    """Who says so, where names are shown: each may disagree with what is decided."""
    panel = scene.panels.get(focal_point)
    if panel is None or scene.disclosure.nameless:
        return []
    keys = [c.respondent for c in panel.votes if c.party == category and c.respondent]
    return [{"id": _person(scene, key), "name": scene.respondent(key)} for key in keys]


def _person(scene: Scene, respondent: str) -> str:
    known = scene.respondents.get(respondent)
    return (known.person if known else None) or respondent


def _decision(scene: Scene, decision: Decision | None) -> View | None:
    """What the room has decided."""
    if decision is None or decision.owner is None:
        return None
    return {
        "owner": decision.owner,
        "deputy": decision.deputy,
        "by": None if decision.decided_by == SESSION else decision.decided_by,
        "due": decision.due and decision.due.isoformat(),
        "dissent": [
            {
                "party": dissent.party,
                "name": scene.party_label(dissent.party),
                "note": dissent.note or "",
            }
            for dissent in decision.dissent
        ],
    }
