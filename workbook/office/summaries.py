"""Two tables that sum up a report: its areas for a first page, its findings for a slide."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.fragments.findings import FindingCard
from workbook.i18n import Voice
from workbook.model.evaluation import Score, Status
from workbook.office.elements import PaperRow, PaperTable, TableCell, TableHead
from workbook.report.value import Report
from workbook.wording.figures import level_text, point_text, range_text, shown_point
from workbook.wording.headings import absences, headings
from workbook.wording.states import SEVERITY, severity_text


def areas(report: Report, v: Voice) -> PaperTable:
    """A row per area: score, range, level, what holds it back."""
    words = headings(v)
    columns = (
        TableHead(words["area"], 17),
        TableHead(words["score"], 9, number=True),
        TableHead(words["range"], 20),
        TableHead(words["level"], 20),
        TableHead(words["held_back"], 34),
    )
    rows = []
    for line in report.areas:
        applies = line.score.status is not Status.NOT_APPLICABLE
        level = line.level and report.rules.level(line.level.low)
        cells = (
            TableCell(line.title),
            TableCell(point_text(line.score, v) if applies else "–"),
            TableCell(range_text(line.score, v), bar=_bar(line.score)),
            TableCell(
                f"{level.sign} {level_text(report.rules, line.level, v)}".strip(),
                level.tone,
            )
            if line.level and level
            else TableCell(absences(v)["not_applicable"]),
            TableCell(line.held_back),
        )
        rows.append(PaperRow(cells))
    return PaperTable(headings(v)["areas"], columns, tuple(rows))


def _bar(score: Score) -> tuple[float, float | None, float] | None:
    if score.low is None or score.high is None:
        return None
    return score.low, shown_point(score), score.high


def findings_table(cards: Sequence[FindingCard], v: Voice) -> PaperTable:
    """Findings in a row each: how grave, what, and what to do."""
    heads = (headings(v)["severity"], headings(v)["finding"], headings(v)["action"])
    columns = tuple(TableHead(head, share) for head, share in zip(heads, (14, 46, 40), strict=True))
    rows = []
    for card in cards:
        tone, sign = SEVERITY[card.severity]
        word = TableCell(f"{sign} {severity_text(card.severity, v)}", tone)
        rows.append(PaperRow((word, TableCell(card.title), TableCell(card.action))))
    return PaperTable(headings(v)["findings"], columns, tuple(rows))
