"""What a room talks about, subject by subject: what people say, and what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import NOBODY, SESSION, Decision
from workbook.model.ownership import Consensus, FocalAgreement
from workbook.widgets.views.scene import Scene, View
from workbook.wording.states import consensus_word

if TYPE_CHECKING:
    from workbook.widgets.gathering import Gathering

ORDER = (
    Consensus.TWO_CAMPS,
    Consensus.SCATTERED,
    Consensus.MAJORITY,
    Consensus.NOBODY,
    Consensus.GROUP,
    Consensus.TOO_FEW,
    Consensus.WITHHELD,
    Consensus.AGREED,
    Consensus.UNANIMOUS,
)
"""What a room talks about first (METHOD §6): two camps."""
_DIVIDED = {Consensus.TWO_CAMPS, Consensus.SCATTERED, Consensus.MAJORITY}
MINUTES = {
    Consensus.TWO_CAMPS: 8,
    Consensus.SCATTERED: 6,
    Consensus.MAJORITY: 4,
    Consensus.NOBODY: 6,
    Consensus.GROUP: 4,
}
"""What the time of a room is worth; whatever else is confirmed in one."""


def outcomes(scene: Scene, gathered: Gathering) -> list[View]:
    """What the voices come to, what needs talking about first."""
    voiced = [a for a in scene.evaluation.agreement.focal_points if a.votes]
    decided = scene.decisions
    ordered = sorted(
        voiced, key=lambda a: (a.focal_point in decided, ORDER.index(a.outcome), -a.votes)
    )
    return [_outcome(scene, agreement, gathered) for agreement in ordered]


def _outcome(scene: Scene, agreement: FocalAgreement, gathered: Gathering) -> View:
    key, v = agreement.focal_point, scene.voice
    area, focal_point = scene.places[key]
    word = consensus_word(agreement.outcome, v)
    return {
        "key": key,
        "title": scene.focal(key),
        "area": scene.area(area.key),
        "to": area.key,
        "tone": word.tone,
        "sign": word.sign,
        "text": word.text,
        "help": scene.say(focal_point.help) if focal_point.help else "",
        "minutes": MINUTES.get(agreement.outcome, 1),
        "decision": _decision(scene, scene.decisions.get(key)),
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


def _notes(scene: Scene, agreement: FocalAgreement, changed: float | None) -> list[str]:
    v, notes = scene.voice, []
    if agreement.margin:
        notes.append(
            v.n(
                "One voice would turn this.",
                "{count} voices would have to change to turn this.",
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
