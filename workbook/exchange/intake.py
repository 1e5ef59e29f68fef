"""From a client's file to changes of an engagement, shown before anything is recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from workbook.errors import BadInput, Problem, nearest
from workbook.exchange.answers.taking import take_answers, targets_of
from workbook.exchange.kinds import Guess, TableKind, cells_of, kind_of
from workbook.exchange.listing import Listing, read_listing
from workbook.exchange.people.columns import guessed_columns, header, heads_addresses
from workbook.exchange.people.rows import PersonRow
from workbook.exchange.people.taking import take_people
from workbook.exchange.questionnaire.reading import filled_in
from workbook.exchange.questionnaire.taking import take_questionnaire
from workbook.exchange.raci.matrix import assemble
from workbook.exchange.raci.taking import take_matrix
from workbook.exchange.request import ImportRequest, Recipient
from workbook.exchange.subjects import Label, Subjects, Taking
from workbook.exchange.systems import system_columns, systems_of, take_systems
from workbook.exchange.tables.grid import MAX_COLUMNS, Grid, GridCell, Line
from workbook.exchange.tables.reading import on_sheet, read_grids
from workbook.exchange.tasks.columns import task_columns
from workbook.exchange.tasks.taking import take_tasks
from workbook.model.engagement import NOBODY, VACANT, Engagement
from workbook.scoring.titles import recogniser
from workbook.store import Change, canonical

FIELDS: Mapping[TableKind, tuple[str, ...]] = {
    TableKind.PEOPLE: (
        *("name", "first", "last", "birth_name", "title", "unit", "email", "principal"),
        *("inside", "active", "blocked", "until"),
    ),
    TableKind.SYSTEMS: ("name", "owner", "it_owner", "criticality", "ready"),
    TableKind.ACTIONS: ("title", "status", "completed", "email", "owner", "due"),
}


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do: its kind with the reason, the mapping, and what is left out.

    `questions` are doubts that nothing was done about, `unused` all of the file that was not used.
    `people` are the rows of a list of people, `labels` those of systems or of a matrix, each with
    its focal point. `remembered` is what the next file of this engagement is read by, too.
    """

    kind: TableKind
    reason: str
    mapping: tuple[tuple[str, str], ...]
    preview: tuple[str, ...]
    questions: tuple[str, ...]
    unused: tuple[str, ...]
    changes: tuple[Change, ...]
    people: tuple[PersonRow, ...]
    labels: tuple[Label, ...]
    remembered: Mapping[str, str]


def plan_import(path: Path, recipient: Recipient, request: ImportRequest) -> ImportPlan:
    """How a file would change an engagement; BadInput where it is of no kind that can be imported.

    Changes that would leave everything as it is are not made: importing twice changes nothing.
    """
    return plan_of(path, read_grids(path), recipient, request)


def plan_of(
    path: Path, every: Sequence[Grid], recipient: Recipient, request: ImportRequest
) -> ImportPlan:
    """The same for tables that were read already; `path` is what they are called."""
    grids: Sequence[Grid] = on_sheet(every, request.sheet, str(path))
    aside = [grid for grid in every if grid not in grids and grid.lines]
    guess = kind_of(grids)
    if guess.kind is None and request.kind is None:
        grids, guess = _upright(grids, guess)
    kind = request.kind or guess.kind or request.otherwise
    if kind is None:
        fix = "say what it lists, or give the table a heading line"
        raise BadInput(Problem(f"looks like {guess.reason}", fix, file=str(path), path="--as"))
    listed = kind is TableKind.PEOPLE and (request.otherwise or any(g.width > 1 for g in grids))
    if listed and not any(header(cells_of(grid)) for grid in grids):
        grids = [grid if heads_addresses(cells_of(grid)) else _lettered(grid) for grid in grids]
    known = frozenset(_names(kind, recipient))
    texts = {text for grid in grids for row in cells_of(grid) for text in row if text}
    if guess.matrix:  # a heading may name a party in other words than its cell has
        texts |= {*guess.matrix.parties, *(row.label for row in guess.matrix.rows)}
    _refuse_unknown(path, texts, request.chosen, known)
    usual = {
        text: name
        for text, name in request.usual.items()
        if text in texts and name in known and text not in request.chosen
    }
    request = replace(request, chosen={**usual, **request.chosen})
    taking = _taking(path, grids, replace(guess, kind=kind), recipient, request)
    changes = tuple(
        change
        for change in taking.changes
        if change.subject in taking.confirmed
        or canonical(change).value != recipient.value(change.subject)
    )
    _refuse_unheard(path, changes, recipient.engagement)
    return ImportPlan(
        kind=kind,
        reason=_reason(guess, kind, request),
        mapping=taking.mapping,
        preview=taking.preview,
        questions=(
            *(f"as chosen before: {text} → {name or 'not used'}" for text, name in usual.items()),
            *taking.questions,
        ),
        unused=(*taking.unused, *_around(grids, kind), *map(_not_read, aside)),
        changes=changes,
        people=taking.people,
        labels=taking.labels,
        # Who is meant by a word is a person's detail; a letter says nothing of another table.
        remembered={
            text: name
            for text, name in request.chosen.items()
            if name not in recipient.engagement.parties() and not any(map(_is_lettered, grids))
        },
    )


def _refuse_unheard(path: Path, changes: Collection[Change], engagement: Engagement) -> None:
    """BadInput for what people say between two rounds without names: no round would release it."""
    silent = engagement.anonymous and engagement.rounds and all(r.closed for r in engagement.rounds)
    if silent and any(change.subject[0] == "nomination" for change in changes):
        message = "no round is open, and without names only a round shows what people say"
        fix = "open another round on the board, then take it in"
        raise BadInput(Problem(message, fix, file=str(path)))


def _reason(guess: Guess, kind: TableKind, request: ImportRequest) -> str:
    if kind is guess.kind:
        return guess.reason
    return "as asked" if request.kind else "lines under no heading that says otherwise"


def _upright(grids: Sequence[Grid], guess: Guess) -> tuple[Sequence[Grid], Guess]:
    """Lists that lie on their side, with their headings down, as they would stand."""
    turned = [grid.turned() for grid in grids if len(grid.lines) <= MAX_COLUMNS]
    other = kind_of(turned)
    if other.kind in (TableKind.PEOPLE, TableKind.SYSTEMS):
        return turned, replace(other, reason=f"{other.reason}; turned")
    return grids, guess


def _lettered(grid: Grid) -> Grid:
    """A table without headings under the letters that a spreadsheet gives its columns."""
    from openpyxl.utils import get_column_letter

    letters = (GridCell(get_column_letter(column)) for column in range(1, grid.width + 1))
    return replace(grid, lines=(Line(0, tuple(letters)), *grid.lines)) if grid.lines else grid


def _is_guessed(grid: Grid) -> bool:
    """Whether the columns of a list of people are told by its cells alone."""
    rows = cells_of(grid)
    return _is_lettered(grid) or (heads_addresses(rows) and not header(rows))


def _is_lettered(grid: Grid) -> bool:
    return bool(grid.lines) and grid.lines[0].number == 0


def _around(grids: Iterable[Grid], kind: TableKind) -> Iterable[str]:
    """The texts around tables; a matrix may have its legend there."""
    if kind is TableKind.MATRIX:
        return ()
    texts = dict.fromkeys(text for grid in grids for text in grid.remarks if text.strip())
    return (f"text beside the table: {text}" for text in texts)


def _not_read(grid: Grid) -> str:
    if grid.hidden:
        return f"hidden sheet {grid.sheet}: not read"
    return f"sheet {grid.sheet}: not read"


def _taking(
    path: Path, grids: Sequence[Grid], guess: Guess, recipient: Recipient, request: ImportRequest
) -> Taking:
    """What a file of this kind gives."""
    chosen = request.chosen
    match guess.kind:
        case TableKind.PEOPLE:
            guessed = partial(guessed_columns, recogniser=recogniser(recipient.rules))
            find = guessed if all(map(_is_guessed, grids)) else header
            listing = read_listing(path, grids, find, FIELDS[guess.kind], chosen)
            return take_people(listing, recipient, request)
        case TableKind.SYSTEMS:
            find = partial(system_columns, stated=request.kind is TableKind.SYSTEMS)
            listing = read_listing(path, grids, find, FIELDS[guess.kind], chosen)
            return _systems(listing, recipient, request, path.name)
        case TableKind.ANSWERS:
            return take_answers(path, grids, recipient, chosen)
        case TableKind.ACTIONS:
            listing = read_listing(path, grids, task_columns, FIELDS[guess.kind], chosen)
            return take_tasks(listing, recipient, request.today)
        case TableKind.QUESTIONNAIRE:
            return take_questionnaire(path, filled_in(path, grids), recipient, request)
    matrix = guess.matrix or assemble(grids)
    if matrix is None:
        raise BadInput(Problem("holds no RACI matrix", "choose another kind", file=str(path)))
    return take_matrix(
        matrix,
        recipient.engagement,
        Subjects(recipient.rules, chosen),
        recogniser(recipient.rules),
        source=path.name,
        decided=request.decided,
        chosen=chosen,
    )


def _systems(listing: Listing, recipient: Recipient, request: ImportRequest, file: str) -> Taking:
    taking = take_systems(
        systems_of(listing.rows[listing.index + 1 :], listing.columns),
        recipient.engagement,
        Subjects(recipient.rules, request.chosen, ("system", "integration")),
        file,
    )
    return replace(taking, mapping=listing.mapping, unused=listing.unused(taking.unused))


def _names(kind: TableKind, recipient: Recipient) -> Iterable[str]:
    """Everything that --map may name in a file of this kind."""
    if kind is not TableKind.ANSWERS:
        by_name = kind in (TableKind.MATRIX, TableKind.QUESTIONNAIRE)
        named = recipient.engagement.parties() if by_name else {}
        return {*FIELDS.get(kind, ()), *recipient.rules.places(), *named, ""}
    questions = recipient.rules.questions().values()
    options = (option.key for _, question in questions for option in question.options)
    parties = (*recipient.engagement.parties(), NOBODY, VACANT)
    return {*targets_of(recipient), *options, *parties, ""}


def _refuse_unknown(
    path: Path, texts: Collection[str], chosen: Mapping[str, str], known: Collection[str]
) -> None:
    """BadInput for a --map of a text that is not in the file, or onto something unknown."""
    problems = [
        Problem(f"“{text}” is not in the file", nearest(text, texts), str(path), path="--map")
        for text in chosen
        if text not in texts
    ]
    problems += [
        Problem(f"there is nothing named “{name}”", nearest(name, known), str(path), path="--map")
        for name in chosen.values()
        if name not in known
    ]
    if problems:
        raise BadInput(problems)
