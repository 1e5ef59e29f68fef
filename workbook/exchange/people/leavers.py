"""Yesterday's map beside today's directory: owners and deputies who left or moved, who is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbook.exchange.people.rows import PersonRow
from workbook.exchange.request import ImportRequest, Recipient
from workbook.exchange.tables.words import fold
from workbook.model.engagement import Engagement, Person
from workbook.scoring.titles import Recogniser, recogniser
from workbook.store import Change

FEW = 10
"""New people who are named; of more only the number is told."""


@dataclass(frozen=True, slots=True)
class MapCheck:
    """What a directory says of the owners and deputies, and the decisions that it opens again."""

    remarks: tuple[str, ...]
    changes: tuple[Change, ...]


def check_map(rows: Sequence[PersonRow], recipient: Recipient, request: ImportRequest) -> MapCheck:
    """What an owner or deputy who left, or got another title or unit, decided opens again."""
    engagement = recipient.engagement
    people = {person.id: person for person in engagement.people}
    remarks: list[str] = []
    opened: dict[tuple[str, ...], Change] = {}
    for key in _gone(rows, engagement, request):
        changes = _reopened(key, recipient)
        opened |= {change.subject: change for change in changes}
        names = ", ".join(change.subject[1] for change in changes) or "nothing"
        remarks.append(f"{people[key].name} has left; to be confirmed again: {names}")
    for row in rows:
        person = people.get(row.known or "")
        changes = _reopened(person.id, recipient) if person else []
        if person is None or row.gone or row.doubtful or row.apart or not changes:
            continue
        for text, before in _moves(row, person, recogniser(recipient.rules)):
            names = ", ".join(change.subject[1] for change in changes)
            remarks.append(
                f"{person.name} moved from “{before}” to “{text}”; to be confirmed again: {names}"
            )
            opened |= {change.subject: change for change in changes}
    if request.complete and people:
        remarks += _new(row.name for row in rows if row.is_new)
    return MapCheck(tuple(remarks), tuple(opened.values()))


def _moves(row: PersonRow, person: Person, known: Recogniser) -> Iterator[tuple[str, str]]:
    """Another title and another unit, each with the one before; another spelling is none."""
    title = known.recognise(person.title).title
    another = fold(row.title) != fold(person.title or row.title)
    if row.title and another and (title is None or row.title_key != title):
        yield row.title, person.title or ""
    if row.unit and person.unit and fold(row.unit) != fold(person.unit):
        yield row.unit, person.unit


def _new(names: Iterable[str]) -> list[str]:
    """Who joined since, by name while they are few."""
    new = list(names)
    listed = ", ".join(new) if len(new) <= FEW else f"{len(new):,}"
    return [f"new in the list: {listed}"] if new else []


def _gone(rows: Sequence[PersonRow], engagement: Engagement, request: ImportRequest) -> list[str]:
    """The people of the engagement whose account is disabled, or whom a whole list lacks."""
    gone = [row.known for row in rows if row.known and row.gone and not row.doubtful]
    if request.complete:
        listed = {row.known for row in rows if not row.apart}
        gone += [
            person.id
            for person in engagement.people
            if person.id not in listed and person.inside is not False
        ]
    return list(dict.fromkeys(gone))


def _reopened(key: str, recipient: Recipient) -> list[Change]:
    """The decisions of a person without the confirmation and on the agenda again."""
    reopened = []
    for decision in recipient.engagement.decisions:
        subject = ("decision", decision.focal_point)
        value = recipient.value(subject)
        if key in (decision.owner, decision.deputy) and isinstance(value, dict):
            standing = {name: v for name, v in value.items() if name != "confirmed_on"}
            reopened.append(Change(subject, {**standing, "discuss_later": True}))
    return reopened
