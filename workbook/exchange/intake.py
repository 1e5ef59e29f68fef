"""From a client's file to changes of an engagement, shown before anything is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.errors import BadInput, Problem, nearest
from workbook.exchange.kinds import TableKind, cells_of, kind_of
from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import header
from workbook.exchange.people.reading import Omission, PersonRow, people_changes, people_of
from workbook.exchange.raci.matrix import Matrix, assemble
from workbook.exchange.raci.taking import take_matrix
from workbook.exchange.subjects import Subjects, Taking
from workbook.exchange.systems import system_columns, systems_of, take_systems
from workbook.exchange.tables.grid import Grid
from workbook.exchange.tables.reading import read_grids
from workbook.model.engagement import Engagement
from workbook.model.rules import Rules
from workbook.scoring.titles import recogniser
from workbook.store import Change, Json, Subject, canonical

MOST_PEOPLE = 10_000
FIELDS: Mapping[TableKind, tuple[str, ...]] = {
    TableKind.PEOPLE: ("name", "first", "last", "title", "unit", "email", "inside", "active"),
    TableKind.SYSTEMS: ("name", "owner", "it_owner", "criticality", "ready"),
}


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """How a file is to be read. `chosen` maps headings to fields, or labels to focal points.

    `complete`: a list of people names everybody, so that whoever is not in it has left.
    """

    kind: TableKind | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    overwrite: bool = False
    decided: bool = False
    complete: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do: its kind with the reason, the mapping, and what is left out.

    `questions` are doubts that nothing was done about, `unused` all of the file that was not used.
    """

    kind: TableKind
    reason: str
    mapping: tuple[tuple[str, str], ...]
    preview: tuple[str, ...]
    questions: tuple[str, ...]
    unused: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Recipient:
    """The engagement that a file goes into, and what it holds of a subject today."""

    engagement: Engagement
    rules: Rules
    value: Callable[[Subject], Json]


def plan_import(path: Path, recipient: Recipient, request: ImportRequest) -> ImportPlan:
    """How a file would change an engagement; BadInput where it is of no kind that can be imported.

    Changes that would leave everything as it is are not made: importing twice changes nothing.
    """
    grids = read_grids(path, sheet=request.sheet)
    guess = kind_of(grids)
    kind = request.kind or guess.kind
    if kind is None:
        fix = "choose --as people, systems or matrix, or give the table a heading line"
        raise BadInput(Problem(f"looks like {guess.reason}", fix, file=str(path)))
    reason = guess.reason if kind is guess.kind else "as asked"
    match kind:
        case TableKind.PEOPLE:
            listing = _listing(path, grids, header, FIELDS[kind], request.chosen)
            plan = _people(listing, recipient, request)
        case TableKind.SYSTEMS:
            listing = _listing(path, grids, system_columns, FIELDS[kind], request.chosen)
            plan = _systems(listing, recipient, request, path.name)
        case TableKind.MATRIX:
            plan = _matrix(path, guess.matrix or assemble(grids), recipient, request)
    _refuse_unknown(path, grids, recipient, request, FIELDS.get(kind, ()))
    changes = [change for change in plan.changes if _changes_something(change, recipient)]
    return ImportPlan(
        kind=kind,
        reason=reason,
        mapping=plan.mapping,
        preview=plan.preview,
        questions=plan.questions,
        unused=plan.unused,
        changes=tuple(changes),
    )


def _refuse_unknown(
    path: Path,
    grids: Sequence[Grid],
    recipient: Recipient,
    request: ImportRequest,
    fields: Sequence[str],
) -> None:
    """BadInput for a --map of a text that is not in the file, or onto something unknown."""
    texts = {text for grid in grids for row in cells_of(grid) for text in row if text}
    known = {*fields, *recipient.rules.places(), ""}
    problems = [
        Problem(f"“{text}” is not in the file", nearest(text, texts), str(path), path="--map")
        for text in request.chosen
        if text not in texts
    ]
    problems += [
        Problem(f"there is nothing named “{name}”", nearest(name, known), str(path), path="--map")
        for name in request.chosen.values()
        if name not in known
    ]
    if problems:
        raise BadInput(problems)


def _changes_something(change: Change, recipient: Recipient) -> bool:
    return bool(canonical(change).value != recipient.value(change.subject))


def _people(listing: _Listing, recipient: Recipient, request: ImportRequest) -> Taking:
    engagement = recipient.engagement
    known = recogniser(recipient.rules)
    pasted = people_of(listing.rows, engagement, known, columns=listing.columns, most=MOST_PEOPLE)
    why = {
        Omission.NO_NAME: "no name",
        Omission.TWICE: "there twice",
        Omission.TOO_MANY: f"more than {MOST_PEOPLE:,} people",
        Omission.GONE: "has left and is not known here",
    }
    people = {person.id: person.name for person in engagement.people}
    gone = _gone(pasted.rows, engagement, request)
    reopened = _reopened(gone, recipient)
    leavers = [
        f"{people[key]} has left; to be confirmed again: "
        + (", ".join(change.subject[1] for change in reopened[key]) or "nothing")
        for key in gone
    ]
    return Taking(
        mapping=listing.mapping,
        preview=tuple(_person(row, people) for row in pasted.rows),
        questions=(*leavers, *_doubts(pasted.rows, engagement, request)),
        unused=listing.unused(
            f"{line.text}: {why.get(line.why, line.why.value)}" for line in pasted.left_out
        ),
        changes=(
            *people_changes(pasted, engagement, overwrite=request.overwrite),
            *{change.subject: change for key in gone for change in reopened[key]}.values(),
        ),
    )


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


def _reopened(gone: Iterable[str], recipient: Recipient) -> dict[str, list[Change]]:
    """By person, their decisions without the confirmation and on the agenda again."""
    reopened: dict[str, list[Change]] = {}
    for key in gone:
        reopened[key] = []
        for decision in recipient.engagement.decisions:
            subject = ("decision", decision.focal_point)
            value = recipient.value(subject)
            if key in (decision.owner, decision.deputy) and isinstance(value, dict):
                standing = {name: v for name, v in value.items() if name != "confirmed_on"}
                reopened[key].append(Change(subject, {**standing, "discuss_later": True}))
    return reopened


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


def _systems(listing: _Listing, recipient: Recipient, request: ImportRequest, file: str) -> Taking:
    taking = take_systems(
        systems_of(listing.rows[listing.index + 1 :], listing.columns),
        recipient.engagement,
        Subjects(recipient.rules, request.chosen, ("system", "integration")),
        file,
    )
    return replace(taking, mapping=listing.mapping, unused=listing.unused(taking.unused))


def _matrix(
    path: Path, matrix: Matrix | None, recipient: Recipient, request: ImportRequest
) -> Taking:
    if matrix is None:
        raise BadInput(Problem("holds no RACI matrix", "choose another kind", file=str(path)))
    subjects = Subjects(recipient.rules, request.chosen)
    return take_matrix(
        matrix,
        recipient.engagement,
        subjects,
        recogniser(recipient.rules),
        source=path.name,
        decided=request.decided,
    )


@dataclass(frozen=True)
class _Listing:
    """A list with a heading: `rows[index]` heads it, and `columns` say what its columns hold."""

    grids: Sequence[Grid]
    grid: Grid
    rows: Sequence[Cells]
    index: int
    columns: Cells

    @property
    def mapping(self) -> tuple[tuple[str, str], ...]:
        """Each heading with the field that its column was read as."""
        pairs = zip(self.rows[self.index], self.columns, strict=False)
        return tuple((text, key or "not used") for text, key in pairs)

    def unused(self, rows: Iterable[str]) -> tuple[str, ...]:
        """All of the file that was not used, the rows among it."""
        lines = [line for line in self.grid.lines if not line.blank][: self.index]
        others = (
            f"sheet {grid.sheet}" if grid.sheet else f"table {number}"
            for number, grid in enumerate(self.grids, 1)
            if grid is not self.grid and grid.lines
        )
        return (
            *(f"line {x.number}: {' · '.join(cell.text for _, cell in x.own())}" for x in lines),
            *(f"column {text}" for text, key in self.mapping if text and key == "not used"),
            *rows,
            *(f"{other}: not read" for other in others),
        )


def _listing(
    path: Path,
    grids: Sequence[Grid],
    find: Callable[[Sequence[Cells]], tuple[int, Cells] | None],
    fields: Sequence[str],
    chosen: Mapping[str, str],
) -> _Listing:
    """The first table with such a heading, its columns as they were chosen."""
    for grid in grids:
        rows = cells_of(grid)
        if headed := find(rows):
            columns = _mapped(rows[headed[0]], headed[1], fields, chosen)
            return _Listing(grids=grids, grid=grid, rows=rows, index=headed[0], columns=columns)
    fix = "give the columns headings such as Name, Job title, E-mail"
    raise BadInput(Problem("no line of headings was found", fix, file=str(path)))


def _mapped(
    headings: Cells, columns: Cells, fields: Sequence[str], chosen: Mapping[str, str]
) -> Cells:
    """The columns with what was chosen for them."""
    mapped = list(columns)
    for heading, key in chosen.items():
        if heading not in headings or key not in ("", *fields):
            continue
        mapped = ["" if column == key else column for column in mapped]
        mapped[headings.index(heading)] = key
    return mapped
