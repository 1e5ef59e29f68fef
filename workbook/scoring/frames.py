"""A portfolio from data frames: many engagements in, coded arrays out. pandas stands at this edge.

One row per:
engagements  engagement: `engagement`, `profile`, `business_models` and `scope` (keys separated by
             blanks), `go_live` and `start` (dates), `respondents` (how many were asked)
parties      person, team or external: `engagement`, `party`, `kind`, `title`, `title_key`,
             `inside`, `seat`, `lead`, `accepted` (areas, separated by blanks)
nominations  voice on a focal point: `engagement`, `focal_point`, `party` (who is accountable;
             several joined by "+"; nobody, vacant, or blank for a voice that is silent),
             `deputy`, `state`
decisions    standing decision: `engagement`, `focal_point`, `party`, `deputy`, `state`,
             `title_reason`
answers      answer: `engagement`, `question`, `subject`, `respondent` (blank: agreed by the
             team), `state`, `value` (dates separated by blanks; one blank for a calendar without
             dates)
Columns that are not there count as empty. The voices on a focal point are its rows, or
`respondents` if that is more, so that who is silent needs no row. The same holds for a question,
in engagements of which a respondent answers any.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from workbook.errors import BadInput, Problem, nearest
from workbook.scoring.cell import free_cells
from workbook.scoring.columns import FrameTable, side_by_side
from workbook.scoring.layout import CRITERIA, Layout, layout_of
from workbook.scoring.parties import Parties, Units
from workbook.scoring.portfolio import Cells, Portfolio, stacked
from workbook.scoring.scope import in_scope_for
from workbook.scoring.tally import tally

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from workbook.model.rules import Rules


MANY = 50_000
"""Rows from which on starting threads is worth it."""


LONG = (
    *(("nominations", name) for name in ("engagement", "focal_point", "party", "deputy")),
    *(("parties", name) for name in ("engagement", "party", "title")),
)
"""The columns that take long to code."""


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The five frames of a portfolio; the module's text names their columns."""

    engagements: pd.DataFrame
    nominations: pd.DataFrame
    parties: pd.DataFrame
    decisions: pd.DataFrame
    answers: pd.DataFrame


def encode_frames(rules: Rules, frames: Frames) -> Portfolio:
    """Code frames as a portfolio. BadInput for every key that the framework does not know."""
    layout = layout_of(rules)
    keys = frames.engagements["engagement"].astype(str).tolist()
    tables = {f.name: FrameTable(getattr(frames, f.name)) for f in fields(Frames)}
    if len(frames.nominations) > MANY:
        side_by_side(lambda pair: tables[pair[0]].column(pair[1]), LONG)
    _refuse_unknown(layout, tables, keys)
    engagements, nominations, decided_on = (
        tables[name] for name in ("engagements", "nominations", "decisions")
    )
    parties = Parties.of(rules, engagements, tables["parties"], keys)
    applicable = _in_scope(layout, engagements)
    shape, size = applicable.shape, applicable.size
    at = Units.of(layout, decided_on, keys)
    ruled = decided_on.column("state").among({"not_applicable"})
    open_units = applicable.reshape(-1)
    open_units[at.unit[ruled]] = False
    decisions = parties.cells(decided_on, at, open_units[at.unit] & ~ruled)
    at = Units.of(layout, nominations, keys)
    applies = open_units[at.unit]
    excused = applies & nominations.column("state").among({"not_applicable"})
    votes = _in_order(parties.cells(nominations, at, applies & ~excused))
    decided = np.zeros(size, dtype=bool)
    decided[decisions.unit] = True
    r_min, scored = _profiles(rules, engagements)
    answered = np.bincount(votes.unit, minlength=size).reshape(shape)
    there, out = (
        np.bincount(of, minlength=size).reshape(shape) for of in (at.unit, at.unit[excused])
    )
    voices = np.maximum(engagements.numbers("respondents")[:, None], there) - out
    free = free_cells(voices, answered, r_min[:, None])
    free[decided.reshape(shape) | ~applicable] = 0
    asked = tally(layout, engagements, tables["answers"], keys, applicable)
    return Portfolio(
        layout=layout,
        keys=tuple(keys),
        cells=_decided(votes, decisions, decided),
        votes=votes,
        free=free.astype(np.int32),
        applicable=applicable,
        scored=scored,
        q_applicable=asked.applicable,
        q_answered=asked.answered,
        q_free=asked.free,
        q_low=asked.low,
        q_high=asked.high,
        r_min=r_min.astype(np.int32),
    )


def _decided(votes: Cells, decisions: Cells, decided: NDArray[np.bool_]) -> Cells:
    """The cells that count: decisions, and nominations where there is none."""
    if not len(decisions):
        return votes
    return _in_order(stacked([votes.take(~decided[votes.unit]), decisions]))


def _in_order(cells: Cells) -> Cells:
    """Cells by unit, so that a slice of engagements is a slice of cells."""
    unit = cells.unit
    if (unit[1:] >= unit[:-1]).all():
        return cells
    order = np.argsort(unit, kind="stable")
    return Cells(*(getattr(cells, f.name)[order] for f in fields(Cells)))


def _refuse_unknown(layout: Layout, tables: dict[str, FrameTable], keys: list[str]) -> None:
    focal_points, questions = set(layout.focal_points), set(layout.rules.questions())
    engagements = set(keys)
    valid = {
        ("engagements", "profile"): {p.key for p in layout.rules.profiles},
        ("nominations", "engagement"): engagements,
        ("nominations", "focal_point"): focal_points,
        ("parties", "engagement"): engagements,
        ("decisions", "engagement"): engagements,
        ("decisions", "focal_point"): focal_points,
        ("answers", "engagement"): engagements,
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
        for value in sorted(tables[name].column(column).used() - known)
    ]
    if problems:
        raise BadInput(problems)


def _in_scope(layout: Layout, engagements: FrameTable) -> NDArray[np.bool_]:
    """(E, F): in scope and its condition met, as `scope.in_scope` has it."""
    places = layout.rules.places()
    focal_points = [places[key][1] for key in layout.focal_points]
    facts = engagements.combined("profile", "business_models", "scope")
    applicable = [
        [in_scope_for(f, profile, tuple(models.split()), scope.split()) for f in focal_points]
        for profile, models, scope in facts.combinations
    ]
    return np.array(applicable, dtype=bool).reshape(len(applicable), len(focal_points))[facts.codes]


def _profiles(rules: Rules, engagements: FrameTable) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """r_min (E,) and the criteria that the profile scores (E, 5)."""
    position = engagements.column("profile").positions([p.key for p in rules.profiles])
    r_min = np.array([p.r_min for p in rules.profiles], dtype=np.int64)
    scored = np.array([[c not in p.without for c in CRITERIA] for p in rules.profiles])
    return r_min[position], scored[position]
