"""Tables of values about what lies ahead: the forecast, and who is to confirm again by when."""

from __future__ import annotations

from workbook.report.value import DataColumn, DataTable
from workbook.scoring.confirming import confirmations
from workbook.wording.fields import field_names
from workbook.wording.forecast import (
    assumptions,
    day_name,
    ends_text,
    levels_between,
    systems_ready,
)
from workbook.wording.headings import headings
from workbook.wording.phrases import Phrases


def forecast_table(phrases: Phrases) -> DataTable:
    """A row per checkpoint to come and go-live: what is certain by then, at least and at most."""
    v, words = phrases.voice, headings(phrases.voice)
    least, most = ends_text(v)
    columns = (
        DataColumn("date", words["when"], "date"),
        DataColumn("what", words["what"]),
        DataColumn("low", least, "score"),
        DataColumn("high", most, "score"),
        DataColumn("level", words["level"]),
        DataColumn("actions", v.t("Actions due by then"), "count"),
        DataColumn("ready", v.t("Systems ready by then")),
        DataColumn("assumed", v.t("Assumed")),
    )
    rows = tuple(
        (
            day.on,
            day_name(phrases, day),
            day.lower.score.low,
            day.upper.score.low,
            levels_between(phrases, day),
            day.actions,
            systems_ready(phrases, day),
            assumptions(v) if position == 0 else "",
        )
        for position, day in enumerate(phrases.evaluation.forecast)
        if day.lower.level
    )
    return DataTable("forecast", v.t("Forecast"), columns, rows)


def confirmations_table(phrases: Phrases) -> DataTable:
    """A row per decided subject: since when it is confirmed, and by when it is to be again."""
    v, words, fields = phrases.voice, headings(phrases.voice), field_names(phrases.voice)
    columns = (
        DataColumn("subject_key", words["subject"], "key"),
        DataColumn("subject", words["subject"]),
        DataColumn("owner", fields["owner"]),
        DataColumn("since", v.t("Confirmed since"), "date"),
        DataColumn("due", v.t("Confirm again by"), "date", editable=True),
    )
    rows = tuple(
        (
            each.focal_point,
            phrases.focal(each.focal_point),
            phrases.party(each.owner),
            each.since,
            each.due,
        )
        for each in sorted(confirmations(phrases.reading), key=lambda each: each.due)
    )
    return DataTable("confirmations", v.t("Confirmations"), columns, rows)
