"""A questionnaire that came back: what changed in it, row by row, whatever program saved it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbook.errors import BadInput, Problem, nearest
from workbook.exchange.answers.parties import STATES
from workbook.exchange.questionnaire.paper import MARK, MISSING, CodeLine, Field
from workbook.exchange.tables.grid import Grid, Line
from workbook.exchange.tables.words import fold
from workbook.exchange.tables.xlsx_grid import CODES
from workbook.model.engagement import State
from workbook.store import Change, Json
from workbook.workshop import ANSWER_FIELDS, LONGEST_TEXT

RESEND = "send the file itself, as XLSX, with its hidden column and sheet"
KINDS = ("person", "team", "external")
CLEARED: Mapping[str, Json] = {"party": None, "state": None, "reason": None, "ask": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one row says anew of a focal point: fields by code, and names as they were written."""

    line: int
    focal_point: str
    fields: Mapping[str, Json] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FilledIn:
    """A questionnaire that came back: its pass, what is said anew, and what is missing.

    `problems` are the cells that mean nothing; `newcomers` are those whom the respondent described,
    by name.
    """

    code: str
    sayings: tuple[Saying, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    newcomers: Mapping[str, Change] = field(default_factory=dict)


def is_questionnaire(grids: Sequence[Grid]) -> bool:
    """Whether a file is a questionnaire of ours, even one that has lost its codes."""
    return any(grid.lines and grid.lines[0][0].text == MARK for grid in grids)


def filled_in(file: Path, grids: Sequence[Grid]) -> FilledIn:
    """What a questionnaire says; BadInput if it has lost its codes."""
    codes = next((grid for grid in grids if grid.sheet == CODES), None)
    if codes is None:
        raise BadInput(Problem("its hidden sheet of codes is missing", RESEND, file=str(file)))
    lines = [[cell.text for cell in line.cells] for line in codes.lines]
    passes = [line[1] for line in lines if line[0] == CodeLine.PASS]
    if len(passes) != 1:
        raise BadInput(Problem("its hidden sheet of codes is damaged", RESEND, file=str(file)))
    sheet = next((grid for grid in grids if grid.sheet != CODES), None)
    if sheet is None:
        return _of_page(file, passes[0], lines)
    try:
        reader = _SheetReader(file, lines)
    except ValueError as error:
        message = "its hidden sheet of codes is damaged"
        raise BadInput(Problem(message, RESEND, file=str(file))) from error
    sayings, missing = reader.sayings(sheet), reader.missing(sheet)
    return FilledIn(passes[0], sayings, missing, tuple(reader.problems))


def _of_page(file: Path, code: str, lines: Sequence[Sequence[str]]) -> FilledIn:
    """What a file of answers says, which the page of a questionnaire has written."""
    try:
        sayings = tuple(
            Saying(
                line=number,
                focal_point=line[1],
                fields=_texts(line[2]),
                names={name: text for name, text in _texts(line[3]).items() if text},
                on=dt.date.fromisoformat(line[4]),
            )
            for number, line in enumerate(lines, 1)
            if line[0] == CodeLine.ANSWER
        )
        newcomers = dict(_newcomer(*line[1:6]) for line in lines if line[0] == CodeLine.NEWCOMER)
        missing = tuple(_short(line[1]) for line in lines if line[0] == CodeLine.MISSING)
    except (ValueError, TypeError, IndexError, RecursionError) as error:
        fix = "save the answers again on the page, or copy the text whole"
        raise BadInput(Problem("the file of answers is damaged", fix, file=str(file))) from error
    return FilledIn(code, sayings, missing, newcomers=newcomers)


def _texts(text: str) -> dict[str, str | None]:
    """What is said of a subject, as the page writes it; ValueError for anything else."""
    held = json.loads(text)
    if not isinstance(held, dict) or not held.keys() <= ANSWER_FIELDS:
        raise ValueError(text)
    return {name: None if each is None else _short(each) for name, each in held.items()}


def _short(text: object) -> str:
    """The text; ValueError for one that is longer than the page lets anybody write, or none."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise ValueError(text)
    return text


def _newcomer(name: str, kind: str, title: str, inside: str, lead: str) -> tuple[str, Change]:
    """Somebody whom the respondent described; the change has no id yet. ValueError for no kind."""
    if kind not in KINDS:
        raise ValueError(kind)
    person: Json = {"title": _short(title) or None, "inside": None if inside else False}
    team = {"lead": lead or None}
    about: dict[str, Json] = {"person": person, "team": team, "external": {}}[kind]
    known = {field: value for field, value in about.items() if value is not None}
    return fold(name), Change((kind, ""), {"name": _short(name), **known})


class _SheetReader:
    """Reads the sheet that people see by the codes of the hidden one."""

    def __init__(self, file: Path, lines: Sequence[Sequence[str]]) -> None:
        self._file = str(file)
        self._codes: dict[Field, dict[str, str]] = {each: {} for each in Field}
        self._texts: dict[Field, list[str]] = {each: [] for each in Field}
        self._before: dict[str, dict[Field, str]] = {}
        for line in lines:
            cells = [*line, *[""] * (6 - len(line))]
            if cells[0] == CodeLine.CODE:
                self._codes[Field(cells[1])].setdefault(fold(cells[3]), cells[2])
                self._texts[Field(cells[1])].append(cells[3])
            elif cells[0] == CodeLine.BEFORE:
                self._before[cells[1]] = dict(zip(Field, cells[2:6], strict=True))
        self.problems: list[Problem] = []

    def sayings(self, sheet: Grid) -> tuple[Saying, ...]:
        """The rows that say something else than when the questionnaire was sent."""
        seen: dict[str, int] = {}
        sayings = []
        for line in sheet.lines:
            key = line[0].text
            if key in (MARK, MISSING):
                continue
            if not key:
                self._refuse_lost(line)
            elif key not in self._before:
                self._refuse(line, "A", f"“{key}” is no subject of this questionnaire", RESEND)
            elif key in seen:
                fix = f"keep one of the rows {seen[key]} and {line.number}"
                self._refuse(line, "A", "the subject stands there twice", fix)
            else:
                seen[key] = line.number
                saying = self._saying(line, key)
                if saying.fields or saying.names:
                    sayings.append(saying)
        return tuple(sayings)

    def missing(self, sheet: Grid) -> tuple[str, ...]:
        """What should have an owner, and is not on the list."""
        lines = [line for line in sheet.lines if line[0].text == MISSING and line[5].text]
        for line in lines:
            self._check_length(line, line[5].text)
        return tuple(dict.fromkeys(line[5].text for line in lines))

    def _saying(self, line: Line, key: str) -> Saying:
        fields: dict[str, Json] = {}
        names: dict[str, str] = {}
        for column, (each, before) in enumerate(self._before[key].items(), 2):
            cell = line[column]
            if cell.text == before:
                continue
            if each is Field.NOTE:
                self._check_length(line, cell.text)
                fields["note"] = cell.text or None
            elif each is Field.CONFIDENCE:
                fields["confidence"] = self._confidence(line, cell.text)
            elif not cell.text:
                fields.update(CLEARED if each is Field.OWNER else {"deputy": None})
            elif code := self._code(each, cell.text):
                fields.update(_named(each, code))
            else:
                names["party" if each is Field.OWNER else "deputy"] = cell.text
        return Saying(line=line.number, focal_point=key, fields=fields, names=names)

    def _code(self, each: Field, text: str) -> str | None:
        """The code of a text of the list; words for “don’t know” count wherever they come from."""
        code = self._codes[each].get(fold(text))
        if code is None and each is Field.OWNER:
            state = STATES.get(fold(text))
            return State.UNKNOWN if state is State.UNKNOWN else None
        return code

    def _confidence(self, line: Line, text: str) -> str | None:
        code = self._codes[Field.CONFIDENCE].get(fold(text))
        if text and code is None:
            fix = nearest(text, self._texts[Field.CONFIDENCE])
            self._refuse(line, "E", f"“{text}” is not in the list", fix)
        return code

    def _check_length(self, line: Line, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            problem = f"is {len(text)} characters long"
            self._refuse(line, "F", problem, f"keep at most {LONGEST_TEXT} characters")

    def _refuse_lost(self, line: Line) -> None:
        """An answer in a row that has lost its code belongs to nothing."""
        for letter, cell in zip("CDEF", (line[c] for c in range(2, 6)), strict=True):
            if cell.own and line.number > HEAD:
                fix = "write it into the row of its subject"
                self._refuse(line, letter, "the row belongs to no subject", fix)

    def _refuse(self, line: Line, letter: str, message: str, fix: str) -> None:
        path = f"{letter}{line.number}"
        self.problems.append(Problem(message, fix, self._file, line.number, path=path))


HEAD = 6
"""Rows above the first subject."""


def _named(each: Field, code: str) -> Iterator[tuple[str, Json]]:
    if each is Field.DEPUTY:
        yield "deputy", code
    elif code == State.UNKNOWN:
        yield "state", code
    else:
        yield "party", code
