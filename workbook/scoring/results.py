"""Evaluations as data frames, for notebooks of one's own.

Every frame starts with the columns `engagement`, `framework`, `version` and `as_of`. Texts are
codes and ids; scores run from 0 to 100, unrounded; missing numbers are NaN. A frame without rows
has its columns all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation

    Row = dict[str, object]

FIRST_COLUMNS = ("engagement", "framework", "version", "as_of")
SCORE_COLUMNS = (
    *("area", "share", "low", "point", "high", "status"),
    *("level", "level_low", "level_high"),
)


def scores(evaluations: Iterable[Evaluation]) -> pd.DataFrame:
    """One row per engagement and area, and one for the whole (area ""): score, range, level."""
    return _frame(evaluations, _scores, SCORE_COLUMNS)


def items(evaluations: Iterable[Evaluation]) -> pd.DataFrame:
    """One row per item: share, values (0–1), contribution and loss in points of the whole."""
    fields = ("area", "kind", "subject", "instance", "share", "weight", "low", "point", "high")
    columns = (*fields, "contribution", "loss", "answered", "free")
    return _frame(evaluations, _of("items", columns), columns)


def findings(evaluations: Iterable[Evaluation]) -> pd.DataFrame:
    """One row per finding; `parties` joined by blanks."""
    fields = ("kind", "severity", "area", "focal_point", "question", "parties", "count", "total")
    return _frame(evaluations, _of("findings", fields), fields)


def actions(evaluations: Iterable[Evaluation]) -> pd.DataFrame:
    """One row per action, in the order of the method: who, due date, hours, gains in points."""
    fields = ("kind", "area", "focal_point", "question", "who", "due", "effort_hours")
    columns = (*fields, "gain_low", "gain_point")
    return _frame(evaluations, _of("actions", columns), columns)


def nominations(engagements: Iterable[Engagement]) -> pd.DataFrame:
    """One row per nomination as it was given; columns as the fields of `Nomination`."""
    import pandas as pd

    from workbook.model.engagement import Nomination

    return pd.DataFrame(
        [
            {"engagement": engagement.key, **nomination.model_dump(mode="json")}
            for engagement in engagements
            for nomination in engagement.nominations
        ],
        columns=["engagement", *Nomination.model_fields],
    )


def _frame(
    evaluations: Iterable[Evaluation],
    rows: Callable[[Evaluation], Iterable[Row]],
    columns: tuple[str, ...],
) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "engagement": evaluation.engagement,
                "framework": evaluation.framework,
                "version": evaluation.framework_version,
                "as_of": evaluation.as_of,
                **row,
            }
            for evaluation in evaluations
            for row in rows(evaluation)
        ],
        columns=[*FIRST_COLUMNS, *columns],
    )


def _scores(evaluation: Evaluation) -> Iterable[Row]:
    parts = [("", 1.0, evaluation.score, evaluation.level)]
    parts += [(area.area, area.share, area.score, area.level) for area in evaluation.areas]
    for area, share, score, level in parts:
        yield {
            "area": area,
            "share": share,
            "low": score.low,
            "point": score.point,
            "high": score.high,
            "status": score.status.value,
            "level": level.level if level else None,
            "level_low": level.low if level else None,
            "level_high": level.high if level else None,
        }


def _of(name: str, fields: tuple[str, ...]) -> Callable[[Evaluation], Iterable[Row]]:
    def rows(evaluation: Evaluation) -> Iterable[Row]:
        for value in getattr(evaluation, name):
            yield {field: _plain(getattr(value, field)) for field in fields}

    return rows


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return getattr(value, "value", value)
