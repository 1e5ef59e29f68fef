"""A sheet for each owner: what they own, to accept; and what moves, and to whom, if they leave."""

from __future__ import annotations

from workbook.errors import BadInput, Problem, nearest
from workbook.fragments.leaflet import Leaflet, LeafletTable, Piece
from workbook.model.engagement import Engagement, Person
from workbook.report.build import running
from workbook.scoring.confirming import confirmations
from workbook.scoring.departure import if_leaves
from workbook.wording.actions import action_title
from workbook.wording.departure import (
    departure_lead,
    departure_lines,
    leaving_title,
    nobody_owns,
)
from workbook.wording.fields import field_names, value_names
from workbook.wording.figures import NO_NUMBER
from workbook.wording.findings import finding_title
from workbook.wording.headings import headings
from workbook.wording.ownership import ownership_note
from workbook.wording.phrases import Phrases

Part = tuple[str, tuple[Piece | None, ...]]


def owner_sheets(phrases: Phrases, only: str = "") -> Leaflet:
    """A page for each party that owns a subject, decided or agreed, by name; for one `only`."""
    v = phrases.voice
    parts = tuple(
        (v.t("What {name} owns", name=phrases.party(owner)), _owned(phrases, owner, subjects))
        for owner, subjects in _owners(phrases)
        if only in ("", owner)
    )
    title = v.t("What {name} owns", name=phrases.party(only)) if only else ""
    return _leaflet(phrases, title or v.t("Owners and what they own"), parts, only)


def handover_sheets(phrases: Phrases, only: str = "") -> Leaflet:
    """A page for each person who owns a subject: what happens to it on the day they leave."""
    v = phrases.voice
    leavers = (key for key, _ in _owners(phrases) if isinstance(phrases.parties[key], Person))
    parts = tuple(
        (leaving_title(phrases, key), _handed_over(phrases, key))
        for key in leavers
        if only in ("", key)
    )
    title = leaving_title(phrases, only) if only else v.t("What moves when an owner leaves")
    return _leaflet(phrases, title, parts, only)


def party_named(engagement: Engagement, name: str, *, leaves: bool = False) -> str:
    """The id of a party by its id or its name; of somebody who `leaves`, of a person's.

    BadInput with the nearest names if there is none, or with the ids of several.
    """
    parties = [p for p in engagement.parties().values() if isinstance(p, Person) or not leaves]
    ids = [p.id for p in parties if p.id == name] or [
        p.id for p in parties if p.name.casefold() == name.casefold()
    ]
    if len(ids) == 1:
        return ids[0]
    if ids:
        text, fix = f"several are called “{name}”", f"give one of their ids: {', '.join(ids)}"
    else:
        text, fix = f"nobody is called “{name}”", nearest(name, [p.name for p in parties])
    raise BadInput(Problem(text, fix, path="person"))


def _leaflet(phrases: Phrases, title: str, parts: tuple[Part, ...], only: str) -> Leaflet:
    v, name = phrases.voice, phrases.engagement.organisation.name
    nothing = v.t("{name} owns nothing yet.", name=phrases.party(only)) if only else nobody_owns(v)
    empty = "" if parts else nothing
    return Leaflet(
        title=f"{title} · {name}",
        language=v.language,
        label=v.date(phrases.evaluation.as_of),
        lead=empty,
        parts=parts,
        running=running(phrases),
        sheets=True,
        origin=name,
    )


def _owners(phrases: Phrases) -> list[tuple[str, list[str]]]:
    """Every owner with their subjects, in the order of names."""
    owned: dict[str, list[str]] = {}
    for key, ownership in phrases.ownership.items():
        if ownership.owner:
            owned.setdefault(ownership.owner, []).append(key)
    return sorted(owned.items(), key=lambda pair: (phrases.party(pair[0]), pair[0]))


def _owned(phrases: Phrases, owner: str, subjects: list[str]) -> tuple[Piece | None, ...]:
    v, words, names = phrases.voice, headings(phrases.voice), field_names(phrases.voice)
    heads = (words["subject"], words["area"], names["deputy"], words["status"], names["acceptance"])
    rows = []
    for key in subjects:
        decision = phrases.reading.decisions.get(key)
        decided = decision if decision and phrases.disclosure.decided(key) else None
        deputy = phrases.party_label(decided.deputy) if decided else NO_NUMBER
        accepted = decided and decided.acceptance and value_names(v)[decided.acceptance.state]
        area = phrases.area(phrases.ownership[key].area)
        note = ownership_note(phrases, key)
        rows.append((phrases.focal(key), area, deputy, note, accepted or NO_NUMBER))
    lead = v.n(
        "One subject: please confirm that you answer for it.",
        "{count} subjects: please confirm that you answer for each of them.",
        len(subjects),
    )
    days = [each.due for each in confirmations(phrases.reading) if each.focal_point in subjects]
    if days:
        date = v.date(min(days))
        again = (
            v.t("To be confirmed again, overdue since {date}.", date=date)
            if min(days) < phrases.evaluation.as_of
            else v.t("To be confirmed again by {date}.", date=date)
        )
        lead = f"{lead} {again}"
    consent = v.t("I take these on")
    signing = LeafletTable(
        consent, (words["who"], words["when"], v.t("Signature")), ((phrases.titled(owner), "", ""),)
    )
    table = LeafletTable(v.t("Your subjects"), heads, tuple(rows))
    return lead, table, _open(phrases, frozenset(subjects)), signing


def _open(phrases: Phrases, subjects: frozenset[str]) -> LeafletTable | None:
    """What is still to be done about these subjects."""
    actions = {key: action for action in phrases.disclosure.actions for key in action.findings}
    rows = tuple(
        (finding_title(phrases, finding), action_title(phrases, action) if action else "")
        for finding in phrases.findings
        if finding.focal_point in subjects
        for action in [actions.get(finding.key)]
    )
    heads = headings(phrases.voice)["finding"], headings(phrases.voice)["action"]
    return LeafletTable(phrases.voice.t("Still open"), heads, rows) if rows else None


def _handed_over(phrases: Phrases, person: str) -> tuple[Piece | None, ...]:
    v, words = phrases.voice, headings(phrases.voice)
    left = if_leaves(phrases.rules, phrases.engagement, person, phrases.evaluation.as_of)
    rows = tuple(
        (phrases.focal(line.key), line.text, phrases.party(line.heir) if line.heir else "", "")
        for line in departure_lines(phrases, left)
        if not phrases.disclosure.hides(line.key)
    )
    heads = (
        *(words["subject"], v.t("What happens")),
        *(v.t("Taken over by"), v.t("Handed over on")),
    )
    title = leaving_title(phrases, person)
    return departure_lead(phrases, left), LeafletTable(title, heads, rows) if rows else None
