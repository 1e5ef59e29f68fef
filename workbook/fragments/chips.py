"""Chips: a state in a word, always with a sign, so that nothing depends on colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.markup import tag
from workbook.i18n import Voice
from workbook.model.engagement import State
from workbook.model.evaluation import GateState, LevelSpan
from workbook.model.framework import Severity
from workbook.model.rules import Rules
from workbook.wording.fields import value_names
from workbook.wording.figures import certainty_text, level_text
from workbook.wording.states import GATE, SEVERITY, Tone, gate_text, severity_text

if TYPE_CHECKING:
    from markupsafe import Markup


def chip(text: str, tone: Tone, sign: str, aside: str = "") -> Markup:
    """A state with its sign; `aside` follows more quietly (“provisional”)."""
    more = tag("span", f"· {aside}", class_="aside") if aside else None
    mark = tag("span", sign, class_="sign", aria_hidden="true") if sign else None
    return tag("span", mark, tag("span", text, " " if more else None, more), class_=f"chip {tone}")


def level_chip(
    rules: Rules, span: LevelSpan | None, voice: Voice, *, state: bool = False
) -> Markup:
    """The level as a chip, with the sign and tone of what is certain: the lower level.

    With `state` it adds “confirmed” or “provisional”. No span (nothing applies): a quiet chip.
    """
    if span is None:
        return chip(value_names(voice)[State.NOT_APPLICABLE], "unknown", "–")
    level = rules.level(span.low)
    aside = certainty_text(span, voice)
    name = level_text(rules, span, voice)
    return chip(name, level.tone, level.sign, aside if state else "")


def severity_chip(severity: Severity, voice: Voice) -> Markup:
    """How much a finding weighs, as a word and as one to four dots."""
    tone, sign = SEVERITY[severity]
    return chip(severity_text(severity, voice), tone, sign)


def gate_chip(state: GateState, voice: Voice) -> Markup:
    """A gate's state."""
    tone, sign = GATE[state]
    return chip(gate_text(state, voice), tone, sign)
