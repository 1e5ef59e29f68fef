"""What of an engagement improved and what regressed between two moments, subject by subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbook.model.evaluation import Evaluation, Item

EXACT = 1e-9
"""Sums of shares differ by less than this where nothing has changed."""

SubjectKey = tuple[str, str | None]
"""A focal point, or a question with the focal point that it is asked for."""


class Turn(StrEnum):
    """Which way a subject went."""

    IMPROVED = "improved"
    REGRESSED = "regressed"
    MOVED = "moved"
    """Another owner, and worth as much."""
    ADDED = "added"
    """It applies now, and did not then."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class SubjectChange:
    """One subject that is not what it was.

    `before` and `after`: its certain share of what it can bring, 0 to 100; None where it does not
    apply. `owners`: then and now, None where nobody owned it, or it is a question.
    """

    subject: str
    instance: str | None
    turn: Turn
    before: float | None
    after: float | None
    owners: tuple[str | None, str | None] = (None, None)


def changes(before: Evaluation, after: Evaluation) -> tuple[SubjectChange, ...]:
    """What changed, in the order of the framework; both under the same rules and facts.

    A subject is measured by itself, so that weights and what else applies move nothing here.
    """
    then, now = _certain(before.items), _certain(after.items)
    owned_then, owned_now = _owners(before), _owners(after)
    changed = []
    for key in dict.fromkeys((*now, *then)):
        owners = (owned_then.get(key[0]), owned_now.get(key[0]))
        turn = _turn(then.get(key), now.get(key), moved=owners[0] != owners[1])
        if turn:
            changed.append(SubjectChange(*key, turn, then.get(key), now.get(key), owners))
    return tuple(changed)


def _turn(before: float | None, after: float | None, *, moved: bool) -> Turn | None:
    if before is None or after is None:
        return Turn.ADDED if before is None else Turn.DROPPED
    if abs(after - before) > EXACT:
        return Turn.IMPROVED if after > before else Turn.REGRESSED
    return Turn.MOVED if moved else None


def _certain(items: Iterable[Item]) -> dict[SubjectKey, float]:
    """The lower bound of each subject by itself."""
    sums: dict[SubjectKey, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for item in items:
        of_subject = sums[item.subject, item.instance]
        of_subject[0] += item.share * item.low
        of_subject[1] += item.share
    return {key: 100 * low / whole for key, (low, whole) in sums.items() if whole}


def _owners(evaluation: Evaluation) -> Mapping[str, str | None]:
    return {owned.focal_point: owned.owner for owned in evaluation.ownership}
