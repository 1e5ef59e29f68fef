"""Which engagements of frames cannot be scored, and why: each value is looked at once.

The scoring trusts its frames. Here every key, date, state and option is checked first, so that an
engagement with a flaw is refused by itself and the others are scored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields

import numpy as np

from workbook.errors import Problem, nearest
from workbook.model.engagement import State
from workbook.model.framework import Question
from workbook.model.rules import Rules
from workbook.scoring.columns import FrameTable, combined
from workbook.scoring.frames import Frames

Fix = str | None
Check = Callable[[str], Fix]
"""How to fix a value; None where it is sound."""

COLUMN = "engagement"
ISO_DATE = "write a date as 2027-09-30"
STATES = ("", *(state.value for state in State))
ANSWERED = ("", State.ANSWERED.value)
FRAMES = tuple(field.name for field in fields(Frames))


def unsound(rules: Rules, frames: Frames) -> Mapping[str, tuple[Problem, ...]]:
    """The engagements that cannot be scored, each with every problem in its rows."""
    problems: dict[str, list[Problem]] = {}
    for name, column, check in _checks(rules):
        table = FrameTable(getattr(frames, name))
        for engagement, value, fix in _flawed(table, column, check):
            text = f"“{value}” will not do" if value else "is blank"
            problem = Problem(text, fix, f"frame {name}", path=column)
            problems.setdefault(engagement, []).append(problem)
    for engagement, problem in (*_twice(frames), *_wrong_answers(rules, frames)):
        problems.setdefault(engagement, []).append(problem)
    return {engagement: tuple(flaws) for engagement, flaws in problems.items()}


def strays(frames: Frames) -> Mapping[str, tuple[Problem, ...]]:
    """Engagements that have rows and do not stand in the frame of engagements."""
    known = FrameTable(frames.engagements).column(COLUMN).used()
    problems: dict[str, list[Problem]] = {}
    for name in FRAMES[1:]:
        for key in sorted(FrameTable(getattr(frames, name)).column(COLUMN).used() - known):
            fix = nearest(key, known)
            problem = Problem("unknown engagement", fix, f"frame {name}", path=COLUMN)
            problems.setdefault(key, []).append(problem)
    return {key: tuple(flaws) for key, flaws in problems.items()}


def _checks(rules: Rules) -> Iterator[tuple[str, str, Check]]:
    focal_point = _among(rules.places())
    yield "engagements", "profile", _among(profile.key for profile in rules.profiles)
    yield "engagements", "go_live", _day
    yield "engagements", "start", lambda value: _day(value) if value else None
    yield "engagements", "respondents", _count
    for name in ("nominations", "decisions"):
        yield name, "focal_point", focal_point
        yield name, "state", _among(STATES)
    yield "answers", "question", _among(rules.questions())
    yield "answers", "state", _among(STATES)


def _among(valid: Collection[str] | Iterator[str]) -> Check:
    names = frozenset(valid)
    return lambda value: None if value in names else nearest(value, names - {""})


def _day(value: str) -> Fix:
    try:
        dt.date.fromisoformat(value[:10])
    except ValueError:
        return ISO_DATE
    return None


def _count(value: str) -> Fix:
    return None if not value or value.removesuffix(".0").isdecimal() else "write a whole number"


def _flawed(table: FrameTable, column: str, check: Check) -> Iterator[tuple[str, str, str]]:
    """(engagement, value, fix), once each."""
    read = table.column(column)
    fixes = {value: check(value) for value in {*read.used(), ""}}
    bad = {value: fix for value, fix in fixes.items() if fix is not None}
    rows = read.among(bad)
    if rows.any():
        whose = table.column(COLUMN).rows(rows)
        for engagement, value in combined(whose, read.rows(rows)).combinations:
            yield engagement, value, bad[value]


def _twice(frames: Frames) -> Iterator[tuple[str, Problem]]:
    keys = frames.engagements[COLUMN].astype(str)
    for key in sorted(set(keys[keys.duplicated()])):
        yield key, Problem("stands there twice", "keep one row", "frame engagements", path=COLUMN)


def _wrong_answers(rules: Rules, frames: Frames) -> Iterator[tuple[str, Problem]]:
    """Values that their question does not take."""
    table = FrameTable(frames.answers)
    questions = rules.questions()
    whole = table.combined("question", "state", "value")
    fixes = [
        _fix(questions[key][1], value) if key in questions and state in ANSWERED else None
        for key, state, value in whole.combinations
    ]
    flawed = [position for position, fix in enumerate(fixes) if fix is not None]
    rows = np.isin(whole.codes, flawed)
    whose = table.column(COLUMN)
    for code, position in zip(whose.codes[rows], whole.codes[rows], strict=True):
        key, _, value = whole.combinations[position]
        engagement = whose.spellings[code]
        text = f"“{value}” is no answer to “{key}”"
        yield engagement, Problem(text, fixes[position] or "", "frame answers", path="value")


def _fix(question: Question, value: str) -> Fix:
    if not value or question.kind == "text":
        return None
    if question.kind == "choice":
        return _among(option.key for option in question.options)(value)
    days = value.split() if question.kind == "dates" else [value]
    return ISO_DATE if any(len(day) != len("2027-09-30") or _day(day) for day in days) else None
