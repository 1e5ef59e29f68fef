"""A list that came in: what it was taken for, how it was read, what is new, what was not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.exchange.answers.columns import Own
from workbook.exchange.answers.form import form_questions
from workbook.exchange.intake import FIELDS
from workbook.exchange.kinds import TableKind
from workbook.exchange.tables.words import fold
from workbook.model.engagement import Team
from workbook.widgets.views.scene import Scene, View
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.names import ended
from workbook.wording.sentences import explained, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.errors import Problem
    from workbook.exchange.intake import ImportPlan
    from workbook.exchange.people import PersonRow
    from workbook.i18n import Voice
    from workbook.model.engagement import Person
    from workbook.widgets.incoming import Incoming, Intake

SHOWN = 200
"""Rows of a preview that are shown, besides those that ask something."""
LISTED = 1000
"""Lines of a list that are shown, such as that of all that was not used."""
OTHER_WORDS = " (other words)"
DECIDES = {
    TableKind.PEOPLE: ("overwrite", "complete"),
    TableKind.MATRIX: ("decided",),
}


def import_view(scene: Scene, intake: Intake) -> View:
    """What came in, and what it would change; nothing is recorded before the button is pressed."""
    v, incoming, plan = scene.voice, intake.incoming, intake.plan
    kind = plan.kind if plan else incoming.request.kind
    view: View = {
        "name": incoming.name,
        "pasted": incoming.pasted,
        "title": v.t("Import “{name}”", name=incoming.name),
        "problems": [_problem(problem, v) for problem in intake.problems],
        "readable": bool(incoming.grids),
        "kinds": [{"key": key, "title": title} for key, title in kind_names(v).items()],
        "kind": kind,
        "sheets": _sheets(incoming, v),
        "sheet": incoming.request.sheet or "",
        "plan": None,
    }
    return view | {"plan": _plan(scene, intake, plan)} if plan else view


def _sheets(incoming: Incoming, v: Voice) -> list[View]:
    """The sheets that there are to choose from; none where there is only one."""
    filled = [grid for grid in incoming.grids if grid.sheet and grid.lines]
    options = [
        {
            "key": grid.sheet,
            "title": v.t("{sheet} (hidden)", sheet=grid.sheet) if grid.hidden else grid.sheet,
        }
        for grid in filled
    ]
    return [{"key": "", "title": v.t("Whichever fits")}, *options] if len(filled) > 1 else []


def kind_names(voice: Voice) -> dict[TableKind, str]:
    """What a list can be imported as, as a choice names it."""
    t = voice.t
    return {
        TableKind.PEOPLE: t("People"),
        TableKind.SYSTEMS: t("Systems"),
        TableKind.MATRIX: t("A RACI matrix"),
        TableKind.ANSWERS: t("Answers of a form"),
        TableKind.ACTIONS: t("Actions that came back"),
        TableKind.QUESTIONNAIRE: t("A questionnaire that came back"),
    }


def _problem(problem: Problem, v: Voice) -> str:
    place = "" if problem.path.startswith("--") else sentence(problem.path, v)
    return " · ".join(filter(None, (place, ended(explained(problem, v)))))


def _plan(scene: Scene, intake: Intake, plan: ImportPlan) -> View:
    v, request = scene.voice, intake.incoming.request
    unused = len(plan.unused)
    return {
        "reason": sentence(plan.reason, v),
        "columns": [
            {"text": text, "field": _field(name), "shown": sentence(name, v)}
            for text, name in plan.mapping
            if text
        ],
        "fields": _fields(scene, plan),
        "labels": [
            {"text": x.text, "key": x.key, "facts": x.facts, "exact": x.exact} for x in plan.labels
        ],
        "subjects": _subjects(scene, plan.kind),
        "people": _people(scene, plan),
        "beyond": v.n(
            "… and one more person", "… and {count} more people", len(plan.people) - SHOWN
        )
        if len(plan.people) > SHOWN
        else "",
        "lines": _listed((sentence(line, v) for line in plan.preview), v)
        if plan.kind in (TableKind.ANSWERS, TableKind.ACTIONS, TableKind.QUESTIONNAIRE)
        else [],
        "questions": _listed((sentence(line, v) for line in plan.questions), v),
        "options": [
            {"key": key, "title": title, "on": getattr(request, key)}
            for key, title in _options(v).items()
            if key in DECIDES.get(plan.kind, ())
        ],
        "unused_title": v.n("One thing was not used", "{count} things were not used", unused)
        if unused
        else v.t("Everything was used"),
        "unused": _listed((sentence(line, v) for line in plan.unused), v),
        "button": _button(plan, v) if plan.changes else "",
        "nothing": "" if plan.changes else v.t("Nothing changes: all of it is here already."),
    }


def _listed(lines: Iterable[str], v: Voice) -> list[str]:
    every = list(lines)
    beyond = len(every) - LISTED
    if beyond <= 0:
        return every
    more = v.t("… and {count} more: workbook import --json lists all", count=v.number(beyond))
    return [*every[:LISTED], more]


def _field(name: str) -> str:
    return "" if name == "not used" else name.removesuffix(OTHER_WORDS)


def _fields(scene: Scene, plan: ImportPlan) -> list[View]:
    """What a column can hold; empty where columns are not chosen."""
    t, heads = scene.voice.t, headings(scene.voice)
    if plan.kind is TableKind.ANSWERS:
        asked = form_questions(scene.rules, scene.engagement, scene.voice, deputies=True)
        names = {question.target.name: question.text for question in asked}
        held = {_field(name) for _, name in plan.mapping}
        names |= {own: text for own, text in _form_columns(scene.voice).items() if own in held}
    elif plan.kind is TableKind.MATRIX:
        names = _parties(scene, plan)
        names |= {
            key: t("{name} (new)", name=text)
            for text, key in plan.mapping
            if _field(key) and key not in names
        }
    else:
        named = field_names(scene.voice) | {
            "first": t("First name"),
            "last": t("Last name"),
            "inside": t("Outside"),
            "active": t("Still there"),
            "birth_name": t("Name at birth"),
            "principal": t("Sign-in address"),
            "blocked": t("Blocked"),
            "until": t("Last day"),
            "it_owner": t("Owner in IT"),
            "criticality": t("Criticality"),
            "ready": t("Ready on"),
            "status": heads["status"],
            "completed": t("Completed on"),
            "due": heads["due"],
        }
        if plan.kind is TableKind.SYSTEMS:
            named["owner"] = t("Business owner")
        names = {key: named[key] for key in FIELDS.get(plan.kind, ())}
    options = [{"key": key, "title": title} for key, title in names.items()]
    return [{"key": "", "title": heads["not_used"]}, *options] if options else []


def _parties(scene: Scene, plan: ImportPlan) -> dict[str, str]:
    """Whom a column of a matrix may be; of a whole directory only who is named alike, and teams."""
    columns = {word for text, _ in plan.mapping for word in fold(text).split()}
    few = len(scene.parties) <= SHOWN
    named = {name for _, name in plan.mapping}
    return {
        key: party.name
        for key, party in scene.parties.items()
        if few or key in named or isinstance(party, Team) or columns & {*fold(party.name).split()}
    }


def _form_columns(voice: Voice) -> dict[str, str]:
    """The columns that a form has by itself."""
    t, names = voice.t, field_names(voice)
    return {
        Own.START: t("Begun at"),
        Own.TIME: t("Answered at"),
        Own.EMAIL: names["email"],
        Own.NAME: names["name"],
        Own.IDENT: t("Number of the reply"),
        Own.OTHER: t("Of the form itself"),
    }


def _subjects(scene: Scene, kind: TableKind) -> list[View]:
    """The focal points that a row can stand for."""
    wanted = ("system", "integration") if kind is TableKind.SYSTEMS else ()
    points = [
        point
        for area in scene.rules.areas
        for point in (area.focal_points if wanted else scene.focal_points(area))
        if not wanted or point.kind in wanted
    ]
    options = [{"key": point.key, "title": scene.focal(point.key)} for point in points]
    return [{"key": "", "title": headings(scene.voice)["not_used"]}, *options]


def _people(scene: Scene, plan: ImportPlan) -> list[View]:
    titles = {title.key: scene.say(title.title) for title in scene.rules.titles}
    people = {person.id: person for person in scene.engagement.people}
    changed = {change.subject[1]: change.value for change in plan.changes}
    rows = []
    for number, row in enumerate(plan.people):
        asks = _asks(row, people)
        if number < SHOWN or asks:
            rows.append(_person(scene, row, people, titles, changed) | {"asks": asks})
    return rows


def _person(
    scene: Scene,
    row: PersonRow,
    people: dict[str, Person],
    titles: dict[str, str],
    changed: dict[str, object],
) -> View:
    v = scene.voice
    person = people.get(row.known or "")
    unknown = v.t("not recognised") if row.title else ""
    same = None if row.doubtful else not row.apart
    return {
        "line": row.line,
        "name": row.name,
        "title": row.title,
        "unit": " · ".join(filter(None, (row.unit, row.email))),
        "recognised": titles.get(row.title_key or "", unknown),
        "sure": v.percent(row.confidence) if row.title_key else "",
        "fate": _fate(row, person, changed, v),
        "same": same,
    }


def _asks(row: PersonRow, people: dict[str, Person]) -> bool:
    """Whether somebody has to say if this is the same person: no address settles it."""
    person = people.get(row.known or "")
    if person is None:
        return row.twin is not None
    agree = row.email and fold(row.email) == fold(person.email or "")
    return row.doubtful or fold(row.name) != fold(person.name) or not agree


def _fate(row: PersonRow, person: Person | None, changed: dict[str, object], v: Voice) -> str:
    """What becomes of a row."""
    if row.twin is not None and row.apart:
        return v.t("same name as a line above")
    if row.twin is not None:
        return v.t("one person with a line above, whose details stay")
    return _known_fate(row, person, changed, v) if person else v.t("new")


def _known_fate(row: PersonRow, person: Person, changed: dict[str, object], v: Voice) -> str:
    if row.gone:
        return v.t("has left")
    if row.doubtful:
        return v.t("has the address of {name}", name=person.name)
    if row.apart:
        return v.t("same name as somebody there")
    value = changed.get(person.id)
    if not isinstance(value, dict):
        return v.t("already there")
    fields = ("name", "title", "unit", "email")
    texts = [value[x] for x in fields if value.get(x) and value[x] != getattr(person, x)]
    return v.t("already there; becomes {values}", values=v.listing(texts))


def _options(v: Voice) -> dict[str, str]:
    t = v.t
    return {
        "overwrite": t("Change what is there, too, not only blanks"),
        "complete": t("The list names everybody: who is not in it has left"),
        "decided": t("These are decisions, not proposals"),
    }


def _button(plan: ImportPlan, v: Voice) -> str:
    """How much the button takes over, in the words of the kind."""
    rows = sum(bool(label.key) for label in plan.labels)
    people = sum(change.subject[0] == "person" for change in plan.changes)
    match plan.kind:
        case TableKind.PEOPLE if people:
            return v.n("Take over one person", "Take over {count} people", people)
        case TableKind.SYSTEMS if rows:
            return v.n("Take over one system", "Take over {count} systems", rows)
        case TableKind.MATRIX if rows:
            return v.n("Take over one subject", "Take over {count} subjects", rows)
        case TableKind.ANSWERS if replies := len(plan.preview):
            return v.n("Take over one reply", "Take over {count} replies", replies)
    count = len(plan.changes)
    return v.n("Take over one change", "Take over {count} changes", count)
