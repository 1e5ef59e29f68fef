"""A portfolio from data frames: many engagements in, coded arrays out. pandas stands at this edge.

One row per:
engagements  engagement: `engagement`, `profile`, `business_models` and `scope` (keys separated by
             blanks), `go_live` and `start` (dates), `respondents` (how many were asked)
parties      person, team or external: `engagement`, `party`, `kind`, `title`, `title_key`,
             `inside`, `lead`, `accepted` (areas, separated by blanks)
nominations  voice on a focal point: `engagement`, `focal_point`, `party` (who is accountable;
             several joined by "+"; nobody, vacant, or blank), `deputy`, `state`
decisions    standing decision: `engagement`, `focal_point`, `party`, `deputy`, `state`,
             `title_reason`
answers      agreed answer: `engagement`, `question`, `subject`, `state`, `value` (dates separated
             by blanks)
Columns that are not there count as empty. What respondents answer to questions, each alone, needs
the documents: frames hold agreed answers only.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from workbook.errors import BadInput, Problem, nearest
from workbook.scoring.columns import Column, combined
from workbook.scoring.layout import CRITERIA, Layout, layout_of
from workbook.scoring.parties import Parties
from workbook.scoring.portfolio import Cells, Portfolio
from workbook.scoring.scope import holds_for
from workbook.scoring.tally import tally

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbook.model.framework import Framework


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The five frames of a portfolio; the module's text names their columns."""

    engagements: pd.DataFrame
    nominations: pd.DataFrame
    parties: pd.DataFrame
    decisions: pd.DataFrame
    answers: pd.DataFrame


def encode_frames(framework: Framework, frames: Frames) -> Portfolio:
    """Code frames as a portfolio. BadInput for every key that the framework does not know."""
    layout = layout_of(framework)
    keys = frames.engagements["engagement"].astype(str).tolist()
    _refuse_unknown(layout, frames, keys)
    parties = Parties.of(framework, frames.engagements, frames.parties, keys)
    applicable = _in_scope(layout, frames.engagements)
    shape, size = applicable.shape, applicable.size
    where = _units(layout, frames.decisions, keys)
    ruled = Column.of(frames.decisions, "state").among({"not_applicable"})
    applicable.reshape(-1)[where[ruled]] = False
    open_units = applicable.reshape(-1)
    decisions = parties.cells(frames.decisions, where, open_units[where] & ~ruled, layout)
    unit = _units(layout, frames.nominations, keys)
    excused = open_units[unit] & Column.of(frames.nominations, "state").among({"not_applicable"})
    votes = parties.cells(frames.nominations, unit, open_units[unit] & ~excused, layout)
    decided = np.zeros(size, dtype=bool)
    decided[decisions.unit] = True
    r_min, scored = _profiles(framework, frames.engagements)
    answered = np.bincount(votes.unit, minlength=size).reshape(shape)
    members = _members(frames.engagements)[:, None] - np.bincount(
        unit[excused], minlength=size
    ).reshape(shape)
    free = np.maximum(np.maximum(members, answered), r_min[:, None]) - answered
    free[decided.reshape(shape) | ~applicable] = 0
    asked = tally(layout, frames.engagements, frames.answers, keys, applicable)
    return Portfolio(
        layout,
        tuple(keys),
        _in_order(_joined(votes.take(~decided[votes.unit]), decisions)),
        _in_order(votes),
        free.astype(np.int32),
        applicable,
        scored,
        asked.applicable,
        asked.answered,
        asked.free,
        asked.low,
        asked.high,
        r_min.astype(np.int32),
    )


def _joined(one: Cells, other: Cells) -> Cells:
    if not len(other):
        return one
    return Cells(
        *(np.concatenate((getattr(one, f.name), getattr(other, f.name))) for f in fields(Cells))
    )


def _in_order(cells: Cells) -> Cells:
    """Cells by unit, so that a slice of engagements is a slice of cells."""
    unit = cells.unit
    if len(unit) < 2 or (unit[1:] >= unit[:-1]).all():  # noqa: PLR2004 - a pair
        return cells
    order = np.argsort(unit, kind="stable")
    return Cells(*(getattr(cells, f.name)[order] for f in fields(Cells)))


def _refuse_unknown(layout: Layout, frames: Frames, keys: list[str]) -> None:
    focal_points, questions = list(layout.focal_points), list(layout.framework.questions())
    valid = {
        ("engagements", "profile"): [p.key for p in layout.framework.profiles],
        ("nominations", "engagement"): keys,
        ("nominations", "focal_point"): focal_points,
        ("parties", "engagement"): keys,
        ("decisions", "engagement"): keys,
        ("decisions", "focal_point"): focal_points,
        ("answers", "engagement"): keys,
        ("answers", "question"): questions,
    }
    problems = [
        Problem(
            f"unknown {column.replace('_', ' ')} “{value}”",
            nearest(value, known),
            file=f"frame {name}",
            path=column,
        )
        for (name, column), known in valid.items()
        for value in sorted(Column.of(getattr(frames, name), column).used() - set(known))
    ]
    if problems:
        raise BadInput(problems)


def _units(layout: Layout, frame: pd.DataFrame, keys: list[str]) -> NDArray[np.int64]:
    focal = Column.of(frame, "focal_point").positions(layout.focal_points)
    return Column.of(frame, "engagement").positions(keys) * len(layout.focal_points) + focal


def _in_scope(layout: Layout, engagements: pd.DataFrame) -> NDArray[np.bool_]:
    """(E, F): in scope and its condition met, as `scope.in_scope` has it."""
    places = layout.framework.places()
    focal_points = [places[key][1] for key in layout.focal_points]
    facts = combined(engagements, ("profile", "business_models", "scope"))
    kept = [
        [
            (not f.scope or f.key in scope.split())
            and holds_for(f.applies, profile, tuple(models.split()))
            for f in focal_points
        ]
        for profile, models, scope in facts.combinations
    ]
    return np.array(kept, dtype=bool).reshape(len(kept), len(focal_points))[facts.codes]


def _members(engagements: pd.DataFrame) -> NDArray[np.int64]:
    if "respondents" not in engagements:
        return np.zeros(len(engagements), dtype=np.int64)
    return engagements["respondents"].to_numpy(dtype=np.int64)


def _profiles(
    framework: Framework, engagements: pd.DataFrame
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """r_min (E,) and the criteria that the profile scores (E, 5)."""
    position = Column.of(engagements, "profile").positions([p.key for p in framework.profiles])
    r_min = np.array([p.r_min for p in framework.profiles], dtype=np.int64)
    scored = np.array([[c not in p.without for c in CRITERIA] for p in framework.profiles])
    return r_min[position], scored[position]
