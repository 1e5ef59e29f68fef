"""One focal point as a card: where it stands, what is decided, who said what, what to watch."""

from __future__ import annotations

from workbook.model.engagement import NOBODY, Decision, State, Team
from workbook.model.framework import FocalPoint
from workbook.scoring.cell import Cell, CellKind
from workbook.scoring.fit import Fitting
from workbook.scoring.panel import Panel
from workbook.widgets.views.scene import Scene, View
from workbook.wording.ownership import ownership_word


def chip(tone: str, sign: str, text: str) -> View:
    """A state in a word with its sign."""
    return {"tone": tone, "sign": sign, "text": text}


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
        (scene.disclosure.nameless, scene.ownership[key].state),
    )


def _card(
    scene: Scene, focal_point: FocalPoint, decision: Decision | None, panel: Panel | None
) -> View:
    key = focal_point.key
    given = decision or Decision(focal_point=key)
    return {
        "key": key,
        "title": scene.say(focal_point.title),
        "help": scene.say(focal_point.help) if focal_point.help else "",
        "chip": card_chip(scene, key),
        "owner": given.owner,
        "deputy": given.deputy,
        "state": given.state,
        "reason": given.reason,
        "confidence": given.confidence,
        "evidence": given.evidence,
        "note": given.note,
        "discuss_later": given.discuss_later,
        "responsible": list(given.responsible),
        "consulted": list(given.consulted),
        "informed": list(given.informed),
        "acceptance": given.acceptance.state if given.acceptance else None,
        "votes": _votes(scene, panel),
        "hints": _hints(scene, focal_point, given),
    }


def card_chip(scene: Scene, focal_point: str) -> View:
    """Where the focal point stands."""
    return ownership_word(scene, focal_point)._asdict()


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
            "party": given[0] if len(given) == 1 and given[0] in scene.parties else None,
            "title": scene.voice.listing(map(scene.party_label, given))
            if given
            else scene.party_label(NOBODY),
            "said_by": _said_by(scene, cells),
        }
        for given, cells in ordered
    ]


def _said_by(scene: Scene, cells: list[Cell]) -> str:
    if scene.disclosure.nameless:
        return scene.voice.n("one vote", "{count} votes", len(cells))
    return scene.voice.listing(scene.respondent(cell.respondent or "") for cell in cells)


def _hints(scene: Scene, focal_point: FocalPoint, given: Decision) -> list[View]:
    """What to watch: a title that does not fit or is missing, a deputy that does not help."""
    if given.owner is None or given.state != State.ANSWERED:
        return []
    hints = [
        _title_hint(scene, focal_point, given),
        _deputy_hint(scene, given),
        _team_hint(scene, given),
    ]
    return [hint for hint in hints if hint]


def _title_hint(scene: Scene, focal_point: FocalPoint, given: Decision) -> View | None:
    t = scene.voice.t
    area = scene.places[focal_point.key][0]
    lead = _counted(scene, given.owner)
    fitting = Fitting.of(scene.framework, scene.engagement)
    person = fitting.people.get(lead or "")
    if (
        person is None
        or given.title_reason
        or any(a.area == area.key for a in person.accepted_titles)
    ):
        return None
    if not person.title and not person.title_key:
        said = t("{name} has no job title yet; with one we see whether it fits.", name=person.name)
        return {"key": "title", "tone": "unknown", "sign": "?", "text": said, "title_of": person.id}
    key = fitting.title(person)
    if key is None:
        said = t("“{title}” is not a title we recognise.", title=person.title)
        return {"key": "title", "tone": "unknown", "sign": "?", "text": said}
    title = fitting.titles[key]
    if fitting.fit(person.id, area) == 1:
        return None
    if area.key in title.fits and title.fits_when.business_models:
        models = scene.voice.listing(
            (
                scene.say(m.title)
                for m in scene.framework.business_models
                if m.key in title.fits_when.business_models
            ),
            "or",
        )
        said = t(
            "“{title}” fits mainly where the business is {models}. "
            "Keep it with a reason, or name someone else.",
            title=person.title or scene.say(title.title),
            models=models,
        )
    else:
        said = t(
            "“{title}” is not a typical title in this area. "
            "Keep it with a reason, or name someone else.",
            title=person.title or scene.say(title.title),
        )
    return {"key": "title", "tone": "risk", "sign": "!", "text": said, "keep": True}


def _deputy_hint(scene: Scene, given: Decision) -> View | None:
    known = given.deputy in scene.parties and given.owner
    if known and _counted(scene, given.deputy) == _counted(scene, given.owner):
        said = scene.voice.t("The deputy is the owner: nobody would stand in.")
        return {"key": "deputy", "tone": "risk", "sign": "!", "text": said}
    return None


def _team_hint(scene: Scene, given: Decision) -> View | None:
    party = scene.parties.get(given.owner or "")
    if isinstance(party, Team) and party.lead is None:
        said = scene.voice.t(
            "A team can own it only with a named lead: say who leads {team}.", team=party.name
        )
        return {"key": "team", "tone": "risk", "sign": "!", "text": said, "lead_of": party.id}
    return None


def _counted(scene: Scene, party: str | None) -> str | None:
    found = scene.parties.get(party or "")
    return found.lead if isinstance(found, Team) else party
