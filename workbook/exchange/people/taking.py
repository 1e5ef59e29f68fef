"""People of a list into an engagement: who is new, who has left, what stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbook.exchange.listing import Listing
from workbook.exchange.people.leavers import check_map
from workbook.exchange.people.reading import MOST, people_changes, people_of
from workbook.exchange.people.rows import Omission, PersonRow
from workbook.exchange.request import ImportRequest, Recipient
from workbook.exchange.subjects import Taking
from workbook.model.engagement import Engagement
from workbook.scoring.titles import recogniser


def take_people(listing: Listing, recipient: Recipient, request: ImportRequest) -> Taking:
    """Everybody whom a list names; leavers reopen what they decided."""
    engagement = recipient.engagement
    known = recogniser(recipient.rules)
    body = listing.rows[listing.index + 1 :]
    listed = people_of(body, listing.columns, engagement, known, request.same, request.today)
    why = {
        Omission.NO_NAME: "no name",
        Omission.NO_PERSON: "no person",
        Omission.TWICE: "there twice",
        Omission.TOO_MANY: f"more than {MOST:,} people",
        Omission.GONE: "has left and is not known here",
    }
    people = {person.id: person.name for person in engagement.people}
    map_check = check_map(listed.rows, recipient, request)
    return Taking(
        mapping=listing.mapping,
        preview=tuple(_person(row, people) for row in listed.rows),
        questions=(*map_check.remarks, *_doubts(listed.rows, engagement, request)),
        people=listed.rows,
        unused=listing.unused(
            (
                *(f"{line.text}: {why[line.why]}" for line in listed.left_out),
                *(f"{r.name}: “{r.unread}” is no address" for r in listed.rows if r.unread),
            )
        ),
        changes=(
            *people_changes(listed, engagement, overwrite=request.overwrite),
            *map_check.changes,
        ),
    )


def _person(row: PersonRow, people: Mapping[str, str]) -> str:
    facts = ", ".join(filter(None, (row.title, row.unit, row.email)))
    known = "" if row.is_new else f"  = {people.get(row.known or '', 'a line above')}"
    return f"{row.name}: {facts}{known}" if facts else f"{row.name}{known}"


def _doubts(
    rows: Iterable[PersonRow], engagement: Engagement, request: ImportRequest
) -> Iterable[str]:
    """What an import does not decide by itself: other names, other values."""
    people = {person.id: person for person in engagement.people}
    for row in rows:
        person = people.get(row.known or "")
        if person is None or row.apart:
            continue
        if row.doubtful:
            yield f"{row.name} has the address of {person.name}: not taken in"
        elif not request.overwrite:
            for name in ("title", "unit", "email"):
                text, before = getattr(row, name), getattr(person, name)
                if text and before and text != before:
                    yield f"{person.name}: {name} stays “{before}”, the file says “{text}”"
