"""The report as plain text: the first page in a few lines that stay the same between runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from workbook.fragments.page import AreaLine
from workbook.i18n import Voice, voice
from workbook.report.value import Actions, Findings, GateList, Report
from workbook.wording.figures import effort_text, gain_text, score_text
from workbook.wording.states import gate_text, severity_text

T = TypeVar("T")
FIRST = 5


def plain(report: Report) -> str:
    """Verdict, areas, gates, first findings and actions; for terminals, logs and comparison."""
    v = voice(report.lang)
    verdict = f"{score_text(report.verdict.score, v)} · {report.verdict.level_text}"
    parts = [
        [report.title, report.when, *filter(None, [report.language_note])],
        [report.headline, verdict],
        [_area(area, v) for area in report.areas],
        *([report.section(key).title, *lines] for key, lines in _lines(report, v) if lines),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def _area(area: AreaLine, v: Voice) -> str:
    words = f"{score_text(area.score, v)} · {area.held_back}"
    return v.t("{names}: {text}", names=area.title, text=words)


def _lines(report: Report, v: Voice) -> Iterable[tuple[str, list[str]]]:
    """Sections by key with their first lines, those that the report has."""
    gates = [line for block in _blocks(report, GateList) for line in block.gates]
    yield "gates", [f"- {gate_text(gate.state, v)} · {gate.title}" for gate in gates]
    actions = [line for block in _blocks(report, Actions) for line in block.lines]
    yield (
        "actions",
        [
            f"{number}. {line.title} ({line.who}, {v.date(line.due, 'medium')}, "
            f"{effort_text(line.effort_hours, v)}, {gain_text(line.gain_low, v)})"
            for number, line in enumerate(actions[:FIRST], 1)
        ],
    )
    cards = [card for block in _blocks(report, Findings) for card in block.cards]
    findings = [f"- {severity_text(card.severity, v)} · {card.title}" for card in cards[:FIRST]]
    yield "findings", findings


def _blocks(report: Report, kind: type[T]) -> list[T]:
    blocks = (block for section in report.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, kind)]
