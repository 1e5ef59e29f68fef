"""The preview of pasted people: how each line is read, namesakes, and the lines left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exchange.people import MOST, Omission, Pasted, PersonRow
from workbook.i18n import Voice
from workbook.widgets.views.scene import Scene, View
from workbook.wording.fields import field_names
from workbook.wording.figures import NO_NUMBER

if TYPE_CHECKING:
    from workbook.model.engagement import Person


def pasted_view(scene: Scene, pasted: Pasted) -> View:
    """What would be taken in; nothing is recorded before the button is pressed."""
    v = scene.voice
    new = sum(row.is_new for row in pasted.rows)
    left_out = len(pasted.left_out)
    titles = {title.key: scene.say(title.title) for title in scene.rules.titles}
    people = {person.id: person for person in scene.engagement.people}
    return {
        "lead": _lead(pasted, v),
        "count": v.n("Add one person", "Add {count} people", new) if new else v.t("Take it in"),
        "empty": v.t(
            "No name was found. Copy the cells with names and titles, and paste them here."
        ),
        "rows": [
            {
                "line": row.line,
                "name": row.name,
                "title": row.title,
                "unit": row.unit,
                "recognised": titles.get(
                    row.title_key or "", v.t("not recognised") if row.title else ""
                ),
                "sure": v.percent(row.confidence) if row.title_key else "",
                "known": _namesake(row, people, v),
                "asks": row.twin is not None or row.known is not None,
                "apart": row.apart,
            }
            for row in pasted.rows
        ],
        "left_title": v.n("One line is left out", "{count} lines are left out", left_out)
        if left_out
        else "",
        "left_out": [{"text": line.text, "why": _why(line.why, v)} for line in pasted.left_out],
    }


def _lead(pasted: Pasted, v: Voice) -> str:
    names = field_names(v) | {
        "first": v.t("First name"),
        "last": v.t("Last name"),
        "inside": v.t("Outside"),
        "": NO_NUMBER,
    }
    columns = v.listing(names[column] for column in pasted.columns)
    read = v.t("Columns: {columns}.", columns=columns) if pasted.columns else ""
    header = v.t("The first line was read as a header.") if pasted.header else ""
    return " ".join(part for part in (read, header) if part)


def _namesake(row: PersonRow, people: dict[str, Person], v: Voice) -> str:
    """Whose name a row has, and what becomes of that person."""
    if row.twin is not None:
        if row.apart:
            return v.t("same name as a line above")
        return v.t("one person with a line above, whose details stay")
    person = people.get(row.known or "")
    if person is None:
        return ""
    if row.apart:
        return v.t("same name as somebody there")
    changes = [
        text
        for text, before in (
            (row.name, person.name),
            (row.title, person.title),
            (row.unit, person.unit),
            (row.email, person.email),
        )
        if text and before and text != before
    ]
    if changes:
        return v.t("already there; changes to {values}", values=v.listing(changes))
    return v.t("already there")


def _why(why: Omission, v: Voice) -> str:
    match why:
        case Omission.NO_NAME:
            return v.t("no name")
        case Omission.TWICE:
            return v.t("there twice")
        case Omission.TOO_LONG:
            return v.t("beyond what one paste may hold")
        case Omission.GONE:
            return v.t("has left")
        case Omission.TOO_MANY:
            return v.t("more than {count} people", count=v.number(MOST))
