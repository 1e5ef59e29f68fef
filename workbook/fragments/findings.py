"""Findings by severity with their evidence, and the gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.chips import gate_chip, severity_chip
from workbook.fragments.markup import tag
from workbook.fragments.page import empty_state
from workbook.fragments.table import TableColumn, table
from workbook.i18n import Voice
from workbook.model.evaluation import GateState
from workbook.model.framework import Severity
from workbook.wording.headings import emptiness, headings
from workbook.wording.states import SEVERITY, cap_text, findings_text, more_evidence_text

if TYPE_CHECKING:
    from markupsafe import Markup

_EVIDENCE_SHOWN = 4


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding in words: `where` is its place (area · focal point), `action` what to do.

    Findings of one kind share a card: `rows` tell each one's subject and what it rests on, `count`
    how many there are.
    """

    severity: Severity
    title: str
    explanation: str = ""
    where: str = ""
    evidence: tuple[str, ...] = ()
    action: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate: its condition in words and the level that it caps at."""

    title: str
    state: GateState
    cap: str
    note: str = ""


def findings_list(cards: Sequence[FindingCard], voice: Voice) -> Markup:
    """All findings under a heading per severity, the gravest first; all evidence on paper."""
    if not cards:
        return empty_state(*emptiness(voice)["findings"])
    groups = [(severity, [c for c in cards if c.severity is severity]) for severity in SEVERITY]
    return tag("div", [_severity(severity, group, voice) for severity, group in groups if group])


def finding_card(card: FindingCard, voice: Voice) -> Markup:
    """One finding: conclusion, explanation, evidence, what to do."""
    action = None
    if card.action:
        action = tag("p", tag("b", "→ "), card.action, class_="do")
    return tag(
        "article",
        tag("p", card.where, class_="where") if card.where else None,
        tag("h4", card.title),
        tag("p", card.explanation, class_="why") if card.explanation else None,
        _evidence(card.evidence, voice),
        _rows(card, voice) if card.rows else None,
        action,
        class_=f"finding {SEVERITY[card.severity][0]}",
    )


def gates_list(gates: Sequence[GateLine], voice: Voice) -> Markup:
    """Every gate with its state and what it holds the level down to."""
    if not gates:
        return empty_state(*emptiness(voice)["gates"])
    return tag("ul", [_gate(gate, voice) for gate in gates], class_="gates")


def _severity(severity: Severity, cards: Sequence[FindingCard], voice: Voice) -> Markup:
    count = findings_text(sum(card.count for card in cards), voice)
    parts = (severity_chip(severity, voice), tag("span", count, class_="count"))
    head = tag("h3", *parts, class_="severity-head")
    return tag("section", head, [finding_card(card, voice) for card in cards], class_="severity")


def _rows(card: FindingCard, voice: Voice) -> Markup:
    columns = (
        TableColumn(headings(voice)["subject"], width=30),
        TableColumn(headings(voice)["rests_on"], width=70),
    )
    return table(columns, card.rows, caption=card.title, seen=False)


def _evidence(lines: tuple[str, ...], voice: Voice) -> Markup | None:
    if not lines:
        return None
    shown, rest = lines[:_EVIDENCE_SHOWN], lines[_EVIDENCE_SHOWN:]
    first = tag("ul", [tag("li", line) for line in shown], class_="evidence")
    if not rest:
        return first
    more = tag("ul", [tag("li", line) for line in rest], class_="evidence")
    count = more_evidence_text(len(rest), voice)
    return tag("div", first, tag("details", tag("summary", count), more))


def _gate(gate: GateLine, voice: Voice) -> Markup:
    held = None
    if gate.state is not GateState.PASSED:
        held = tag("span", cap_text(gate.cap, voice), class_="cap")
    note = tag("span", gate.note, class_="cap") if gate.note else None
    return tag("li", gate_chip(gate.state, voice), tag("div", gate.title, held, note))
