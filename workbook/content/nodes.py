"""YAML text to nodes (which know their line) and nodes to plain values, by the rules of YAML 1.2.

Only `true` and `false` are booleans (so `no` and `on` are words), a date is a text, a key is always
a text. What YAML would let slip is a problem here: two equal keys, aliases, several documents.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import yaml

from workbook.errors import BadInput, Problem

Data: TypeAlias = Any
"""Plain values: a mapping or a list of them, a text, a number, true, false or None."""

INCLUDE = "!include"
Include = Callable[[yaml.ScalarNode], yaml.Node | None]
"""Answers the content that an `!include` node stands for, None if there is a problem with it."""

_PLAIN, _TEXT = "plain", "text"
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NUMERIC = frozenset("0123456789+-.")
_HINTS = {
    "mapping values are not allowed": "a text that holds “: ” must stand between quotes",
    "cannot start any token": "indent with spaces; a text that begins with a sign needs quotes",
    "but found another document": "keep one document per file",
    "did not find expected": "check the brackets, the quotes and the indentation around this line",
    "unexpected end of stream": "close the quote",
    "found undefined alias": "a text that begins with * needs quotes",
}


class _Composer(yaml.CBaseLoader):
    """The C parser, told not to guess types: plain words are sorted out when values are built."""

    def resolve(self, kind: type[yaml.Node], _value: object, implicit: tuple[bool, bool]) -> str:
        return _PLAIN if kind is yaml.ScalarNode and implicit[0] else _TEXT

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Resolve nothing by path."""

    def ascend_resolver(self) -> None:
        """Resolve nothing by path."""


class _Named(io.StringIO):
    """A text that knows its file, so that every node does."""

    name = ""


def compose(file: str, text: str) -> yaml.Node:
    """The node tree of a text; BadInput if it is no YAML or holds nothing."""
    stream = _Named(text)
    stream.name = file
    composer = _Composer(stream)
    try:
        root: yaml.Node | None = composer.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise BadInput(_syntax(file, error)) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        what = str(error).partition("\n")[0]
        raise BadInput(Problem(what, "remove this character", file=file)) from None
    finally:
        composer.dispose()
    if root is None:
        raise BadInput(Problem("the document is empty", "write at least one key", file=file))
    return root


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = ", ".join(part for part in (error.context, error.problem) if part)
    mend = next((hint for part, hint in _HINTS.items() if part in what), "")
    return Problem(f"not valid YAML: {what}", mend, file=file, line=mark.line + 1 if mark else None)


def place(root: yaml.Node, path: tuple[str | int, ...]) -> tuple[str, int]:
    """File and 1-based line of a path, or of the nearest thing around it that exists."""
    node, mark = root, root.start_mark
    for step in path:
        child = _child(node, step)
        if child is None:
            break
        key, node = child
        # Of an included file, its first line says more than the line that includes it.
        mark = key.start_mark if key.start_mark.name == node.start_mark.name else node.start_mark
    return mark.name, mark.line + 1


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


class Builder:
    """Turns nodes into plain values and collects `problems` on the way."""

    def __init__(self, include: Include | None = None) -> None:
        self.problems: list[Problem] = []
        self._include = include
        self._seen: set[int] = set()

    def build(self, node: yaml.Node) -> Data:
        """The plain value of a node; None where there is a problem."""
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._seen:
            self._report(node, "aliases (*name) are not read here", "write the content out")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node)
        node.value[:] = [self._included(child) for child in node.value]
        return [self.build(child) for child in node.value]

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Data]:
        made: dict[str, Data] = {}
        node.value[:] = [(key, self._included(value)) for key, value in node.value]
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._report(key, "a key must be a word", "quote it if it begins with a bracket")
            elif key.value in made:
                self._report(key, f"the key “{key.value}” stands twice", "keep one of the two")
            else:
                made[key.value] = self.build(value)
        return made

    def _scalar(self, node: yaml.ScalarNode) -> Data:
        value: str = node.value
        if node.tag == _PLAIN:
            return plain(value)
        if node.tag != _TEXT:
            mend = "write the value without it"
            self._report(node, f"the tag {node.tag} is not read here", mend)
        return value

    def _included(self, node: yaml.Node) -> yaml.Node:
        if self._include is None or node.tag != INCLUDE or not isinstance(node, yaml.ScalarNode):
            return node
        try:
            found = self._include(node)
        except BadInput as error:
            self.problems += error.problems
            found = None
        return found or yaml.ScalarNode(_PLAIN, "", node.start_mark, node.end_mark)

    def _report(self, node: yaml.Node, what: str, mend: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(what, mend, file=mark.name, line=mark.line + 1))


def plain(value: str) -> Data:
    """What a word without quotes stands for."""
    if value[:1] in _NUMERIC and value:
        if _INTEGER.fullmatch(value):
            return int(value)
        return float(value) if _DECIMAL.fullmatch(value) else value
    return _CONSTANTS.get(value, value)
