"""The pandas surface: engagements as frames, and scores of a whole portfolio as one table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from workbook.model.engagement import NOBODY, AnswerValue, Role, State
from workbook.scoring.aggregate import aggregate
from workbook.scoring.agreement import alphas
from workbook.scoring.columns import side_by_side
from workbook.scoring.frames import Frames, encode_frames
from workbook.scoring.inquiry import answers_of
from workbook.scoring.levels import GATE_STATES, STATUSES, GateCode, gates, levels
from workbook.scoring.panel import panels
from workbook.scoring.portfolio import sliced
from workbook.scoring.scope import asked, respondents_of
from workbook.scoring.values import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from workbook.model.engagement import Engagement
    from workbook.model.rules import Rules
    from workbook.scoring.portfolio import Portfolio

    Rows = list[dict[str, object]]

AT_ONCE = 4096
"""Engagements scored together: enough for numpy, few enough for the processor's cache."""


def score_frames(rules: Rules, frames: Frames) -> pd.DataFrame:
    """Scores of every engagement of the frames; columns as in `score_portfolio`.

    One framework for all (an overlay makes a framework of its own: score those apart).
    """
    return score_portfolio(encode_frames(rules, frames))


def score_portfolio(portfolio: Portfolio) -> pd.DataFrame:
    """One row per engagement, indexed by its key.

    `low`, `point`, `high` (0–100, NaN where there is none), `status`, `level_low`, `level`,
    `level_high`; the first three again per area as `<area>_low` …; `gate_<key>`: tripped,
    undetermined, passed or blank; `alpha`: agreement, NaN where undefined.
    """
    import pandas as pd

    starts = range(0, len(portfolio), AT_ONCE)
    work = partial(_scored, portfolio)
    parts = side_by_side(work, starts) if len(starts) > 1 else [work(start) for start in starts]
    columns = {
        name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else {})
    }
    return pd.DataFrame(columns, index=pd.Index(portfolio.keys, name="engagement"))


def _scored(whole: Portfolio, start: int) -> dict[str, np.ndarray]:
    """The columns of at most `AT_ONCE` engagements, beginning with one."""
    portfolio, layout = sliced(whole, start, AT_ONCE), whole.layout
    values = value(portfolio)
    scores = aggregate(layout, values)
    tested = gates(layout, values)
    overall, _ = levels(layout, scores, tested)
    level = np.array([*(level.key for level in layout.rules.levels), ""], dtype=object)
    columns = {
        "low": scores.low,
        "point": scores.point,
        "high": scores.high,
        "status": np.array([s.value for s in STATUSES], dtype=object)[overall.status],
        "level_low": level[overall.span[0]],
        "level": level[overall.span[1]],
        "level_high": level[overall.span[2]],
    }
    for a, area in enumerate(layout.rules.areas):
        for row, bound in enumerate(("low", "point", "high")):
            columns[f"{area.key}_{bound}"] = scores.areas[row, :, a]
    state = np.array([*(s.value for s in GATE_STATES), ""], dtype=object)
    for g, gate in enumerate(layout.rules.gates):
        columns[f"gate_{gate.key}"] = state[np.minimum(tested.state[:, g], GateCode.OUT)]
    return {**columns, "alpha": alphas(portfolio)[0]}


def frames_of(rules: Rules, engagements: Sequence[Engagement]) -> Frames:
    """Engagements as frames; `rules` is what is in force for all of them."""
    import pandas as pd

    rows: dict[str, Rows] = {
        name: [row for engagement in engagements for row in rows_of(rules, engagement)]
        for name, rows_of in (
            ("engagements", _engagement),
            ("nominations", _nominations),
            ("parties", _parties),
            ("decisions", _decisions),
            ("answers", _answers),
        )
    }
    return Frames(**{name: pd.DataFrame(records) for name, records in rows.items()})


def _engagement(_: Rules, engagement: Engagement) -> Rows:
    facts = engagement.organisation
    return [
        {
            "engagement": engagement.key,
            "profile": facts.profile,
            "business_models": " ".join(facts.business_models),
            "scope": " ".join(key for keys in engagement.scope.values() for key in keys),
            "go_live": engagement.programme.go_live.isoformat(),
            "start": engagement.programme.start.isoformat() if engagement.programme.start else "",
        }
    ]


def _nominations(rules: Rules, engagement: Engagement) -> Rows:
    """A row for every voice: those that named somebody, those excused, those still silent."""
    nominations = engagement.standing_nominations()
    named = [n for n in nominations if n.role is Role.ACCOUNTABLE and n.party and n.deputy]
    deputies = {
        (n.respondent, n.focal_point): n.deputy
        for n in sorted(named, key=lambda n: n.deputy or "", reverse=True)
    }
    rows: Rows = []
    for key, panel in panels(rules, engagement).items():
        about = {
            "engagement": engagement.key,
            "focal_point": key,
            "party": "",
            "deputy": "",
            "state": "",
        }
        rows += (
            {
                **about,
                "party": "+".join(cell.named) if cell.kind else NOBODY,
                "deputy": deputies.get((cell.respondent or "", key), ""),
            }
            for cell in panel.votes
        )
        rows += [{**about, "state": State.NOT_APPLICABLE.value}] * panel.not_applicable
        rows += [{**about, "state": State.UNKNOWN.value}] * panel.free
    return rows


def _parties(_: Rules, engagement: Engagement) -> Rows:
    return [
        {
            "engagement": engagement.key,
            "party": party.id,
            "kind": type(party).__name__.lower(),
            "title": getattr(party, "title", None) or "",
            "title_key": getattr(party, "title_key", None) or "",
            "inside": getattr(party, "inside", None),
            "seat": getattr(party, "seat", None) or "",
            "lead": getattr(party, "lead", None) or "",
            "accepted": " ".join(a.area for a in getattr(party, "accepted_titles", ())),
        }
        for party in engagement.parties().values()
    ]


def _decisions(rules: Rules, engagement: Engagement) -> Rows:
    places = rules.places()
    return [
        {
            "engagement": engagement.key,
            "focal_point": d.focal_point,
            "party": d.owner or "",
            "deputy": d.deputy or "",
            "state": d.state.value,
            "title_reason": d.title_reason or "",
        }
        for d in engagement.standing_decisions().values()
        if d.state is not State.UNKNOWN and d.focal_point in places
    ]


def _answers(rules: Rules, engagement: Engagement) -> Rows:
    """A row for every answer, and for every respondent asked who is silent if others answer."""
    answers = answers_of(engagement)
    alone = any(a.respondent for of_question in answers.values() for a in of_question.values())
    rows: Rows = []
    for area, question, instance in asked(rules, engagement):
        of_question = answers.get((question.key, instance), {})
        silent = respondents_of(engagement, area) - of_question.keys() if alone else ()
        about = {"engagement": engagement.key, "question": question.key, "subject": instance or ""}
        rows += (
            {
                **about,
                "respondent": a.respondent or "",
                "state": a.state.value,
                "value": _written(a.value),
            }
            for a in of_question.values()
        )
        rows += (
            {**about, "respondent": name, "state": State.MISSING.value, "value": ""}
            for name in sorted(silent)
        )
    return rows


def _written(value: AnswerValue | None) -> str:
    """A value in one cell; a calendar without any date is one blank, which no answer is not."""
    if value is None or isinstance(value, str):
        return value or ""
    return " ".join(day.isoformat() for day in value) or " "
