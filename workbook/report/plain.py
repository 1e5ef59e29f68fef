"""The report as plain text: the first page in a few lines that stay the same between runs."""

from __future__ import annotations

from workbook.fragments.actions import effort_text, gain_text
from workbook.fragments.page import AreaLine
from workbook.fragments.scores import point_text, range_text
from workbook.i18n import Voice, voice
from workbook.report.value import Actions, Report

FIRST = 5


def plain(report: Report) -> str:
    """Verdict, areas and first actions; for terminals, logs and comparison."""
    v = voice(report.lang)
    verdict = report.verdict
    said = f"{point_text(verdict.score, v)} ({range_text(verdict.score, v)}) · {verdict.level_text}"
    lines = [report.title, report.when, "", report.headline, said, ""]
    lines += [_area(area, v) for area in report.areas]
    lines += ["", *_actions(report, v)]
    return "\n".join(lines).rstrip()


def _area(area: AreaLine, v: Voice) -> str:
    score = f"{point_text(area.score, v)} ({range_text(area.score, v)})"
    return f"{area.title}: {score}" + (f" · {area.held_back}" if area.held_back else "")


def _actions(report: Report, v: Voice) -> list[str]:
    blocks = [block for section in report.sections for block in section.blocks]
    actions = [line for block in blocks if isinstance(block, Actions) for line in block.lines]
    return [
        f"{place}. {line.title} ({line.who}, {v.date(line.due, 'medium')}, "
        f"{effort_text(line.effort_hours, v)}, {gain_text(line.gain_low, v)})"
        for place, line in enumerate(actions[:FIRST], 1)
    ]
