"""The columns of a portfolio: every item that a framework can score, in key order.

Item columns come in six blocks: named, clear, fitting, deputy, inside (one column per focal point
each), then one column per question instance. Sums run over them in this order and sequentially, so
that a score is the same to the last bit whatever the order of the answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbook.model.evaluation import ItemKind
from workbook.model.framework import Criterion
from workbook.model.rules import Rules
from workbook.scoring.scope import instances

FOCAL_KINDS = (ItemKind.NAMED, ItemKind.CLEAR, ItemKind.FITTING, ItemKind.DEPUTY, ItemKind.INSIDE)
CRITERION_OF = {
    ItemKind.NAMED: Criterion.NAMED,
    ItemKind.CLEAR: Criterion.CLEAR,
    ItemKind.FITTING: Criterion.FITTING,
    ItemKind.DEPUTY: Criterion.BACKED_UP,
    ItemKind.INSIDE: Criterion.BACKED_UP,
    ItemKind.QUESTION: Criterion.COMMITTED,
}
CRITERIA = tuple(Criterion)
HALF = 0.5
ONCE = -1
"""In the place of a repeated question, for a column of what is asked once."""

Columns = NDArray[np.intp]
"""Groups of columns side by side (longest, G), the shorter ones filled up with one past the last
column there is."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemGroup:
    """The columns of one criterion of one area.

    `even`: the base weight of each of them, or None where they share in different parts.
    `repeated`: positions within `columns` of each question that is asked once per system or seat.
    """

    area: int
    criterion: int
    columns: NDArray[np.intp]
    even: float | None
    weight: float
    repeated: tuple[NDArray[np.intp], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What each column means.

    `focal_points` and `questions` are sorted by key; `questions` are (question, instance) pairs.
    `focal_area`, `question_area`: index of the area of each. `column_area` (I,), `column_criterion`
    (I,) the same for all item columns; `area_weight` (A,). `repeated`: the columns of each question
    that is asked once per system or seat; together they weigh as much as one question.
    `area_columns`, `group_columns`: the columns of each area and of each of `groups`;
    `focal_columns`: the focal points of each area.
    """

    rules: Rules
    focal_points: tuple[str, ...]
    questions: tuple[tuple[str, str | None], ...]
    focal_area: NDArray[np.intp]
    question_area: NDArray[np.intp]
    column_area: NDArray[np.intp]
    column_criterion: NDArray[np.intp]
    base: NDArray[np.float64]
    groups: tuple[ItemGroup, ...]
    repeated: tuple[NDArray[np.intp], ...]
    area_weight: NDArray[np.float64]
    focal_index: dict[str, int]
    question_index: dict[tuple[str, str | None], int]
    area_columns: Columns
    group_columns: Columns
    focal_columns: Columns

    @property
    def width(self) -> int:
        """Number of item columns, I."""
        return len(self.column_area)

    def column(self, kind: ItemKind, position: int) -> int:
        """The column of an item: kind and index of its focal point or question."""
        blocks = len(FOCAL_KINDS) if kind is ItemKind.QUESTION else FOCAL_KINDS.index(kind)
        return blocks * len(self.focal_points) + position


@dataclass(frozen=True)
class _ByDigest:
    """Rules compared by their digest: those of two evaluations of one engagement are equal."""

    digest: str
    rules: Rules = field(compare=False)


def layout_of(rules: Rules) -> Layout:
    """The layout of a framework in force; built once for equal rules, the last 64 are kept."""
    return _layout(_ByDigest(rules.digest, rules))


@lru_cache(maxsize=64)
def _layout(key: _ByDigest) -> Layout:
    return _build(key.rules)


def _build(rules: Rules) -> Layout:
    area_index = {area.key: i for i, area in enumerate(rules.areas)}
    places = rules.places()
    focal_points = tuple(sorted(places))
    asked = sorted(
        (
            (q.key, instance)
            for _, q in rules.questions().values()
            if q.kind != "text"
            for instance in instances(rules, q)
        ),
        key=lambda pair: (pair[0], pair[1] or ""),
    )
    owner = rules.questions()
    focal_area = np.array([area_index[places[f][0].key] for f in focal_points], dtype=np.intp)
    question_area = np.array([area_index[owner[q][0].key] for q, _ in asked], dtype=np.intp)
    blocks = [(CRITERIA.index(CRITERION_OF[kind]), _base(kind)) for kind in FOCAL_KINDS]
    column_area = np.concatenate([*[focal_area] * len(FOCAL_KINDS), question_area])
    column_criterion = np.concatenate(
        [
            *[np.full(len(focal_points), criterion, dtype=np.intp) for criterion, _ in blocks],
            np.full(len(asked), CRITERIA.index(Criterion.COMMITTED), dtype=np.intp),
        ]
    )
    base = np.concatenate(
        [*[np.full(len(focal_points), weight) for _, weight in blocks], np.ones(len(asked))]
    )
    repeated = _repeated(asked, len(focal_points) * len(FOCAL_KINDS))
    groups = tuple(_groups(rules, column_area, column_criterion, base, repeated))
    areas = range(len(rules.areas))
    return Layout(
        rules=rules,
        focal_points=focal_points,
        questions=tuple(asked),
        focal_area=focal_area,
        question_area=question_area,
        column_area=column_area,
        column_criterion=column_criterion,
        base=base,
        groups=groups,
        repeated=repeated,
        area_weight=np.array([area.weight for area in rules.areas], dtype=float),
        focal_index={f: i for i, f in enumerate(focal_points)},
        question_index={pair: i for i, pair in enumerate(asked)},
        area_columns=_side_by_side([np.flatnonzero(column_area == a) for a in areas], len(base)),
        group_columns=_side_by_side([group.columns for group in groups], len(base)),
        focal_columns=_side_by_side(
            [np.flatnonzero(focal_area == a) for a in areas], len(focal_area)
        ),
    )


def _side_by_side(groups: list[NDArray[np.intp]], end: int) -> Columns:
    together = np.full((max(map(len, groups), default=0), len(groups)), end, dtype=np.intp)
    for position, columns in enumerate(groups):
        together[: len(columns), position] = columns
    return together


def _base(kind: ItemKind) -> float:
    """Backed up is half deputy, half inside (METHOD §2)."""
    return HALF if CRITERION_OF[kind] is Criterion.BACKED_UP else 1.0


def _repeated(asked: list[tuple[str, str | None]], start: int) -> tuple[NDArray[np.intp], ...]:
    columns: dict[str, list[int]] = {}
    for position, (question, instance) in enumerate(asked):
        if instance is not None:
            columns.setdefault(question, []).append(start + position)
    return tuple(np.array(positions, dtype=np.intp) for positions in columns.values())


def _groups(
    rules: Rules,
    column_area: NDArray[np.intp],
    column_criterion: NDArray[np.intp],
    base: NDArray[np.float64],
    repeated: tuple[NDArray[np.intp], ...],
) -> list[ItemGroup]:
    groups = []
    # Which repeated question each column belongs to. (`np.isin` would load `numpy.ma`.)
    repeated_at = np.full(len(base), ONCE, dtype=np.intp)
    for position, repeats in enumerate(repeated):
        repeated_at[repeats] = position
    for a, area in enumerate(rules.areas):
        weights = rules.weights_of(area)
        for c, criterion in enumerate(CRITERIA):
            columns = np.flatnonzero((column_area == a) & (column_criterion == c))
            if len(columns) and weights[criterion] > 0:
                asked = repeated_at[columns]
                inside = tuple(
                    np.flatnonzero(asked == at) for at in sorted({*asked.tolist()} - {ONCE})
                )
                even = None if inside else float(base[columns[0]])
                groups.append(
                    ItemGroup(
                        area=a,
                        criterion=c,
                        columns=columns,
                        even=even,
                        weight=weights[criterion],
                        repeated=inside,
                    )
                )
    return groups
