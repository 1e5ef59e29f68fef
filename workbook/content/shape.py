"""From plain values to the model: every violation of the shape becomes a problem.

What is wrong is cut out and the rest is tried again, so that the cross-checks can speak of the
whole document in the same run.
"""

from __future__ import annotations

import copy
import difflib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from workbook.content.flaws import Flaw
from workbook.content.nodes import Data
from workbook.content.reading import Document, Steps
from workbook.content.wording import choices, located, say, value_at
from workbook.errors import Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 8
_GONE = object()


@dataclass(frozen=True)
class Shaped(Generic[M]):
    """What could be read: `value` is None where too much is wrong to go on.

    `cut` holds the places of what was cut out, and `lost` the names of what stood there: nobody
    should be told that they are unknown.
    `left` gives, per list that lost items, the original positions of those that are left.
    """

    value: M | None
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()
    cut: frozenset[Steps] = frozenset()
    left: Mapping[Steps, tuple[int, ...]] = field(default_factory=dict)

    def original(self, steps: Steps) -> Steps:
        """Where a place of `value` stands in the document."""
        return _original(steps, self.left)


def shape(
    document: Document, model: type[M], stand_ins: Mapping[Steps, Data] | None = None
) -> Shaped[M]:
    """The document as a `model`, with every problem of its shape.

    `stand_ins` replace what is compulsory and wrong, so that the rest can still be checked.

    One attempt shows only the errors of one depth: what is wrong is cut out and the rest is tried
    again, until it is valid. In `people: [{id: ana, name: 7}, {id: bo, nmae: Bo}]` the first
    person is cut out and the mistyped key of the second is renamed. `left` then says that person
    0 was `people[1]`, and `lost` says "ana": a decision of hers is not called unknown.
    """
    try:
        return Shaped(validated(model, document.data))
    except ValidationError as error:
        details = error.errors(include_url=False)
    problems = tuple(document.problem(*wording) for wording in say(document.data, details, model))
    rest = _Rest(copy.deepcopy(document.data), stand_ins or {})
    for _ in range(_ROUNDS):
        # Every place first: what is cut out moves what is found by looking.
        placed = [(located(rest.tree, detail), detail) for detail in details]
        mistyped = [steps for steps, detail in placed if detail["type"] == "extra_forbidden"]
        for steps, detail in placed:
            if not (detail["type"] == "missing" and rest.renamed(steps, mistyped)):
                rest.fix(steps, detail)
        left_of: dict[Steps, tuple[int, ...]] = {}
        try:
            value = validated(model, _compact(rest.tree, (), left_of))
        except ValidationError as error:
            details = [
                {**detail, "loc": _original(detail["loc"], left_of)}
                for detail in error.errors(include_url=False)
            ]
        else:
            return Shaped(
                value=value,
                problems=problems,
                lost=frozenset(rest.lost),
                cut=frozenset(rest.gone),
                left=left_of,
            )
    return Shaped(None, problems)


def without(value: M, places: Iterable[Steps]) -> M | None:
    """The value without what stands at these places; None if it cannot be without it."""
    rest = _Rest(value.model_dump(mode="json"), {})
    for steps in places:
        rest.cut(steps)
    return shape(Document("", _compact(rest.tree, (), {})), type(value)).value


def judged(
    document: Document, shaped: Shaped[M], flaws: Iterable[Flaw], ignore: Collection[str] = ()
) -> list[Problem]:
    """Every problem of a document, of its shape and beyond, in the order of its lines.

    Names that were cut out, or that `ignore` lists, are not called unknown, and nothing is said of
    a thing as a whole that had to be cut.
    """
    lost = shaped.lost.union(ignore)
    placed = ((shaped.original(flaw.steps), flaw) for flaw in flaws if flaw.name not in lost)
    beyond = (
        document.problem(steps, flaw.message, flaw.fix)
        for steps, flaw in placed
        if not any(cut[: len(steps)] == steps for cut in shaped.cut)
    )
    return sorted((*shaped.problems, *beyond), key=lambda p: (p.file, p.line or 0))


def validated(model: type[M], data: Data) -> M:
    """Strict as JSON: "yes" is no boolean and 12 is no text, while lists and dates are read.

    Raises pydantic's ValidationError.
    """
    return model.model_validate_json(json.dumps(data), strict=True)


@dataclass
class _Rest:
    """A copy of the data from which the wrong parts are taken."""

    tree: Data
    stand_ins: Mapping[Steps, Data]
    lost: set[str] = field(default_factory=set)
    gone: set[Steps] = field(default_factory=set)

    def renamed(self, steps: Steps, mistyped: Iterable[Steps]) -> bool:
        """Whether what is missing stood beside, under a mistyped key, and is now in its place."""
        neighbours = [str(other[-1]) for other in mistyped if other[:-1] == steps[:-1]]
        near = difflib.get_close_matches(str(steps[-1]), neighbours, n=1)
        if near:
            self._put(steps, value_at(self.tree, (*steps[:-1], near[0])))
        return bool(near)

    def fix(self, steps: Steps, detail: ErrorDetails) -> None:
        """Put something valid in the place of an error, or take out the smallest thing around."""
        missing = detail["type"] == "missing"
        whole = steps[:-1] if missing else steps
        likely = _likely(detail)
        self.gone.add(whole)
        if steps in self.stand_ins:
            self._put(steps, self.stand_ins[steps])
        elif likely is not None and isinstance(value_at(self.tree, steps[:-1]), dict | list):
            self._put(steps, likely)
        elif whole:
            self.cut(whole)

    def cut(self, whole: Steps) -> None:
        """Take out a key or the item of a list."""
        parent, step = value_at(self.tree, whole[:-1]), whole[-1]
        if isinstance(parent, list) and isinstance(step, int):
            self._lose(parent[step])
            parent[step] = _GONE
        elif isinstance(parent, dict):
            self.lost.add(str(step))
            self._lose({step: parent.pop(step, None)})

    def _put(self, steps: Steps, value: Data) -> None:
        node = self.tree
        for step in steps[:-1]:
            if isinstance(node, dict) and not isinstance(node.get(step), dict | list):
                node[step] = {}
            node = value_at(node, (step,))
        # What was cut out, or is no mapping where one is due, has no place for anything.
        step = steps[-1]
        listed = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if isinstance(node, dict) or listed:
            node[step] = value

    def _lose(self, item: Data) -> None:
        if isinstance(item, dict):
            names = (item.get(name) for name in ("id", "key"))
            self.lost.update(name for name in names if isinstance(name, str))
        if isinstance(item, dict | list):
            for child in item.values() if isinstance(item, dict) else item:
                self._lose(child)


def _likely(detail: ErrorDetails) -> Data:
    """A valid value near to the wrong one; None where there is none to think of."""
    if valid := choices(detail):
        return (difflib.get_close_matches(str(detail["input"]), valid, n=1) or valid)[0]
    if detail["type"] == "value_error":  # a text without words
        return {"en": "?"}
    return {} if detail["type"] == "dict_type" else None


def _compact(tree: Data, steps: Steps, left_of: dict[Steps, tuple[int, ...]]) -> Data:
    if isinstance(tree, dict):
        return {key: _compact(child, (*steps, key), left_of) for key, child in tree.items()}
    if not isinstance(tree, list):
        return tree
    left = [position for position, child in enumerate(tree) if child is not _GONE]
    if len(left) < len(tree):
        left_of[steps] = tuple(left)
    return [_compact(tree[position], (*steps, position), left_of) for position in left]


def _original(steps: Steps, left_of: Mapping[Steps, tuple[int, ...]]) -> Steps:
    original: Steps = ()
    for step in steps:
        before = left_of.get(original)
        moved = before[step] if before is not None and isinstance(step, int) else step
        original = (*original, moved)
    return original
