"""A matrix into an engagement: its letters become what the matrix proposes, or decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.exchange.raci.matrix import Matrix, MatrixRow
from workbook.exchange.subjects import Label, Subjects, Taking
from workbook.exchange.tables.words import fold
from workbook.model.engagement import Engagement
from workbook.scoring.titles import Recogniser
from workbook.store import Change
from workbook.workspace import key_for, new_id

ROLES = "ARCI"
FIELDS = {"R": "responsible", "C": "consulted", "I": "informed"}


def take_matrix(
    matrix: Matrix,
    engagement: Engagement,
    subjects: Subjects,
    recogniser: Recogniser,
    *,
    source: str,
    decided: bool,
    chosen: Mapping[str, str],
) -> Taking:
    """The letters of a matrix as nominations of a respondent who is named after the file.

    With `decided`, a row with one accountable becomes a decision where there is none yet. Parties
    are known by name, by a title that one person has, or become teams; `chosen` says who else a
    party is, or that it is left out.
    """
    left_out = [name for name in matrix.parties if chosen.get(name) == ""]
    matrix = _without(matrix, left_out)
    labels, unused, questions = list[Label](), [*_unused(matrix)], []
    unused += [f"column {name}" for name in left_out]
    rows: dict[str, MatrixRow] = {}
    for row in matrix.rows:
        match = subjects.find(row.label)
        if match is None:
            labels.append(Label(row.label, facts=_letters(matrix, row)))
            unused.append(f"row {row.number}, {row.label}: no focal point bears this name")
        elif match.key in rows:
            unused.append(f"row {row.number}, {row.label}: {match.key} is taken by a row above")
        elif not _in_scope(engagement, subjects, match.key):
            unused.append(f"row {row.number}, {row.label}: {match.key} is not in scope")
        else:
            rows[match.key] = row
            labels.append(Label(row.label, match.key, _letters(matrix, row), match.exact))
    parties, changes = _parties(matrix, rows, engagement, recogniser, chosen)
    if decided:
        existing = {decision.focal_point for decision in engagement.decisions}
        for key, row in rows.items():
            accountable = matrix.holders(row, "A")
            if key in existing:
                questions.append(f"{key} has a decision already, which stays")
            elif len(accountable) != 1:
                questions.append(f"{key}: {len(accountable)} accountable, so nothing is decided")
            else:
                changes.append(_decision(matrix, row, key, parties, source))
    else:
        respondent = key_for(source) or "matrix"
        changes.append(Change(("respondent", respondent), {"name": source}))
        changes += [
            Change(("nomination", respondent, key), _nominations(matrix, row, parties))
            for key, row in rows.items()
        ]
    return Taking(
        mapping=(
            *((name, parties[fold(name)]) for name in matrix.parties if fold(name) in parties),
            *((name, "not used") for name in left_out),
        ),
        preview=tuple(str(label) for label in labels if label.key),
        questions=tuple(questions),
        unused=tuple(unused),
        changes=tuple(changes) if rows else (),
        labels=tuple(labels),
    )


def _without(matrix: Matrix, names: Sequence[str]) -> Matrix:
    """The matrix without the columns of these parties."""
    cells = {(row, name): text for (row, name), text in matrix.cells.items() if name not in names}
    parties = tuple(name for name in matrix.parties if name not in names)
    return replace(matrix, parties=parties, cells=cells) if names else matrix


def _in_scope(engagement: Engagement, subjects: Subjects, key: str) -> bool:
    group = subjects[key].scope if key in subjects else None
    return key in subjects and (group is None or key in engagement.scope.get(group, ()))


def _letters(matrix: Matrix, row: MatrixRow) -> str:
    held = {party: matrix.letters(row, party) for party in matrix.parties}
    return ", ".join(f"{party} {letters}" for party, letters in held.items() if letters)


def _unused(matrix: Matrix) -> list[str]:
    """What stands in no matrix, texts that are no letters, and letters that we have no role for."""
    listed = [f"{item.kind} {item.text}" for item in matrix.unused]
    listed += [f"row {s.row.number}, {s.party}: “{s.text}”" for s in matrix.unread]
    for (row, party), letters in matrix.cells.items():
        beyond = "".join(letter for letter in letters if letter not in ROLES)
        if beyond:
            listed.append(f"row {row.number}, {party}: {beyond} is no role here")
    return listed


def _parties(
    matrix: Matrix,
    rows: Mapping[str, MatrixRow],
    engagement: Engagement,
    recogniser: Recogniser,
    chosen: Mapping[str, str],
) -> tuple[dict[str, str], list[Change]]:
    """The id of every party that has a letter in these rows, and the teams that are new."""
    parties = engagement.parties()
    named = {fold(party.name): key for key, party in parties.items()}
    named |= {fold(text): key for text, key in chosen.items() if key in parties}
    titled: dict[str, list[str]] = {}
    for person in engagement.people:
        title = person.title_key or recogniser.recognise(person.title or "").title
        if title and person.inside is not False:
            titled.setdefault(title, []).append(person.id)
    ids: dict[str, str] = {}
    changes: list[Change] = []
    for name in matrix.parties:
        if not any(matrix.letters(row, name) for row in rows.values()):
            continue
        holders = titled.get(recogniser.recognise(name).title or "", [])
        if fold(name) in named:
            ids[fold(name)] = named[fold(name)]
        elif len(holders) == 1:
            ids[fold(name)] = holders[0]
        else:
            ids[fold(name)] = new_id(engagement, name, frozenset(ids.values()))
            changes.append(Change(("team", ids[fold(name)]), {"name": name}))
    return ids, changes


def _nominations(
    matrix: Matrix, row: MatrixRow, parties: Mapping[str, str]
) -> list[dict[str, str]]:
    pairs = {
        (parties[fold(name)], letter)
        for name in matrix.parties
        for letter in matrix.letters(row, name)
        if letter in ROLES
    }
    return [{"party": party, "role": role} for party, role in sorted(pairs, key=_accountable_first)]


def _accountable_first(pair: tuple[str, str]) -> tuple[int, str]:
    return ROLES.index(pair[1]), pair[0]


def _decision(
    matrix: Matrix, row: MatrixRow, key: str, parties: Mapping[str, str], source: str
) -> Change:
    value: dict[str, object] = {
        field: [parties[fold(name)] for name in matrix.holders(row, letter)]
        for letter, field in FIELDS.items()
        if matrix.holders(row, letter)
    }
    (owner,) = matrix.holders(row, "A")
    return Change(("decision", key), {"owner": parties[fold(owner)], **value, "decided_by": source})
