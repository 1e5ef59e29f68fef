"""A framework as text to read: what it asks, in which order, and how it counts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from workbook.i18n import Voice
from workbook.model.framework import Area, Criterion, FocalPoint, Framework, Question

_WIDTH = 92


def outline(framework: Framework, voice: Voice) -> Iterator[str]:
    """The lines of the outline, in the voice's language."""
    lang = voice.language
    yield f"{framework.title[lang]}  ({framework.key} {framework.version})"
    yield from _wrapped(framework.summary[lang], "")
    for area in framework.areas:
        yield from ("", *_area(framework, area, voice))
    yield from ("", voice.t("Levels"))
    for level in framework.levels:
        start = voice.number(level.start)
        yield f"  {level.sign} {level.title[lang]}  ≥ {start}  {level.help[lang]}"
    if framework.gates:
        yield from ("", voice.t("Gates: while not passed, the level stays at or below the cap"))
    for gate in framework.gates:
        yield f"  {gate.title[lang]}  → {framework.level(gate.cap).title[lang]}"
    yield from ("", voice.t("Findings, the most severe first"))
    yield from _findings(framework, lang)


def _area(framework: Framework, area: Area, voice: Voice) -> Iterator[str]:
    lang = voice.language
    yield f"{area.title[lang]}: {area.heading[lang]}"
    yield from _wrapped(area.why[lang], "  ")
    weights = framework.weights_of(area)
    total = sum(weights.values())
    shares = (f"{_criterion(c, voice)} {voice.percent(w / total)}" for c, w in weights.items())
    yield "  " + voice.t("Counts: {criteria}", criteria=", ".join(shares))
    yield "  " + voice.t("Focal points")
    for focal_point in area.focal_points:
        yield from _focal_point(focal_point, voice)
    if area.questions:
        yield "  " + voice.t("Questions")
    for question in area.questions:
        yield from _question(framework, question, voice)


def _criterion(criterion: Criterion, voice: Voice) -> str:
    names = {
        Criterion.NAMED: voice.t("named"),
        Criterion.CLEAR: voice.t("clear"),
        Criterion.FITTING: voice.t("fitting"),
        Criterion.BACKED_UP: voice.t("backed up"),
        Criterion.COMMITTED: voice.t("committed"),
    }
    return names[criterion]


def _focal_point(focal_point: FocalPoint, voice: Voice) -> Iterator[str]:
    note = ""
    if focal_point.scope:
        note = "  " + (
            voice.t("(in scope unless switched off)")
            if focal_point.default
            else voice.t("(only if switched on)")
        )
    yield f"    {focal_point.title[voice.language]}  [{focal_point.key}]{note}"


def _question(framework: Framework, question: Question, voice: Voice) -> Iterator[str]:
    lang = voice.language
    yield f"    {question.title[lang]}  [{question.key}]"
    if question.per:
        group = {scope.key: scope.title[lang] for scope in framework.scopes}[question.per]
        yield "      " + voice.t("Asked once for each: {group}", group=group)
    for option in question.options:
        yield f"      {voice.number(option.value, 2)}  {option.title[lang]}"


def _findings(framework: Framework, lang: str) -> Iterator[str]:
    order = ["critical", "high", "medium", "low"]
    ranked = sorted(framework.findings.items(), key=lambda pair: order.index(pair[1].severity))
    for kind, finding in ranked:
        yield f"  {finding.severity.value:<8} {finding.title[lang]}  [{kind}]"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
