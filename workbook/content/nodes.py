"""YAML text to plain values and their places, in one pass, by the rules of YAML 1.2.

Only `true` and `false` are booleans (so `no` and `on` are words), a date is a text, a key is always
a text. What YAML would let slip is a problem here: two equal keys, aliases, several documents.

The parser's events are read one by one: composing a tree recurses in C, where a document of a
hundred thousand brackets ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml import events

from workbook.errors import BadInput, Problem

Data: TypeAlias = Any
"""Plain values: a mapping or a list of them, a text, a number, true, false or None."""
Step: TypeAlias = str | int

INCLUDE = "!include"
MAX_DEPTH = 60
MAX_DIGITS = 300
"""A longer integer stays a text, which is no number anywhere: Python itself refuses to read it."""

_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMERIC = frozenset("0123456789+-.")
_HINTS = {
    "while scanning an alias": "a text that begins with * needs quotes",
    "while scanning an anchor": "a text that begins with & needs quotes",
    "mapping values are not allowed": "a text that holds “: ” must stand between quotes",
    "cannot start any token": "indent with spaces; a text that begins with a sign needs quotes",
    "did not find expected": "check the brackets, the quotes and the indentation around this line",
    "unexpected end of stream": "close the quote",
}


@dataclass(slots=True)
class Spot:
    """Where a mapping or list stands; `lines` those of its parts, `parts` the nested ones."""

    file: str
    line: int
    lines: dict[Step, int] = field(default_factory=dict)
    parts: dict[Step, Spot] = field(default_factory=dict)

    def find(self, steps: tuple[Step, ...]) -> tuple[str, int]:
        """File and 1-based line of a way, or of the nearest thing around it that exists."""
        spot, line = self, self.line
        for step in steps:
            if step not in spot.lines:
                break
            line = spot.lines[step]
            if step not in spot.parts:
                break
            inner = spot.parts[step]
            # Of an included file, its first line says more than the line that includes it.
            line = line if inner.file == spot.file else inner.line
            spot = inner
        return spot.file, line


Include = Callable[[str, Callable[[str, str], Problem]], tuple[Data, Spot]]
"""Answers what an `!include` stands for: takes the name, and what makes a problem at its place."""


def build(file: str, text: str, include: Include | None = None) -> tuple[Data, Spot]:
    """The plain values of a text and their places; BadInput with every problem found."""
    builder = _Builder(file, include)
    loader = yaml.CBaseLoader(text)
    try:
        while (event := loader.get_event()) is not None:
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise BadInput([*builder.problems, _syntax(file, error)]) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        message = str(error).partition("\n")[0]
        raise BadInput(Problem(message, "remove this character", file=file)) from None
    finally:
        loader.dispose()
    return builder.result()


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled; `key` waits for its value."""

    held: Data
    spot: Spot
    step: Step
    key: str | None = None


class _Builder:
    def __init__(self, file: str, include: Include | None) -> None:
        self.problems: list[Problem] = []
        self._file, self._include = file, include
        root: list[Data] = []
        self._stack = [_Open(root, Spot(file, 1), 0)]
        self._documents = 0

    def result(self) -> tuple[Data, Spot]:
        root = self._stack[0]
        if not self.problems and (not root.held or root.held == [None]):
            fix = "write at least one key"
            self.problems.append(Problem("the document is empty", fix, file=self._file))
        if self.problems:
            raise BadInput(self.problems)
        return root.held[0], root.spot.parts.get(0, root.spot)

    def take(self, event: events.Event) -> None:
        kind = type(event)
        if kind is events.ScalarEvent:
            self._scalar(event)
        elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            self._begin(event, {} if kind is events.MappingStartEvent else [])
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            done = self._stack.pop()
            self._stack[-1].spot.parts[done.step] = done.spot
        elif kind is events.AliasEvent:
            self._stop(event, "aliases (*name) are not read here", "write the content out")
        elif kind is events.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "a second document begins", "keep one document per file")

    def _scalar(self, event: Any) -> None:  # noqa: ANN401 - the stubs type no event's fields
        top, value, line = self._stack[-1], event.value, event.start_mark.line + 1
        if top.key is None and type(top.held) is dict:
            if value in top.held:
                self._report(line, f"the key “{value}” stands twice", "keep one of the two")
            top.key = value
            return
        if event.tag is None:
            self._put(plain(value) if event.implicit[0] else value, line)
        elif event.tag == INCLUDE and self._include is not None:
            self._insert(self._include, value, line)
        else:
            self._report(line, f"the tag {event.tag} is not read here", "write it without the tag")
            self._put(value, line)

    def _insert(self, include: Include, name: str, line: int) -> None:
        def problem(message: str, fix: str) -> Problem:
            return Problem(message, fix, file=self._file, line=line)

        try:
            data, spot = include(name, problem)
        except BadInput as error:
            self.problems += error.problems
            self._put(None, line)
        else:
            step = self._put(data, line)
            self._stack[-1].spot.parts[step] = spot

    def _begin(self, event: Any, held: Data) -> None:  # noqa: ANN401 - as above
        top, line = self._stack[-1], event.start_mark.line + 1
        if top.key is None and type(top.held) is dict:
            self._stop(event, "a key must be a word", "quote it if it begins with a bracket")
        if len(self._stack) > MAX_DEPTH:
            self._stop(event, "nested too deeply", "flatten it")
        if event.tag is not None:
            self._report(line, f"the tag {event.tag} is not read here", "write it without the tag")
        step = self._put(held, line)
        self._stack.append(_Open(held, Spot(self._file, line), step))

    def _put(self, value: Data, line: int) -> Step:
        top = self._stack[-1]
        step: Step
        if top.key is None:
            step = len(top.held)
            top.held.append(value)
            top.spot.lines[step] = line
        else:
            step, top.key = top.key, None
            top.held[step] = value
            top.spot.lines[step] = line
        return step

    def _report(self, line: int, message: str, fix: str) -> None:
        self.problems.append(Problem(message, fix, file=self._file, line=line))

    def _stop(self, event: Any, message: str, fix: str) -> None:  # noqa: ANN401 - as above
        self._report(event.start_mark.line + 1, message, fix)
        raise BadInput(self.problems)


def plain(value: str) -> Data:
    """What a word without quotes stands for."""
    if value[:1] in _NUMERIC and value:
        if _INTEGER.fullmatch(value):
            return int(value) if len(value) <= MAX_DIGITS else value
        return float(value) if _DECIMAL.fullmatch(value) else value
    return _CONSTANTS.get(value, value)


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    message = ", ".join(part for part in (error.context, error.problem) if part)
    fix = next((hint for part, hint in _HINTS.items() if part in message), "see the line above it")
    return Problem(
        f"not valid YAML: {message}", fix, file=file, line=mark.line + 1 if mark else None
    )
